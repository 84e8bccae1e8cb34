// Excel's conversions between kinds of values, and how values compare.

import { compareMoments, Day, MICROSECONDS_A_DAY, Moment } from "./days";
import { add, type Decimal, DOWN, decimal, divide, HUNDRED, isDecimal, multiply, narrow, ONE, ZERO } from "./decimal";
import { compareTexts } from "./text";
import { Fault, type FormulaScalar, type FormulaValue, isList } from "./values";

export const EPOCH = 693_594; // 1899-12-30, day 0 of Excel's serial numbers
export const MAX_TEXT = 32_767;
const MICROSECONDS = decimal(MICROSECONDS_A_DAY);
const SPACES = " \t\n\r\f\v\u00a0\u3000";
const NUMERIC = /^([-+]?) *[$¥￥]? *([-+]?)((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?)((?:[eE][-+]?\d+)?) *(%?)$/;
const DAY = /^(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?$/;
const CLOCK = /^(\d{1,4}):(\d{1,2})(?::(\d{1,2})(\.\d*)?)?(?: *([AaPp])[Mm])?$/;
const DAY_AND_CLOCK = /^([^ T]+)(?: +|T)(.+)$/;
const SECONDS_A_DAY = decimal(86_400);
const FULL_WIDTH = /[０-９]/g;

/** Empty is 0, TRUE is 1, text that reads as a number is that number, else #VALUE!. */
export function toNumber(value: FormulaValue): Decimal {
  if (isDecimal(value)) return value;
  if (value === null) return ZERO;
  if (typeof value === "boolean") return value ? ONE : ZERO;
  if (typeof value === "string") return parseNumber(value);
  if (value instanceof Moment) return momentSerial(value);
  if (value instanceof Day) return decimal(value.ordinal - EPOCH);
  throw Fault.VALUE;
}

/** The text with the digits that a Chinese keyboard types as those of ASCII. */
function asciiDigits(text: string): string {
  return text.replace(FULL_WIDTH, (digit) => String(digit.charCodeAt(0) - 0xff10));
}

/** Without the spaces at both ends that people type. */
export function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && SPACES.includes(text.charAt(start))) start += 1;
  while (end > start && SPACES.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

export function withoutSpaces(text: string): string {
  return Array.from(text)
    .filter((sign) => !SPACES.includes(sign))
    .join("");
}

/**
 * The number a text shows, else #VALUE!.
 *
 * `1,234.5`, `12%`, `1e3`, `$5`, `(5)` for -5; a day as its serial number, a time as a fraction of a day, or both.
 */
export function parseNumber(text: string): Decimal {
  const shown = trimmed(asciiDigits(text));
  const isNegative = shown.startsWith("(") && shown.endsWith(")");
  const match = NUMERIC.exec(isNegative ? shown.slice(1, -1) : shown);
  if (match !== null && /\d/.test(match[3] ?? "")) return signed(match, isNegative);
  const serial = isNegative ? undefined : timeSerial(shown);
  if (serial === undefined) throw Fault.VALUE;
  return serial;
}

function signed(match: RegExpExecArray, isNegative: boolean): Decimal {
  const [, before = "", after = "", digits = "", exponent = "", percent = ""] = match;
  const signs = before + after + (isNegative ? "-" : "");
  if (signs.length > 1) throw Fault.VALUE;
  const value = readDecimal(signs + digits.replaceAll(",", "") + exponent);
  return percent === "" ? value : divide(value, HUNDRED);
}

function readDecimal(digits: string): Decimal {
  try {
    return narrow(decimal(digits));
  } catch {
    throw Fault.VALUE;
  }
}

/** The serial number of a day, a time of day, or a day with a time. */
function timeSerial(shown: string): Decimal | undefined {
  const whole = parseDay(shown);
  if (whole !== undefined) return decimal(whole.ordinal - EPOCH);
  const time = clock(shown);
  if (time !== undefined) return time;
  const [, before = "", after = ""] = DAY_AND_CLOCK.exec(shown) ?? [];
  const [day, ofDay] = [parseDay(before), clock(after)];
  if (day === undefined || ofDay === undefined || ofDay.greaterThanOrEqualTo(1)) return undefined;
  return add(decimal(day.ordinal - EPOCH), ofDay);
}

/** `16:48`, `16:48:30.5`, `4:48 PM` as a fraction of a day; hours may exceed a day unless AM or PM follows. */
function clock(shown: string): Decimal | undefined {
  const match = CLOCK.exec(shown);
  if (match === null) return undefined;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  const half = (match[5] ?? "").toUpperCase();
  if (minute >= 60 || second >= 60 || (half !== "" && hour > 12)) return undefined;
  const hours = half === "" ? hour : (hour % 12) + (half === "P" ? 12 : 0);
  const gone = add(decimal(hours * 3600 + minute * 60 + second), decimal(`0${match[4] ?? ".0"}`));
  return divide(gone, SECONDS_A_DAY);
}

/** The day a text such as 2024-01-31, 2024/1/31 or 2024年1月31日 shows, if it is one. */
export function parseDay(text: string): Day | undefined {
  const match = DAY.exec(trimmed(asciiDigits(text)));
  return match === null ? undefined : Day.of(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Days since Excel's epoch of a wall-clock time. */
function momentSerial(value: Moment): Decimal {
  const total = value.total() - BigInt(EPOCH) * BigInt(MICROSECONDS_A_DAY);
  return divide(decimal(total), MICROSECONDS);
}

/** Numbers without exponent or trailing zeros, days as ISO, TRUE and FALSE. */
export function toText(value: FormulaValue): string {
  if (typeof value === "string") return value;
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (isDecimal(value)) return plain(value);
  if (value instanceof Moment) return `${value.day.iso()} ${value.clock()}`;
  if (value instanceof Day) return value.iso();
  return isList(value) ? value.map(toText).join(",") : "";
}

/** A number in positional notation without trailing zeros. */
export function plain(value: Decimal): string {
  return value.isZero() ? "0" : value.toFixed();
}

/** Empty is FALSE, a number is its being other than 0, the texts TRUE and FALSE themselves. */
export function toBoolean(value: FormulaValue): boolean {
  if (typeof value === "boolean") return value;
  if (value === null) return false;
  if (isDecimal(value)) return !value.isZero();
  if (value instanceof Day || value instanceof Moment) return !toNumber(value).isZero();
  if (typeof value === "string") {
    const upper = value.toUpperCase();
    if (upper === "TRUE" || upper === "FALSE") return upper === "TRUE";
  }
  throw Fault.VALUE;
}

/** The value as a day: a wall-clock time loses its time, a number is a serial number, text is read. */
export function toDay(value: FormulaValue): Day {
  if (value instanceof Moment) return value.day;
  if (value instanceof Day) return value;
  return fromSerial(toNumber(value));
}

/** The day of a serial number; outside of the calendar #NUM!. */
export function fromSerial(serial: Decimal): Day {
  if (serial.isNegative() && !serial.isZero()) throw Fault.NUM;
  return inCalendar(serial.e > 7 ? undefined : Day.at(EPOCH + serial.trunc().toNumber()));
}

/** What was computed if it lies in the calendar, else #NUM!. */
export function inCalendar<Found>(found: Found | undefined): Found {
  if (found === undefined) throw Fault.NUM;
  return found;
}

/** The value as a wall-clock time. */
export function toMoment(value: FormulaValue): Moment {
  if (value instanceof Moment) return value;
  if (value instanceof Day) return new Moment(value);
  const serial = toNumber(value);
  const whole = fromSerial(serial);
  const rest = add(serial, serial.trunc().negated());
  const seconds = multiply(rest, decimal(86_400));
  return inCalendar(new Moment(whole).plus(wholeOf(multiply(seconds, decimal(1_000_000)))));
}

/** The number rounded half up to a whole one. */
export function wholeOf(value: Decimal): bigint {
  return BigInt(value.toDecimalPlaces(0).toFixed());
}

/** The number without its fraction. */
export function cut(value: Decimal): Decimal {
  return value.toDecimalPlaces(0, DOWN);
}

function rank(value: FormulaScalar): number {
  if (typeof value === "string") return 1;
  return typeof value === "boolean" ? 2 : 0;
}

function blankAs(other: FormulaScalar): FormulaScalar {
  if (typeof other === "string") return "";
  return typeof other === "boolean" ? false : ZERO;
}

/** -1, 0 or 1. Empty is 0, "" or FALSE by the other side; numbers and days < texts < truths, as in Excel. */
export function compare(left: FormulaValue, right: FormulaValue): number {
  if (isList(left) || isList(right)) throw Fault.VALUE;
  if (left === null && right === null) return 0;
  return compareScalars(left ?? blankAs(right), right ?? blankAs(left));
}

function compareScalars(left: FormulaScalar, right: FormulaScalar): number {
  const [first, second] = [rank(left), rank(right)];
  if (first !== second) return first < second ? -1 : 1;
  if (typeof left === "string" && typeof right === "string") return compareTexts(left, right);
  if (left instanceof Day && right instanceof Day) return Math.sign(left.ordinal - right.ordinal);
  if (left instanceof Moment && right instanceof Moment) return compareMoments(left, right);
  return toNumber(left).cmp(toNumber(right));
}
