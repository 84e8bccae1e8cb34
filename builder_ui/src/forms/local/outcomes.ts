// What a formula comes to, as a value of its field: rounded, cut, in JSON form, or the error value it ends in.
import type { ColumnField, Field, Json } from "../../api/types";
import { plain, toBoolean, toDay, toMoment, toNumber, toText } from "../../formula/coercion";
import { Day, Moment } from "../../formula/days";
import { type Decimal, decimal, HALF_UP } from "../../formula/decimal";
import { type ErrorCode, ErrorValue, Fault, type FormulaResult, type FormulaValue, isList } from "../../formula/values";
import { millisecondsAt, wallClock } from "../../formula/zones";
import { JSON_DIGITS, type NumberLike, numberForm } from "./numbers";
import { longestOf } from "./reading";

/** `value`: what further formulas find. */
export interface Outcome {
  json: Json;
  value: FormulaValue;
  error: ErrorCode | null;
}

export const NOTHING: Outcome = { json: null, value: null, error: null };
const SECONDS_A_DAY = 86_400;
const TOO_LATE = 10_000_000;

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
    case "rating":
    case "progress":
    case "duration":
      return ofNumber(field, toNumber(result));
    case "time":
      return same(timeOfDay(toNumber(result), field.precision === "second"));
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
    case "link":
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

function ofNumber(field: NumberLike, result: Decimal): Outcome {
  const form = numberForm(field);
  const rounded = result.toDecimalPlaces(form.decimals, HALF_UP);
  if (!form.fitsBefore(rounded)) throw Fault.NUM;
  // a number field says of what people enter only how large it may be
  if (field.type !== "number" && !form.isInRange(rounded)) throw Fault.NUM;
  const value = rounded.isZero() ? decimal(0) : rounded;
  const isText = form.digits > JSON_DIGITS || value.precision() > JSON_DIGITS;
  return { json: isText ? plain(value) : value.toNumber(), value, error: null };
}

/** The time of the clock that the fraction of a number is, as in Excel. */
function timeOfDay(serial: Decimal, hasSeconds: boolean): string {
  if (serial.lt(0) || serial.gte(TOO_LATE)) throw Fault.NUM;
  const fraction = serial.minus(serial.floor());
  const second = fraction.times(SECONDS_A_DAY).toDecimalPlaces(0, HALF_UP).toNumber() % SECONDS_A_DAY;
  const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, ...(hasSeconds ? [second % 60] : [])];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
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
