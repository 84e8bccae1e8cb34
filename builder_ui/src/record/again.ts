// Proposing again what was withdrawn or rejected: the old values in a new form.
import type { AppDetail, Entity, Field, Json, RecordView, RowField, Values } from "../api/types";
import { isFileField } from "../fields/files";
import { isComputed, rowsOf } from "../forms/wire";

/** Whether a person enters it himself; files belong to the record that holds them. */
function isEntered(field: Field | RowField): boolean {
  if (field.type === "serial" || isFileField(field)) return false;
  return !isComputed(field);
}

function copied(field: Field | RowField, value: Json): Json {
  if (field.type !== "subform") return value;
  const columns = field.fields.filter(isEntered);
  return rowsOf(value).map((row) =>
    Object.fromEntries(columns.map((column) => [column.key, copied(column, row[column.key] ?? null)])),
  );
}

/** What a new form begins with. `entity`: with the fields that its reader may see. */
export function valuesAgain(entity: Entity, { values }: RecordView): Values {
  return Object.fromEntries(
    entity.fields
      .filter((field) => isEntered(field) && values[field.key] !== undefined && values[field.key] !== null)
      .map((field) => [field.key, copied(field, values[field.key] ?? null)]),
  );
}

/** The form of the menu with which such records are proposed. */
export function formAgain(app: AppDetail, entity: string): string | null {
  const inMenu = app.menu.flatMap((group) => group.items).flatMap((item) => (item.form ? [item.form] : []));
  return inMenu.find((key) => app.forms[key]?.entity === entity && app.forms[key]?.flow) ?? null;
}
