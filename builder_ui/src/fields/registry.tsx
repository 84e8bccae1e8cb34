// The closed set of field types: a new type is one file in this folder and one line here (or in `columns.ts`).
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { ColumnField, Field, Json } from "../api/types";
import { columnParts } from "./columns";
import { type EditProps, isEmpty, type ShowProps } from "./contract";
import { related } from "./related";
import { rollup } from "./rollup";
import { serial } from "./serial";
import { subform } from "./subform";

const parts = { ...columnParts, rollup, serial, subform, related };

/** The parts of a type; the table pairs each type with parts made for it, which the compiler cannot follow. */
function partsOf(field: Field) {
  return parts[field.type] as unknown as { Edit: ComponentType<EditProps>; Show: ComponentType<ShowProps> };
}

export function FieldEdit(props: EditProps) {
  const { Edit } = partsOf(props.field);
  return <Edit {...props} />;
}

/** A value for reading; an empty one is a dash that says what it means. */
export function FieldShow({ field, value }: { field: Field | ColumnField; value: Json | undefined }) {
  const { t } = useTranslation();
  const { Show } = partsOf(field);
  if (value === undefined || isEmpty(value)) {
    return (
      <span className="quiet">
        <span aria-hidden="true">–</span>
        <span className="screen-reader">{t("fields.empty")}</span>
      </span>
    );
  }
  return <Show field={field} value={value ?? null} />;
}
