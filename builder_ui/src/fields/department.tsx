import { useMemo } from "react";
import type { DepartmentField } from "../api/types";
import { DepartmentPicker } from "../people/DepartmentPicker";
import { useDirectory } from "../people/directory";
import { type EditProps, type FieldParts, type ShowProps, textOf, textsOf } from "./contract";

function Edit({ field, value, onChange, ...rest }: EditProps<DepartmentField>) {
  const isMultiple = field.multiple === true;
  const chosen = useMemo(
    () => (isMultiple ? textsOf(value) : [textOf(value)].filter((id) => id !== "")),
    [isMultiple, value],
  );
  return (
    <DepartmentPicker
      {...rest}
      isMultiple={isMultiple}
      value={chosen}
      onChange={(next) => onChange(isMultiple ? next : (next[0] ?? null))}
    />
  );
}

function Show({ field, value }: ShowProps<DepartmentField>) {
  const directory = useDirectory();
  const ids = field.multiple === true ? textsOf(value) : [textOf(value)];
  return <span>{ids.map((id) => directory.departmentPath(id)).join(", ")}</span>;
}

export const department: FieldParts<DepartmentField> = { Edit, Show };
