// One pass over the computed fields of a record, in their order.
import type { Json, SubformField } from "../../api/types";
import { toText } from "../../formula/coercion";
import { type Env, environment, type Pool, type Surroundings } from "../../formula/environment";
import { BudgetExceeded, type ErrorCode, type FormulaScalar, type FormulaValue, isList } from "../../formula/values";
import { isSame, NOTHING, type Outcome, outcomeOf } from "./outcomes";
import type { Plan, ReadyStep } from "./plan";
import type { ReadRecord, ReadRow } from "./record";
import { headOf, Unread } from "./unread";

// what takes more is left to the server, or typing would be held up
const STEPS_IN_ALL = 500_000;

type Lookup = (path: string) => FormulaValue;

/** What a formula came to, and from what: the same again needs no computing. */
interface Remembered {
  inputs: readonly FormulaValue[];
  outcome: Outcome;
}

export interface Around extends Surroundings {
  /** What is found at paths that are no fields. */
  given: ReadonlyMap<string, FormulaValue>;
  memory: Map<string, Remembered>;
}

export interface WorkRow {
  row: ReadRow;
  cells: Map<string, FormulaValue>;
}

export class LocalRun {
  readonly values: Map<string, FormulaValue>;
  readonly rows = new Map<string, readonly WorkRow[]>();
  readonly unread: Unread;
  /** JSON of what was computed: by path of a field, and by path and row id. */
  readonly computed = new Map<string, Json>();
  readonly computedCells = new Map<string, Map<string, Json>>();
  /** Error values by JSON pointer. */
  readonly failed = new Map<string, ErrorCode>();
  /** Paths that could not be computed here at all. */
  readonly undone = new Set<string>();
  readonly #around: Around;
  readonly #pool: Pool = { left: STEPS_IN_ALL };

  constructor(record: ReadRecord, around: Around) {
    this.#around = around;
    this.values = new Map(record.values);
    this.unread = new Unread(record.unread);
    for (const [key, rows] of record.rows) {
      this.rows.set(
        key,
        rows.map((row) => ({ row, cells: new Map(row.cells) })),
      );
    }
  }

  /** Compute all steps, or those that depend on what is `dirty`. */
  compute({ steps }: Plan, dirty: Set<string> | null): void {
    for (const step of steps) {
      if (dirty !== null && !isTouched(step, dirty)) continue;
      dirty?.add(step.path);
      this.#step(step);
    }
  }

  #step(step: ReadyStep): void {
    if (step.needs.some((path) => this.undone.has(path))) this.undone.add(step.path);
    else if (step.subform === null) this.#field(step);
    else this.#column(step, step.subform);
  }

  readonly lookup: Lookup = (path) => {
    const given = this.#around.given.get(path);
    if (given !== undefined) return given;
    const value = this.values.get(path);
    if (value !== undefined) return value;
    const key = headOf(path);
    const rows = this.rows.get(key);
    if (rows === undefined) return key === path ? null : [];
    if (key === path) return rows.length === 0 ? null : rows.map(({ row }) => (row.isStored ? row.id : "-"));
    const column = path.slice(key.length + 1);
    return rows.map(({ cells }) => scalar(cells.get(column) ?? null));
  };

  rowLookup(cells: ReadonlyMap<string, FormulaValue>, columns: ReadonlySet<string>): Lookup {
    return (path) => (columns.has(headOf(path)) ? (cells.get(path) ?? null) : this.lookup(path));
  }

  env(lookup: Lookup): Env {
    return environment(lookup, this.#around);
  }

  /** What the formula comes to; undefined if it takes too long. */
  outcome(step: ReadyStep, lookup: Lookup): Outcome | undefined {
    if (this.#pool.left < step.steps) return undefined;
    this.#pool.left -= step.steps;
    try {
      const env = environment(lookup, { ...this.#around, pool: this.#pool });
      return outcomeOf(step.field, step.run(env), this.#around.zone);
    } catch (caught) {
      if (caught instanceof BudgetExceeded) return undefined;
      throw caught;
    }
  }

  #remembered(step: ReadyStep, place: string, lookup: Lookup): Outcome | undefined {
    const inputs = step.references.map(lookup);
    const known = this.#around.memory.get(place);
    if (known !== undefined && inputs.every((input, index) => isSame(input, known.inputs[index] ?? null))) {
      return known.outcome;
    }
    const outcome = this.outcome(step, lookup);
    if (outcome !== undefined) this.#around.memory.set(place, { inputs, outcome });
    return outcome;
  }

  /** What is made from an input that cannot be read is not known either. */
  #settle(outcome: Outcome | undefined, step: ReadyStep, pointer: string): Outcome {
    if (outcome === undefined) this.undone.add(step.path);
    else if (outcome.error !== null) this.failed.set(pointer, outcome.error);
    return outcome ?? NOTHING;
  }

  #unknown(pointer: string): Outcome {
    this.unread.add(pointer);
    return NOTHING;
  }

  #field(step: ReadyStep): void {
    const pointer = `/${step.path}`;
    const outcome = this.unread.holdsAny(step.needs)
      ? this.#unknown(pointer)
      : this.#settle(this.#remembered(step, step.path, this.lookup), step, pointer);
    this.values.set(step.path, outcome.value);
    this.computed.set(step.path, outcome.json);
  }

  #column(step: ReadyStep, subform: SubformField): void {
    const columns = new Set(subform.fields.map((column) => column.key));
    const made = new Map<string, Json>();
    for (const [position, { row, cells }] of (this.rows.get(subform.key) ?? []).entries()) {
      const place = `/${subform.key}/${position}`;
      const pointer = `${place}/${step.field.key}`;
      const outcome = this.unread.holdsForRow(place, step.references, columns)
        ? this.#unknown(pointer)
        : this.#settle(this.#remembered(step, `${step.path}/${row.id}`, this.rowLookup(cells, columns)), step, pointer);
      cells.set(step.field.key, outcome.value);
      made.set(row.id, outcome.json);
    }
    this.computedCells.set(step.path, made);
  }
}

/** A list in a cell is one text of the column. */
function scalar(value: FormulaValue): FormulaScalar {
  return isList(value) ? toText(value) : value;
}

/** A changed subform stands for all its columns; a changed column for its row formulas and aggregates. */
function isTouched({ needs, subform }: ReadyStep, dirty: ReadonlySet<string>): boolean {
  if (subform !== null && dirty.has(subform.key)) return true;
  return needs.some((path) => dirty.has(path) || dirty.has(headOf(path)));
}
