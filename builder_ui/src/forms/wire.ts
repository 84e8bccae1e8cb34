// Between what a form holds and what travels: rows that are new have local ids, computed values stay here.
import type { Entity, Field, Json, Rights, RowField, SubformField, Values } from "../api/types";

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

/** Rows as a form holds them, and those inside: each has an id. */
function heldRows(field: SubformField, value: Json | undefined): RowValue[] {
  return rowsOf(value).map((row) => {
    const held: RowValue = { ...row, id: isStored(row["id"]) ? row["id"] : localRowId() };
    for (const inner of innerOf(field)) held[inner.key] = heldRows(inner, row[inner.key]);
    return held;
  });
}

/** The subforms that every row has. */
export function innerOf(field: SubformField): SubformField[] {
  return field.fields.filter((column) => column.type === "subform");
}

/** A copy of a row, with new ids for it and for the rows inside. */
export function copiedRow(field: SubformField, row: RowValue): RowValue {
  const copy: RowValue = { ...row, id: localRowId() };
  for (const inner of innerOf(field)) copy[inner.key] = rowsOf(row[inner.key]).map((one) => copiedRow(inner, one));
  return copy;
}

/** Values as a form holds them: every row has an id. */
export function fromWire(entity: Entity, values: Values): Values {
  const held: Values = { ...values };
  for (const field of entity.fields) {
    if (field.type === "subform") held[field.key] = heldRows(field, values[field.key]);
  }
  return held;
}

export function isWritable(rights: Rights, path: string): boolean {
  return rights[path] === "write" || rights[path] === "required";
}

/** Whether anything of a field may be written: for a subform, the rows or some column. `path`: that of the field. */
export function isEditable(field: Field | RowField, rights: Rights, path = field.key): boolean {
  if (isComputed(field)) return false;
  if (field.type === "serial") return false;
  if (isWritable(rights, path)) return true;
  return field.type === "subform" && field.fields.some((column) => isEditable(column, rights, `${path}.${column.key}`));
}

export function isComputed(field: Field | RowField): boolean {
  if (field.type === "subform") return false;
  return ("computed" in field && typeof field.computed === "string") || typeof field.derived === "string";
}

function rowToWire(field: SubformField, path: string, row: RowValue, rights: Rights): RowValue {
  const cells: RowValue = isStored(row["id"]) ? { id: row["id"] } : {};
  for (const column of field.fields) {
    const inner = `${path}.${column.key}`;
    if (!isEditable(column, rights, inner)) continue;
    const cell = row[column.key] ?? null;
    cells[column.key] = column.type === "subform" ? rowsToWire(column, inner, cell, rights) : cell;
  }
  return cells;
}

function rowsToWire(field: SubformField, path: string, value: Json, rights: Rights): RowValue[] {
  return rowsOf(value).map((row) => rowToWire(field, path, row, rights));
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
    sent[field.key] = field.type === "subform" ? rowsToWire(field, field.key, value, rights) : value;
  }
  return sent;
}

/** Ids of rows at some moment: of each subform, and of each inner one under its path and the id of its row. */
export type RowIds = Record<string, string[]>;

/** `values` with what the server computed; rows are those that were sent, in their order. */
export function withComputed(entity: Entity, values: Values, sentRowIds: RowIds, computed: Values): Values {
  const merged: Values = { ...values };
  for (const field of entity.fields) {
    if (field.type === "subform") {
      merged[field.key] = computedRows(field, field.key, { held: values, answer: computed, sent: sentRowIds });
    } else if (isComputed(field)) merged[field.key] = computed[field.key] ?? null;
  }
  return merged;
}

interface Answered {
  held: Values;
  answer: Values;
  sent: RowIds;
}

function computedRows(field: SubformField, place: string, { held, answer, sent }: Answered): RowValue[] {
  const rows = rowsOf(held[field.key]);
  const columns = field.fields.filter((column) => isComputed(column) || column.type === "subform");
  if (columns.length === 0) return rows;
  const ids = sent[place] ?? [];
  const answered = new Map(rowsOf(answer[field.key]).map((row, position) => [ids[position], row]));
  return rows.map((row) => {
    const found = answered.get(rowId(row));
    if (found === undefined) return row;
    const inside = { held: row, answer: found, sent };
    const cells = columns.map((column): [string, Json] => [
      column.key,
      column.type === "subform"
        ? computedRows(column, innerPlace(place, column, row), inside)
        : (found[column.key] ?? null),
    ]);
    // rows that stay as they are stay the same objects, and are not drawn again
    if (cells.every(([key, cell]) => isSameJson(row[key], cell))) return row;
    return { ...row, ...Object.fromEntries(cells) };
  });
}

/** Under what the ids of the rows in a row are kept. */
export function innerPlace(place: string, inner: RowField, row: RowValue): string {
  return `${place}.${inner.key}/${rowId(row)}`;
}

/** The ids of all rows at this moment. */
export function rowIds(entity: Entity, values: Values): RowIds {
  const ids: RowIds = {};
  for (const field of entity.fields) {
    if (field.type === "subform") noteIds(field, field.key, values[field.key], ids);
  }
  return ids;
}

function noteIds(field: SubformField, place: string, value: Json | undefined, ids: RowIds): void {
  const rows = rowsOf(value);
  ids[place] = rows.map(rowId);
  for (const inner of innerOf(field)) {
    for (const row of rows) noteIds(inner, innerPlace(place, inner, row), row[inner.key], ids);
  }
}
