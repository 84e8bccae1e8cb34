import { useMemo } from "react";
import type { MemberField } from "../api/types";
import { MemberName } from "../people/MemberName";
import { MemberPicker, MembersPicker } from "../people/MemberPicker";
import { type EditProps, type FieldParts, type ShowProps, textOf, textsOf } from "./contract";

function Edit({ field, value, onChange, ...rest }: EditProps<MemberField>) {
  const several = useMemo(() => textsOf(value), [value]);
  if (field.multiple === true) return <MembersPicker {...rest} value={several} onChange={onChange} />;
  return <MemberPicker {...rest} value={textOf(value) || null} onChange={onChange} />;
}

function Show({ field, value }: ShowProps<MemberField>) {
  const ids = field.multiple === true ? textsOf(value) : [textOf(value)];
  return (
    <span className="row wrap">
      {ids.map((id) => (
        <MemberName key={id} id={id} />
      ))}
    </span>
  );
}

export const member: FieldParts<MemberField> = { Edit, Show };
