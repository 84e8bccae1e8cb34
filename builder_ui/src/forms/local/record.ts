// A record that is being entered, read as the server reads it: what is sent over what is stored.
import type { Entity, Field, Json, Rights, SubformField, Values } from "../../api/types";
import type { FormulaValue } from "../../formula/values";
import { isComputed, isEditable, isStored, isWritable, type RowValue, rowId, rowsOf } from "../wire";
import { isSame } from "./outcomes";
import { type Reading, readField, readStored, UNREAD } from "./reading";

export type Cells = ReadonlyMap<string, FormulaValue>;

export interface ReadRow {
  id: string;
  isStored: boolean;
  /** Entered columns, and computed ones as they were stored. */
  cells: Cells;
  /** Instants that cells hold; the clock on the wall shows some times twice. */
  instants: ReadonlyMap<string, number>;
  /** Columns whose input cannot be read. */
  unread: readonly string[];
}

export interface ReadRecord {
  values: Map<string, FormulaValue>;
  rows: Map<string, readonly ReadRow[]>;
  /** JSON pointers of fields (`/budget`, `/lines`) and of cells (`/lines/0/qty`). */
  unread: ReadonlySet<string>;
  /** Fields that hold something else than what is stored. */
  changed: ReadonlySet<string>;
}

interface Known {
  json: Json | undefined;
  reading: Reading;
}

const MAX_ROWS = 200;

function columnsOf(field: SubformField) {
  return field.fields.filter((column) => !isComputed(column));
}

/** Reads what changed since it read last; the rest are the same objects as before. */
export class RecordReader {
  readonly #entity: Entity;
  readonly #rights: Rights;
  readonly #zone: string;
  readonly #storedJson: Values | null;
  readonly #stored = new Map<string, FormulaValue>();
  readonly #storedRows = new Map<string, readonly ReadRow[]>();
  readonly #known = new Map<string, Known>();
  readonly #rows = new WeakMap<RowValue, ReadRow>();

  /** `stored`: the values of the record; null: it is new. */
  constructor(entity: Entity, rights: Rights, stored: Values | null, zone: string) {
    this.#entity = entity;
    this.#rights = rights;
    this.#zone = zone;
    this.#storedJson = stored;
    for (const field of entity.fields) {
      if (field.type === "subform") {
        const rows = rowsOf(stored?.[field.key]);
        this.#storedRows.set(
          field.key,
          rows.map((row) => this.#storedRow(field, row)),
        );
      } else {
        this.#stored.set(field.key, readStored(field, stored?.[field.key], zone));
      }
    }
  }

  read(held: Values): ReadRecord {
    const found = {
      values: new Map(this.#stored),
      rows: new Map(this.#storedRows),
      unread: new Set<string>(),
      changed: new Set<string>(),
    };
    for (const field of this.#entity.fields) {
      if (!isEditable(field, this.#rights)) continue;
      if (field.type === "subform") this.#readRows(field, held[field.key], found);
      else this.#readValue(field, held[field.key], found);
    }
    return found;
  }

  /** The rows of a record that is stored, by field. */
  storedRows(key: string): readonly ReadRow[] {
    return this.#storedRows.get(key) ?? [];
  }

  #storedRow(field: SubformField, row: RowValue): ReadRow {
    const cells = new Map<string, FormulaValue>();
    const instants = new Map<string, number>();
    for (const column of field.fields) {
      noteInstant(instants, column, row[column.key]);
      cells.set(column.key, readStored(column, row[column.key], this.#zone));
    }
    return { id: rowId(row), isStored: isStored(row["id"]), cells, instants, unread: [] };
  }

  #readValue(
    field: Exclude<Field, SubformField>,
    json: Json | undefined,
    found: { values: Map<string, FormulaValue>; unread: Set<string>; changed: Set<string> },
  ): void {
    const { key } = field;
    let known = this.#known.get(key);
    if (known === undefined || known.json !== json) {
      known = { json, reading: json === undefined ? this.#storedValue(key) : readField(field, json, this.#zone) };
      this.#known.set(key, known);
    }
    if (known.reading === UNREAD) {
      found.unread.add(`/${key}`);
      return;
    }
    const stored = this.#storedJson?.[key];
    if (isSame(known.reading, this.#storedValue(key)) && instantOf(field, json) === instantOf(field, stored)) return;
    found.values.set(key, known.reading);
    found.changed.add(key);
  }

  #storedValue(key: string): FormulaValue {
    return this.#stored.get(key) ?? null;
  }

  #readRows(
    field: SubformField,
    json: Json | undefined,
    found: { rows: Map<string, readonly ReadRow[]>; unread: Set<string>; changed: Set<string> },
  ): void {
    const { key } = field;
    const held = rowsOf(json);
    if (held.length > (field.max_rows ?? MAX_ROWS)) {
      found.unread.add(`/${key}`);
      return;
    }
    const before = this.storedRows(key);
    const rows = held.map((row) => this.#row(field, row, before));
    for (const [position, row] of rows.entries()) {
      for (const column of row.unread) found.unread.add(`/${key}/${position}/${column}`);
    }
    found.rows.set(key, rows);
    const isAsBefore =
      rows.length === before.length && rows.every((row, position) => isSameRow(field, row, before[position]));
    if (!isAsBefore) found.changed.add(key);
  }

  #row(field: SubformField, held: RowValue, stored: readonly ReadRow[]): ReadRow {
    const known = this.#rows.get(held);
    if (known !== undefined) return known;
    const before = isStored(held["id"]) ? stored.find((row) => row.id === held["id"]) : undefined;
    const cells = new Map(before?.cells);
    const instants = new Map(before?.instants);
    const unread: string[] = [];
    for (const column of columnsOf(field)) {
      if (!isWritable(this.#rights, `${field.key}.${column.key}`)) continue;
      const reading = readField(column, held[column.key], this.#zone);
      if (reading === UNREAD) {
        unread.push(column.key);
      } else {
        cells.set(column.key, reading);
        noteInstant(instants, column, held[column.key]);
      }
    }
    const made = { id: rowId(held), isStored: isStored(held["id"]), cells, instants, unread };
    this.#rows.set(held, made);
    return made;
  }
}

function isSameRow(field: SubformField, row: ReadRow, before: ReadRow | undefined): boolean {
  if (before === undefined || row.id !== before.id) return false;
  return columnsOf(field).every(
    ({ key }) =>
      isSame(row.cells.get(key) ?? null, before.cells.get(key) ?? null) &&
      row.instants.get(key) === before.instants.get(key),
  );
}

function instantOf(field: Field, json: Json | undefined): number | undefined {
  return field.type === "datetime" && typeof json === "string" && json !== "" ? Date.parse(json) : undefined;
}

function noteInstant(instants: Map<string, number>, column: Field, json: Json | undefined): void {
  const instant = instantOf(column, json);
  if (instant === undefined) instants.delete(column.key);
  else instants.set(column.key, instant);
}
