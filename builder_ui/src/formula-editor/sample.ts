// The values of a record as formulas see them: what the live result is computed from.

import type { ColumnField, Entity, Field, Json, RecordView, Values } from "../api/types";
import { partsIn, partsOf } from "../fields/composite";
import { storedEntries } from "../forms/local/parts";
import { type RowValue, rowsOf } from "../forms/wire";
import type { WorkCalendars } from "../formula/calendars";
import { toText } from "../formula/coercion";
import { type FormulaValue, isList } from "../formula/values";
import { isSystemKey } from "../grid/systemFields";
import type { Linked } from "./linked";

export interface Sample {
  entity: Entity;
  /** null: a record in which nothing is filled in. */
  record: RecordView | null;
  /** The subform in whose rows the formula stands, and one of the rows. */
  subform: string | null;
  row: RowValue | null;
  zone: string;
  calendars: WorkCalendars;
  memberId: string;
  departmentId: string | null;
}

/** What stands at a path: the field it belongs to and its value as the server sends it. */
export interface Found {
  /** null: there is none, as behind a link that leads nowhere. */
  field: Field | ColumnField | null;
  value: Json;
}

const SYSTEM: Record<string, "text" | "number" | "datetime" | "member" | "department" | "select"> = {
  id: "text",
  version: "number",
  created_at: "datetime",
  created_by: "member",
  created_department: "department",
  updated_at: "datetime",
  updated_by: "member",
  flow_status: "select",
};

function columnsOf(entity: Entity, key: string | null): readonly ColumnField[] {
  const field = entity.fields.find((item) => item.key === key);
  return field?.type === "subform" ? field.fields.filter((column) => column.type !== "subform") : [];
}

function inRow(sample: Sample, path: string): Found | undefined {
  const column = columnsOf(sample.entity, sample.subform).find((item) => item.key === path);
  return column === undefined ? undefined : { field: column, value: sample.row?.[path] ?? null };
}

/** A field that every record has; null: there is none of that key. */
export function systemField(key: string): Field | null {
  const type = SYSTEM[key];
  // the states of a flow have no options here; as a text they are compared all the same
  return type === undefined ? null : { key, type: type === "select" ? "text" : type, title: key };
}

export function systemValue(record: RecordView | null, key: string): Json {
  if (record === null) return null;
  if (isSystemKey(key)) return record[key];
  return key === "id" ? record.id : record.version;
}

/** The value at a path; undefined: it lies outside of the record. */
export function findAt(sample: Sample, path: string): Found | undefined {
  const own = inRow(sample, path);
  if (own !== undefined) return own;
  const values: Values = sample.record?.values ?? {};
  const field = sample.entity.fields.find((item) => item.key === path);
  if (field !== undefined) return { field, value: values[path] ?? null };
  if (path === "current.user") return { field: { key: path, type: "member", title: path }, value: sample.memberId };
  if (path === "current.department") {
    return { field: { key: path, type: "department", title: path }, value: sample.departmentId };
  }
  const system = systemField(path);
  return system === null ? partAt(sample, path) : { field: system, value: systemValue(sample.record, path) };
}

/** A part of a value: `period.start`. */
function partAt(sample: Sample, path: string): Found | undefined {
  const dot = path.lastIndexOf(".");
  const outer = dot === -1 ? undefined : findAt(sample, path.slice(0, dot));
  return outer === undefined ? undefined : partOf(outer, path.slice(dot + 1));
}

function partOf({ field, value }: Found, key: string): Found | undefined {
  const part = field === null ? undefined : partsOf(field, String).find((candidate) => candidate.key === key);
  return part === undefined ? undefined : { field: part, value: partsIn(value)[key] ?? null };
}

/** The rows' values of a subform's column. */
export function columnAt(sample: Sample, path: string): Found[] | undefined {
  const [key = "", name = "", part] = path.split(".");
  const column = columnsOf(sample.entity, key).find((item) => item.key === name);
  if (column === undefined) return undefined;
  const cells = rowsOf(sample.record?.values[key]).map((row) => ({ field: column, value: row[name] ?? null }));
  return part === undefined ? cells : cells.map((cell) => partOf(cell, part) ?? cell);
}

function formulaValue({ field, value }: Found, zone: string): FormulaValue {
  return field === null ? null : (storedEntries(field, value, zone)[0]?.[1] ?? null);
}

/** What a formula finds at a path; undefined where the page cannot know it. */
export function sampleValue(sample: Sample, linked: Linked, path: string): FormulaValue | undefined {
  const through = linked.get(path);
  const [only] = through?.items ?? [];
  const found = through?.isList === false ? only : findAt(sample, path);
  if (found !== undefined) return formulaValue(found, sample.zone);
  return (through?.items ?? columnAt(sample, path))?.map((cell) => {
    const value = formulaValue(cell, sample.zone);
    // a cell with several choices is one text
    return isList(value) ? toText(value) : value;
  });
}
