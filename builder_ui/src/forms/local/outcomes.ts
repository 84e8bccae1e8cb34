// What a formula comes to, as a value of its field: rounded, cut, in JSON form, or the error value it ends in.
import type { ColumnField, Field, Json, NumberField } from "../../api/types";
import { plain, toBoolean, toDay, toMoment, toNumber, toText } from "../../formula/coercion";
import { Day, Moment } from "../../formula/days";
import { type Decimal, decimal, HALF_UP } from "../../formula/decimal";
import { type ErrorCode, ErrorValue, Fault, type FormulaResult, type FormulaValue, isList } from "../../formula/values";
import { millisecondsAt, wallClock } from "../../formula/zones";
import { fitsBefore, longestOf } from "./reading";

/** `value`: what further formulas find. */
export interface Outcome {
  json: Json;
  value: FormulaValue;
  error: ErrorCode | null;
}

export const NOTHING: Outcome = { json: null, value: null, error: null };
const JSON_DIGITS = 15;

export function outcomeOf(field: Field | ColumnField, result: FormulaResult, zone: string): Outcome {
  if (result instanceof ErrorValue) return failed(result.code);
  if (result === null) return NOTHING;
  try {
    return stored(field, result, zone);
  } catch (caught) {
    if (caught instanceof Fault) return failed(caught.error.code);
    throw caught;
  }
}

function failed(error: ErrorCode): Outcome {
  return { ...NOTHING, error };
}

function stored(field: Field | ColumnField, result: FormulaValue, zone: string): Outcome {
  switch (field.type) {
    case "number":
      return ofNumber(field, toNumber(result));
    case "boolean":
      return same(toBoolean(result));
    case "date": {
      const day = toDay(result);
      return { json: day.iso(), value: day, error: null };
    }
    case "datetime":
      return ofInstant(result, zone);
    case "multi_select":
      return several(result);
    case "member":
    case "department":
      return field.multiple === true ? several(result) : same(toText(result) || null);
    case "text":
    case "long_text":
      return same(cut(toText(result), longestOf(field)));
    default:
      return same(toText(result) || null);
  }
}

function same(value: string | boolean | null): Outcome {
  return { json: value, value, error: null };
}

/** At most so many characters: nobody typed the text who could shorten it. */
function cut(text: string, longest: number): string | null {
  return (text.length > longest ? [...text].slice(0, longest).join("") : text) || null;
}

function ofNumber(field: NumberField, result: Decimal): Outcome {
  const rounded = result.toDecimalPlaces(field.decimals ?? 0, HALF_UP);
  if (!fitsBefore(field, rounded)) throw Fault.NUM;
  const value = rounded.isZero() ? decimal(0) : rounded;
  const isText = (field.digits ?? JSON_DIGITS) > JSON_DIGITS || value.precision() > JSON_DIGITS;
  return { json: isText ? plain(value) : value.toNumber(), value, error: null };
}

function ofInstant(result: FormulaValue, zone: string): Outcome {
  const instant = millisecondsAt(toMoment(result), zone);
  if (instant === undefined) throw Fault.NUM;
  const value = wallClock(instant, zone) ?? null;
  return { json: new Date(instant).toISOString(), value, error: null };
}

function several(result: FormulaValue): Outcome {
  const items = (isList(result) ? result : [result]).map(toText).filter((item) => item !== "");
  return items.length === 0 ? NOTHING : { json: items, value: items, error: null };
}

/** Whether two values are the same to whoever reads them. */
export function isSame(first: FormulaValue, second: FormulaValue): boolean {
  if (first === second) return true;
  if (isList(first) || isList(second)) {
    if (!(isList(first) && isList(second)) || first.length !== second.length) return false;
    return first.every((item, position) => isSame(item, second[position] ?? null));
  }
  return typeof first === "object" && typeof second === "object" && exactly(first) === exactly(second);
}

function exactly(value: Decimal | Day | Moment | null): string {
  if (value === null) return "";
  return value instanceof Day || value instanceof Moment ? value.iso() : plain(value);
}
