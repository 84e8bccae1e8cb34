// A record that is being entered, read as the server reads it: what is sent over what is stored.
import type { ColumnField, Entity, Field, Json, Rights, SubformField, Values } from "../../api/types";
import type { FormulaValue } from "../../formula/values";
import { isComputed, isEditable, isStored, isWritable, type RowValue, rowId, rowsOf } from "../wire";
import { isSame } from "./outcomes";
import { type Entries, enteredEntries, pathsOf, storedEntries } from "./parts";
import { UNREAD } from "./reading";

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
  entries: Entries | typeof UNREAD;
}

const MAX_ROWS = 200;

function columnsOf(field: SubformField) {
  return field.fields.filter((column): column is ColumnField => column.type !== "subform" && !isComputed(column));
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
        for (const [path, value] of storedEntries(field, stored?.[field.key], zone)) this.#stored.set(path, value);
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
      for (const [key, value] of storedEntries(column, row[column.key], this.#zone)) cells.set(key, value);
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
      const entries = enteredEntries(field, json, this.#zone);
      known = { json, entries: json === undefined ? this.#storedAs(entries) : entries };
      this.#known.set(key, known);
    }
    if (known.entries === UNREAD) {
      found.unread.add(`/${key}`);
      return;
    }
    const stored = this.#storedJson?.[key];
    const isKept = known.entries.every(([path, value]) => isSame(value, this.#storedValue(path)));
    if (isKept && instantOf(field, json) === instantOf(field, stored)) return;
    for (const [path, value] of known.entries) found.values.set(path, value);
    found.changed.add(key);
  }

  #storedAs(entries: Entries | typeof UNREAD): Entries {
    return entries === UNREAD ? [] : entries.map(([path]) => [path, this.#storedValue(path)]);
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
    const open = columnsOf(field).filter((column) => isWritable(this.#rights, `${field.key}.${column.key}`));
    for (const column of open) {
      const entries = enteredEntries(column, held[column.key], this.#zone);
      if (entries === UNREAD) {
        unread.push(column.key);
      } else {
        for (const [key, value] of entries) cells.set(key, value);
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
    (column) =>
      pathsOf(column).every((path) => isSame(row.cells.get(path) ?? null, before.cells.get(path) ?? null)) &&
      row.instants.get(column.key) === before.instants.get(column.key),
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
