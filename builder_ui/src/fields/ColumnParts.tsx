// Editing and showing a value of a type that a subform may have.
import type { ComponentType } from "react";
import type { ColumnField, Json } from "../api/types";
import { columnParts } from "./columns";
import { type EditProps, isEmpty, type ShowProps } from "./contract";
import { FailedValue } from "./FailedValue";

function partsOf(field: ColumnField) {
  return columnParts[field.type] as unknown as { Edit: ComponentType<EditProps>; Show: ComponentType<ShowProps> };
}

export function ColumnEdit(props: EditProps<ColumnField>) {
  const { Edit } = partsOf(props.field);
  return <Edit {...props} />;
}

interface ColumnShowProps {
  field: ColumnField;
  value: Json;
  /** The error value that the column's formula ends in. */
  failed?: string | undefined;
}

export function ColumnShow({ field, value, failed }: ColumnShowProps) {
  const { Show } = partsOf(field);
  if (!isEmpty(value)) return <Show field={field} value={value} />;
  return failed === undefined ? <span className="quiet">–</span> : <FailedValue code={failed} />;
}
