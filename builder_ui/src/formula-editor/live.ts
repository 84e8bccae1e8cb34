// The result of a draft on a sample record, by the page's own interpreter.
import type { FormulaCheck } from "../api/formulas";
import type { ColumnField, Field, Json } from "../api/types";
import { outcomeOf } from "../forms/local/outcomes";
import { toText } from "../formula/coercion";
import { environment } from "../formula/environment";
import { prepare } from "../formula/interpret";
import { ErrorValue, type FormulaResult, type FormulaValue, isList } from "../formula/values";
import { wallClock } from "../formula/zones";
import type { Linked } from "./linked";
import { type Sample, sampleValue } from "./sample";

export type Outcome =
  /** `shown`: as the field that it is for holds it; undefined where it is for none. */
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

export interface Trial {
  sample: Sample;
  /** What lies behind links of the sample. */
  linked: Linked;
  target: Field | ColumnField | null;
  now: string;
}

/** `now`: the instant at which the formula is evaluated. */
export function evaluateOn(
  formula: NonNullable<FormulaCheck["formula"]>,
  { sample, linked, target, now }: Trial,
): Outcome {
  const lookup = (path: string): FormulaValue => {
    const found = sampleValue(sample, linked, path);
    if (found === undefined) throw new NotKnown(path);
    return found;
  };
  const wall = wallClock(Date.parse(now), sample.zone);
  if (wall === undefined) return { kind: "failed" };
  const around = environment(lookup, { now: wall, zone: sample.zone, calendars: sample.calendars });
  try {
    return seen(prepare(formula.tree)(around), {
      target,
      zone: sample.zone,
    });
  } catch (error) {
    // beyond the budget, or a function newer than this page
    return error instanceof NotKnown ? { kind: "unknown", path: error.path } : { kind: "failed" };
  }
}

interface Shown {
  target: Field | ColumnField | null;
  zone: string;
}

function seen(result: FormulaResult, { target, zone }: Shown): Outcome {
  if (result instanceof ErrorValue) return { kind: "error", code: result.code };
  const stored = target === null ? null : outcomeOf(target, result, zone);
  // a value that the field cannot hold
  if (stored !== null && stored.error !== null) return { kind: "error", code: stored.error };
  const text = isList(result) ? result.map(toText).join(", ") : toText(result);
  return { kind: "value", value: result, text, shown: stored?.json };
}
