// Between what a form holds and what travels: rows that are new have local ids, computed values stay here.
import type { ColumnField, Entity, Field, Json, Rights, SubformField, Values } from "../api/types";

export type RowValue = { [key: string]: Json };

const LOCAL = "new-";
let made = 0;

/** An id for a row until the server gives it one. */
export function localRowId(): string {
  made += 1;
  return `${LOCAL}${made}`;
}

export function isStored(id: Json | undefined): id is string {
  return typeof id === "string" && /^[0-9a-f]{24}$/.test(id);
}

export function rowsOf(value: Json | undefined): RowValue[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is RowValue => typeof item === "object" && item !== null && !Array.isArray(item));
}

export function rowId(row: RowValue): string {
  return typeof row["id"] === "string" ? row["id"] : "";
}

/** Values as a form holds them: every row has an id. */
export function fromWire(entity: Entity, values: Values): Values {
  const held: Values = { ...values };
  for (const field of entity.fields) {
    if (field.type !== "subform") continue;
    held[field.key] = rowsOf(values[field.key]).map((row) => ({
      ...row,
      id: isStored(row["id"]) ? row["id"] : localRowId(),
    }));
  }
  return held;
}

export function isWritable(rights: Rights, path: string): boolean {
  return rights[path] === "write" || rights[path] === "required";
}

/** Whether anything of a field may be written: for a subform, the rows or some column. */
export function isEditable(field: Field, rights: Rights): boolean {
  if (isComputed(field)) return false;
  if (field.type === "serial") return false;
  if (isWritable(rights, field.key)) return true;
  return field.type === "subform" && field.fields.some((column) => isWritable(rights, `${field.key}.${column.key}`));
}

export function isComputed(field: Field | ColumnField): boolean {
  return ("computed" in field && typeof field.computed === "string") || typeof field.derived === "string";
}

function rowToWire(field: SubformField, row: RowValue, rights: Rights): RowValue {
  const cells: RowValue = isStored(row["id"]) ? { id: row["id"] } : {};
  for (const column of field.fields) {
    if (isComputed(column) || !isWritable(rights, `${field.key}.${column.key}`)) continue;
    cells[column.key] = row[column.key] ?? null;
  }
  return cells;
}

export function isSameJson(first: Json | undefined, second: Json | undefined): boolean {
  return first === second || JSON.stringify(first ?? null) === JSON.stringify(second ?? null);
}

/** What may be sent: the editable values, without computed ones and local ids. */
export function toWire(entity: Entity, rights: Rights, values: Values): Values {
  const sent: Values = {};
  for (const field of entity.fields) {
    if (!isEditable(field, rights) || values[field.key] === undefined) continue;
    const value = values[field.key] ?? null;
    sent[field.key] = field.type === "subform" ? rowsOf(value).map((row) => rowToWire(field, row, rights)) : value;
  }
  return sent;
}

/** `values` with what the server computed; rows are those that were sent, in their order. */
export function withComputed(
  entity: Entity,
  values: Values,
  sentRowIds: Record<string, string[]>,
  computed: Values,
): Values {
  const merged: Values = { ...values };
  for (const field of entity.fields) {
    if (field.type === "subform")
      merged[field.key] = computedRows(field, values, sentRowIds[field.key] ?? [], computed);
    else if (isComputed(field)) merged[field.key] = computed[field.key] ?? null;
  }
  return merged;
}

function computedRows(field: SubformField, values: Values, sentIds: string[], computed: Values): RowValue[] {
  const rows = rowsOf(values[field.key]);
  const columns = field.fields.filter(isComputed);
  if (columns.length === 0) return rows;
  const answered = new Map(rowsOf(computed[field.key]).map((row, position) => [sentIds[position], row]));
  return rows.map((row) => {
    const found = answered.get(rowId(row));
    // rows that stay as they are stay the same objects, and are not drawn again
    if (found === undefined || columns.every(({ key }) => isSameJson(row[key], found[key]))) return row;
    return { ...row, ...Object.fromEntries(columns.map((column) => [column.key, found[column.key] ?? null])) };
  });
}

/** The ids of all rows at this moment, by subform. */
export function rowIds(entity: Entity, values: Values): Record<string, string[]> {
  const ids: Record<string, string[]> = {};
  for (const field of entity.fields) {
    if (field.type === "subform") ids[field.key] = rowsOf(values[field.key]).map(rowId);
  }
  return ids;
}
