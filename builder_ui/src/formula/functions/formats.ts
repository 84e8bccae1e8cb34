// Excel's number and date formats, as TEXT uses them.
import { parseDay, parseNumber, plain, toMoment, toNumber, toText } from "../coercion";
import { Day, Moment } from "../days";
import { type Decimal, decimal, divide, HALF_UP, HUNDRED, multiply } from "../decimal";
import { withoutRight } from "../text";
import { Fault, type FormulaValue } from "../values";
import { roundTo } from "./maths";

const DATE_PARTS = /yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|AM\/PM|"[^"]*"|./gisu;
const NUMBER_SHAPE = /[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+/;
const THOUSAND = decimal(1000);
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** The value by a format; sections for negative numbers and zero are separated by `;`. */
export function formatValue(given: FormulaValue, pattern: string): string {
  const value = typeof given === "string" ? (read(given) ?? given) : given;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return toText(value);
  const bare = pattern.replaceAll(/"[^"]*"/g, "");
  const isNumeric = /[0#]/.test(bare);
  if (!isNumeric && /[ymdhs]/i.test(bare)) return dateText(value, pattern);
  if (!isNumeric && (value instanceof Day || value instanceof Moment)) return toText(value);
  return numberText(toNumber(value), pattern);
}

function read(shown: string): Day | Decimal | undefined {
  try {
    return parseDay(shown) ?? parseNumber(shown);
  } catch (caught) {
    if (caught instanceof Fault) return undefined;
    throw caught;
  }
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

type Part = (at: Moment, hour: number) => string;

const SHOWN: Readonly<Record<string, Part>> = {
  yyyy: (at) => padded(at.day.year, 4),
  yy: (at) => padded(at.day.year % 100, 2),
  mmmm: (at) => MONTHS[at.day.month - 1] ?? "",
  mmm: (at) => (MONTHS[at.day.month - 1] ?? "").slice(0, 3),
  dddd: (at) => DAYS[at.day.weekday] ?? "",
  ddd: (at) => (DAYS[at.day.weekday] ?? "").slice(0, 3),
  dd: (at) => padded(at.day.ofMonth, 2),
  d: (at) => String(at.day.ofMonth),
  hh: (_at, hour) => padded(hour, 2),
  h: (_at, hour) => String(hour),
  ss: (at) => padded(at.second, 2),
  s: (at) => String(at.second),
  "am/pm": (at) => (at.hour < 12 ? "AM" : "PM"),
};

function dateText(value: FormulaValue, pattern: string): string {
  const at = toMoment(value);
  const parts = pattern.match(DATE_PARTS) ?? [];
  const lowered = parts.map((part) => part.toLowerCase());
  const hour = lowered.includes("am/pm") ? at.hour % 12 || 12 : at.hour;
  return lowered
    .map((part, index) => {
      if (part === "mm" || part === "m") {
        const amount = isMinute(lowered, index) ? at.minute : at.day.month;
        return padded(amount, part.length);
      }
      return SHOWN[part]?.(at, hour) ?? (parts[index] ?? "").replaceAll(/^"+|"+$/g, "");
    })
    .join("");
}

function isOfTime(part: string): boolean {
  return "ymdhs".includes(part.charAt(0));
}

function isMinute(parts: readonly string[], index: number): boolean {
  const before = parts.slice(0, index).findLast(isOfTime) ?? "";
  const after = parts.slice(index + 1).find(isOfTime) ?? "";
  return before.startsWith("h") || after.startsWith("s");
}

function sectionFor(value: Decimal, pattern: string): [string, string] {
  const [first = "", negative, zero] = pattern.split(";");
  const isNegative = value.lessThan(0);
  if (isNegative && negative !== undefined) return [negative, ""];
  if (value.isZero() && zero !== undefined) return [zero, ""];
  return [first, isNegative ? "-" : ""];
}

function numberText(value: Decimal, pattern: string): string {
  const [section, sign] = sectionFor(value, pattern);
  if (section === "General" || section === "@" || section === "") return plain(value);
  const shape = NUMBER_SHAPE.exec(section);
  if (shape === null) return sign + section.replaceAll('"', "");
  let scaled = value.abs();
  for (const character of section) if (character === "%") scaled = multiply(scaled, HUNDRED);
  const body = digits(scaled, shape[0]);
  const shownSign = /[1-9]/.test(body) ? sign : "";
  const tail = section.slice(shape.index + shape[0].length);
  return `${shownSign}${section.slice(0, shape.index)}${body}${tail}`.replaceAll(/["\\]/g, "");
}

function digits(value: Decimal, shape: string): string {
  const point = shape.indexOf(".");
  const wholeShape = point < 0 ? shape : shape.slice(0, point);
  const fractionShape = point < 0 ? "" : shape.slice(point + 1);
  const grouped = withoutRight(wholeShape, ",");
  let scaled = value;
  for (let comma = grouped.length; comma < wholeShape.length; comma += 1) scaled = divide(scaled, THOUSAND);
  const rounded = roundTo(scaled, decimal(fractionShape.length), HALF_UP);
  const [whole = "", fraction = ""] = rounded.toFixed(fractionShape.length, HALF_UP).split(".");
  const required = withoutRight(fractionShape, "#?").length;
  const shownFraction = fraction.slice(0, required) + withoutRight(fraction.slice(required), "0");
  const shownWhole = wholeText(whole, grouped);
  return shownFraction === "" ? shownWhole : `${shownWhole}.${shownFraction}`;
}

function wholeText(whole: string, shape: string): string {
  const least = shape.split("").filter((character) => character === "0").length;
  const shown = whole.replace(/^0+/, "").padStart(least, "0");
  if (!shape.includes(",") || shown.length <= 3) return shown;
  return withThousands(BigInt(shown).toString());
}

function withThousands(whole: string): string {
  return whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A number with exactly `places` decimals; `isGrouped`: with thousands separators. */
export function fixedText(value: Decimal, places: number, isGrouped: boolean): string {
  const [whole = "", fraction] = value.abs().toFixed(places, HALF_UP).split(".");
  const shown = isGrouped ? withThousands(whole) : whole;
  const sign = value.isNegative() && !value.isZero() ? "-" : "";
  return sign + (fraction === undefined ? shown : `${shown}.${fraction}`);
}
