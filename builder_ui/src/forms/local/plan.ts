// A form's formulas made ready to run, those that this page knows how to.
import type { ColumnField, Entity, Field, LocalFormulas, SubformField } from "../../api/types";
import { type Prepared, prepare, UnknownFunction } from "../../formula/interpret";
import type { WireFormula } from "../../formula/wire";
import { headOf } from "./unread";

export interface ReadyStep {
  path: string;
  field: Field | ColumnField;
  /** Set for a column, whose formula runs once a row. */
  subform: SubformField | null;
  /** As the formula names them, and as paths of the record. */
  references: readonly string[];
  needs: readonly string[];
  /** Steps of one evaluation that are known beforehand. */
  steps: number;
  run: Prepared;
}

export interface ReadyCondition {
  references: readonly string[];
  run: Prepared;
}

export interface Plan {
  steps: readonly ReadyStep[];
  visible: ReadonlyMap<string, readonly ReadyCondition[]>;
  rowDefaults: readonly ReadyStep[];
}

/** A page older than the server may lack a function: what is made with it is left to the server. */
function readyOrNot(formula: WireFormula): Prepared | null {
  try {
    return prepare(formula.tree);
  } catch (caught) {
    if (caught instanceof UnknownFunction) return null;
    throw caught;
  }
}

function subformAt(entity: Entity, key: string | null): SubformField | null {
  const field = entity.fields.find((candidate) => candidate.key === key);
  return field?.type === "subform" ? field : null;
}

function readyStep(entity: Entity, { path, subform: key, formula }: LocalFormulas["steps"][number]): ReadyStep | null {
  const subform = subformAt(entity, key);
  const fields: readonly (Field | ColumnField)[] = subform === null ? entity.fields : subform.fields;
  const own = subform === null ? path : path.slice(subform.key.length + 1);
  const field = fields.find((candidate) => candidate.key === own);
  const run = readyOrNot(formula);
  if (field === undefined || run === null || (key !== null && subform === null)) return null;
  const columns = new Set(subform?.fields.map((column) => column.key));
  const { references, steps } = formula;
  const needs = references.map((reference) =>
    subform !== null && columns.has(headOf(reference)) ? `${subform.key}.${reference}` : reference,
  );
  return { path, field, subform, references, needs, steps, run };
}

function readyConditions(formulas: readonly WireFormula[]): readonly ReadyCondition[] | null {
  const ready: ReadyCondition[] = [];
  for (const formula of formulas) {
    const run = readyOrNot(formula);
    if (run === null) return null;
    ready.push({ references: formula.references, run });
  }
  return ready;
}

export function planOf(entity: Entity, formulas: LocalFormulas): Plan {
  const steps: ReadyStep[] = [];
  const missing = new Set<string>();
  for (const sent of formulas.steps) {
    const step = readyStep(entity, sent);
    if (step === null || step.needs.some((path) => missing.has(path))) missing.add(sent.path);
    else steps.push(step);
  }
  const visible = new Map<string, readonly ReadyCondition[]>();
  for (const { field, conditions } of formulas.visible) {
    const ready = readyConditions(conditions);
    const isWhole = ready?.every((one) => !one.references.some((path) => missing.has(path)));
    if (ready !== null && isWhole) visible.set(field, ready);
  }
  const rowDefaults = formulas.row_defaults.map((sent) => readyStep(entity, sent));
  return { steps, visible, rowDefaults: rowDefaults.filter((step) => step !== null) };
}
