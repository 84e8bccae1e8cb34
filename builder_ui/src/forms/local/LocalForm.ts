// A form's formulas evaluated in the browser, as the server evaluates them: nothing waits for its answer.
import type { Entity, Form, Json, LocalFormulas, Rights, Values } from "../../api/types";
import type { Surroundings } from "../../formula/environment";
import { BudgetExceeded, type ErrorCode, type FormulaValue } from "../../formula/values";
import { wallClock } from "../../formula/zones";
import { placedKeys } from "../layout";
import { localRowId, type RowValue, rowId, rowsOf } from "../wire";
import { type Plan, planOf, type ReadyCondition } from "./plan";
import { readInstant, UNREAD } from "./reading";
import { type ReadRecord, RecordReader } from "./record";
import { type Around, LocalRun } from "./run";
import { answerSwitches } from "./switches";

export interface LocalOptions {
  entity: Entity;
  form: Form | null;
  rights: Rights;
  formulas: LocalFormulas;
  /** Values of the record that is changed; null: it is a new one. */
  stored: Values | null;
  /** The workspace's zone and calendars. */
  workspace: Omit<Surroundings, "now">;
  /** The server's time, in milliseconds. */
  now: () => number;
}

/** What the formulas came to, as far as they are evaluated here. */
export interface LocalEvaluation {
  /** JSON by key. */
  fields: ReadonlyMap<string, Json>;
  /** JSON by path of the column and id of the row. */
  cells: ReadonlyMap<string, ReadonlyMap<string, Json>>;
  /** Paths that depend on a change; the others are as they are stored. */
  renewed: ReadonlySet<string>;
  /** Error values of these by JSON pointer. */
  failed: ReadonlyMap<string, ErrorCode>;
  /** Whether fields are shown that stand under a condition. */
  shown: ReadonlyMap<string, boolean>;
}

export class LocalForm {
  readonly #options: LocalOptions;
  readonly #plan: Plan;
  readonly #reader: RecordReader;
  readonly #placed: ReadonlySet<string> | null;
  readonly #given: ReadonlyMap<string, FormulaValue>;
  readonly #memory: Around["memory"] = new Map();
  #last: LocalRun | null = null;

  constructor(options: LocalOptions) {
    const { entity, form, rights, formulas, stored, workspace } = options;
    this.#options = options;
    this.#plan = planOf(entity, formulas);
    this.#reader = new RecordReader(entity, rights, stored, workspace.zone);
    this.#placed = form === null ? null : placedKeys(form);
    this.#given = new Map(Object.entries(formulas.given).map(([path, json]) => [path, this.#readGiven(path, json)]));
  }

  /** `isShown`: what is known of fields whose conditions are not evaluated here. */
  evaluate(held: Values, isShown: (key: string) => boolean): LocalEvaluation {
    const record = this.#reader.read(held);
    let run = this.#run(record);
    let shown = this.#shown(run);
    // an answer may show further switches; each round answers at least one
    while (this.#isNew && answerSwitches(record, run, this.#options, this.#isSeen(shown, isShown))) {
      run = this.#run(record);
      shown = this.#shown(run);
    }
    this.#last = run;
    const renewed = new Set([...run.computed.keys(), ...run.computedCells.keys()]);
    return { ...this.#results(run), renewed, failed: run.failed, shown };
  }

  /** Whether a switch can be left alone: only who is shown the form of a new record sees it. */
  get #isNew(): boolean {
    return this.#options.stored === null && this.#placed !== null;
  }

  #isSeen(shown: ReadonlyMap<string, boolean>, isShown: (key: string) => boolean): (key: string) => boolean {
    return (key) => this.#placed?.has(key) === true && (shown.get(key) ?? isShown(key));
  }

  /** A row as it is before anybody typed into it. */
  newRow(key: string): RowValue {
    const row: RowValue = { id: localRowId() };
    const run = this.#last;
    if (run === null) return row;
    const cells = new Map<string, FormulaValue>();
    for (const step of this.#plan.rowDefaults) {
      if (step.subform?.key !== key) continue;
      const columns = new Set(step.subform.fields.map((column) => column.key));
      const outcome = run.outcome(step, run.rowLookup(cells, columns));
      if (outcome === undefined || outcome.json === null) continue;
      row[step.field.key] = outcome.json;
      cells.set(step.field.key, outcome.value);
    }
    return row;
  }

  #readGiven(path: string, json: string | null): FormulaValue {
    if (json === null || !path.endsWith("_at")) return json;
    const reading = readInstant(json, this.#options.workspace.zone);
    return reading === UNREAD ? null : reading;
  }

  #run(record: ReadRecord): LocalRun {
    const { workspace, now, stored } = this.#options;
    const moment = wallClock(now(), workspace.zone);
    if (moment === undefined) throw new RangeError("the time is outside of the calendar");
    const run = new LocalRun(record, { ...workspace, now: moment, given: this.#given, memory: this.#memory });
    run.compute(this.#plan, stored === null ? null : new Set([...record.changed, ...run.unread.paths]));
    return run;
  }

  #shown(run: LocalRun): Map<string, boolean> {
    const shown = new Map<string, boolean>();
    const env = run.env(run.lookup);
    for (const [key, conditions] of this.#plan.visible) {
      if (conditions.some(({ references }) => references.some((path) => run.undone.has(path)))) continue;
      const holds = conditions.every((condition) => tried(condition, env));
      shown.set(key, holds);
    }
    return shown;
  }

  /** What was computed; what did not need to be is as it is stored. */
  #results(run: LocalRun): Pick<LocalEvaluation, "fields" | "cells"> {
    const fields = new Map<string, Json>();
    const cells = new Map<string, ReadonlyMap<string, Json>>();
    const stored = this.#options.stored ?? {};
    const storedFields = new Map(Object.entries(stored));
    for (const { path, field, subform } of this.#plan.steps.filter((step) => !run.undone.has(step.path))) {
      if (subform === null) fields.set(path, (run.computed.has(path) ? run.computed : storedFields).get(path) ?? null);
      else cells.set(path, run.computedCells.get(path) ?? storedCells(stored[subform.key], field.key));
    }
    return { fields, cells };
  }
}

function storedCells(rows: Json | undefined, column: string): ReadonlyMap<string, Json> {
  return new Map(rowsOf(rows).map((row) => [rowId(row), row[column] ?? null]));
}

/** A condition that ends in an error, or takes too long, does not hold. */
function tried({ run }: ReadyCondition, env: Parameters<ReadyCondition["run"]>[0]): boolean {
  try {
    return run(env) === true;
  } catch (caught) {
    if (caught instanceof BudgetExceeded) return false;
    throw caught;
  }
}
