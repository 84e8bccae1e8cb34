// The result of a draft on a sample record, by the page's own interpreter.
import type { FormulaCheck } from "../api/formulas";
import type { ColumnField, Field, Json } from "../api/types";
import { toText } from "../formula/coercion";
import { Day, Moment } from "../formula/days";
import { decimal, HALF_UP, isDecimal } from "../formula/decimal";
import { environment } from "../formula/environment";
import { readValue } from "../formula/exchange";
import { prepare } from "../formula/interpret";
import { ErrorValue, type FormulaResult, type FormulaScalar, type FormulaValue, isList } from "../formula/values";
import { instantAt, wallTime } from "../i18n/times";
import { type Sample, sampleValue } from "./sample";

export type Outcome =
  /** `shown`: as the field that it is for takes it; undefined where it takes no such value. */
  | { kind: "value"; value: FormulaValue; text: string; shown: Json | undefined }
  | { kind: "error"; code: string }
  /** A path whose value the page cannot know. */
  | { kind: "unknown"; path: string }
  | { kind: "failed" };

class NotKnown extends Error {
  readonly path: string;

  constructor(path: string) {
    super(path);
    this.path = path;
  }
}

/** `now`: the instant at which the formula is evaluated. */
export function evaluateOn(
  formula: NonNullable<FormulaCheck["formula"]>,
  { sample, target, now }: { sample: Sample; target: Field | ColumnField | null; now: string },
): Outcome {
  const lookup = (path: string): FormulaValue => {
    const found = sampleValue(sample, path);
    if (found === undefined) throw new NotKnown(path);
    return readValue(found);
  };
  const wall = Moment.read(wallTime(now, sample.zone));
  if (wall === undefined) return { kind: "failed" };
  try {
    return outcomeOf(prepare(formula.tree)(environment(lookup, { now: wall, zone: sample.zone })), {
      target,
      zone: sample.zone,
    });
  } catch (error) {
    // beyond the budget, or a function newer than this page
    return error instanceof NotKnown ? { kind: "unknown", path: error.path } : { kind: "failed" };
  }
}

function outcomeOf(result: FormulaResult, given: Shown): Outcome {
  if (result instanceof ErrorValue) return { kind: "error", code: result.code };
  const text = isList(result) ? result.map(toText).join(", ") : toText(result);
  return { kind: "value", value: result, text, shown: shownBy(result, given) };
}

interface Shown {
  target: Field | ColumnField | null;
  zone: string;
}

/** A result as the field's value in JSON: a number with the digits it is stored with. */
function shownBy(result: FormulaValue, { target, zone }: Shown): Json | undefined {
  if (target === null || result === null) return target === null ? undefined : null;
  if (isList(result)) return result.map(toText);
  const one = oneShown(result, target, zone);
  const isSeveral = target.type === "multi_select" || ("multiple" in target && target.multiple);
  return isSeveral && one !== undefined ? [one] : one;
}

function oneShown(result: NonNullable<FormulaScalar>, target: Field | ColumnField, zone: string): Json | undefined {
  switch (target.type) {
    case "number":
      return isDecimal(result)
        ? decimal(result)
            .toDecimalPlaces(target.decimals ?? 0, HALF_UP)
            .toFixed()
        : undefined;
    case "boolean":
      return typeof result === "boolean" ? result : undefined;
    case "datetime":
      return result instanceof Moment ? instantAt(result.iso(), zone) : undefined;
    case "date":
      return result instanceof Day ? result.iso() : undefined;
    default:
      return toText(result);
  }
}
