// Editing and showing a value of a type that a subform may have.
import type { ComponentType } from "react";
import type { ColumnField, Json } from "../api/types";
import { columnParts } from "./columns";
import { type EditProps, isEmpty, type ShowProps } from "./contract";

function partsOf(field: ColumnField) {
  return columnParts[field.type] as unknown as { Edit: ComponentType<EditProps>; Show: ComponentType<ShowProps> };
}

export function ColumnEdit(props: EditProps<ColumnField>) {
  const { Edit } = partsOf(props.field);
  return <Edit {...props} />;
}

export function ColumnShow({ field, value }: { field: ColumnField; value: Json }) {
  const { Show } = partsOf(field);
  return isEmpty(value) ? <span className="quiet">–</span> : <Show field={field} value={value} />;
}
