// Between numbers and texts: VALUE, NUMBERVALUE, FIXED, TEXT, T, N.
import { MAX_TEXT, toNumber, withoutSpaces } from "../coercion";
import { type Decimal, decimal, divide, HALF_UP, HUNDRED, narrow, TWO, toWhole, ZERO } from "../decimal";
import type { Env } from "../environment";
import { lengthOf, withoutRight } from "../text";
import { Fault, type FormulaValue, isList } from "../values";
import { fixedText, formatValue } from "./formats";
import { roundTo } from "./maths";
import { asking, type FunctionTable, plain } from "./registry";
import { limited } from "./text";

const MAX_FIXED = 127; // decimals, as in Excel
const MAX_FORMAT = 255;
const PLAIN = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;

function readNumber(value: FormulaValue): Decimal {
  if (typeof value === "boolean" || isList(value)) throw Fault.VALUE;
  return toNumber(value);
}

/** With thousands separators unless `isPlain`; more than 127 decimals, or a text too long for a cell: #VALUE!. */
function fixed(value: Decimal, digits = TWO, isPlain = false): string {
  if (digits.greaterThan(MAX_FIXED) || value.e > MAX_TEXT) throw Fault.VALUE;
  const places = Math.max(0, toWhole(digits));
  return limited(fixedText(roundTo(value, digits, HALF_UP), places, !isPlain));
}

function textBy(env: Env, value: FormulaValue, pattern: string): string {
  const length = lengthOf(pattern);
  if (length > MAX_FORMAT) throw Fault.VALUE;
  env.spend(length);
  return limited(formatValue(value, pattern));
}

function firstOf(sign: string): string {
  const [first] = sign;
  if (first === undefined) throw Fault.VALUE;
  return first;
}

/** Spaces do not count, an empty text is 0, every `%` at the end divides by 100; what is no number is #VALUE!. */
function numberValue(value: string, pointText = ".", thousandsText = ","): Decimal {
  const [point, thousands] = [firstOf(pointText), firstOf(thousandsText)];
  if (point === thousands) throw Fault.VALUE;
  const shown = withoutSpaces(value);
  const digits = withoutRight(shown, "%");
  const read = readBy(digits, point, thousands);
  if (shown === "") return ZERO;
  if (!PLAIN.test(read)) throw Fault.VALUE;
  let found = narrow(decimal(read));
  for (let percent = digits.length; percent < shown.length; percent += 1) found = divide(found, HUNDRED);
  return found;
}

/** The digits with `.` for the point and nothing between thousands. */
function readBy(digits: string, point: string, thousands: string): string {
  const at = digits.indexOf(point);
  const whole = at < 0 ? digits : digits.slice(0, at);
  const fraction = at < 0 ? "" : digits.slice(at + point.length);
  const others = (whole + fraction).replaceAll(point, "").replaceAll(thousands, "");
  if (fraction.includes(thousands) || others.includes(".")) throw Fault.VALUE;
  return whole.replaceAll(thousands, "") + (at < 0 ? "" : ".") + fraction;
}

export const CONVERSION: FunctionTable = {
  VALUE: plain(readNumber),
  NUMBERVALUE: plain(numberValue),
  FIXED: plain(fixed),
  TEXT: asking(textBy),
  T: plain((value: FormulaValue) => (typeof value === "string" ? value : "")),
  N: plain((value: FormulaValue) => (typeof value === "string" ? ZERO : toNumber(value))),
};
