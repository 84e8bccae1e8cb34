// Excel's date and time formats, as TEXT uses them.
import { toMoment, toNumber } from "../coercion";
import type { Moment } from "../days";
import { type Decimal, decimal, divide, FLOOR, multiply } from "../decimal";
import type { FormulaValue } from "../values";

const PARTS = /"[^"]*"|\\.|\[(?:h+|m+|s+)\]|\[[^\]]*\]|AM\/PM|A\/P|上午\/下午|y+|m+|d+|aaaa?|h+|s+(?:\.0+)?|./gisu;
const LITERALS = /"[^"]*"|\\.|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gisu;
const DATE_LETTERS = /[ymdhs]|aaa/iu;
const FRACTION_OF_SECOND = /s\.0+/giu;
const ELAPSED = /^\[(?:h+|m+|s+)\]$/;
const SECONDS_A_DAY = decimal(86_400);
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
const DAYS_IN_CHINESE = "一二三四五六日";
const HALVES = new Map([
  ["am/pm", ["AM", "PM"]],
  ["a/p", ["A", "P"]],
  ["上午/下午", ["上午", "下午"]],
]);
const SECONDS_OF = new Map([
  ["h", 3600],
  ["m", 60],
  ["s", 1],
]);

/** Whether a format is one of dates: it has letters of dates, and digits only as fractions of seconds. */
export function isDateFormat(pattern: string): boolean {
  const bare = pattern.replaceAll(LITERALS, "");
  return DATE_LETTERS.test(bare) && !/[0#]/.test(bare.replaceAll(FRACTION_OF_SECOND, ""));
}

/** The day or time by a format; a number is a serial number. */
export function dateText(value: FormulaValue, pattern: string): string {
  const [at, serial] = [toMoment(value), toNumber(value)];
  const parts = pattern.match(PARTS) ?? [];
  const lowered = parts.map((part) => part.toLowerCase());
  const half = lowered.map((part) => HALVES.get(part)).find((found) => found !== undefined);
  return lowered
    .map((part, index) => {
      if (ELAPSED.test(part)) return elapsed(serial, part);
      if (part.startsWith("m") && isMinute(lowered, index)) return padded(at.minute, Math.min(part.length, 2));
      return shown(at, part, { raw: parts[index] ?? "", half });
    })
    .join("");
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

/** All hours, minutes or seconds since day 0. */
function elapsed(serial: Decimal, part: string): string {
  const seconds = multiply(serial, SECONDS_A_DAY).toDecimalPlaces(3);
  const whole = divide(seconds, decimal(SECONDS_OF.get(part.charAt(1)) ?? 1)).toDecimalPlaces(0, FLOOR);
  return whole.toFixed().padStart(part.length - 2, "0");
}

/** A part as it was written; `half`: what stands for the halves of the day, if anything does. */
interface Written {
  raw: string;
  half: readonly string[] | undefined;
}

type Shown = (at: Moment, part: string, written: Written) => string;

const SHOWN = new Map<string, Shown>([
  ["y", (at, part) => (part.length <= 2 ? padded(at.day.year % 100, 2) : padded(at.day.year, 4))],
  ["m", (at, part) => nameOrNumber(at.day.month, MONTHS[at.day.month - 1] ?? "", part.length)],
  ["d", (at, part) => nameOrNumber(at.day.ofMonth, DAYS[at.day.weekday] ?? "", part.length)],
  ["h", (at, part, { half }) => padded(half !== undefined ? at.hour % 12 || 12 : at.hour, Math.min(part.length, 2))],
  ["s", (at, part) => secondText(at, part)],
  ["[", () => ""],
]);

function shown(at: Moment, part: string, written: Written): string {
  if (HALVES.has(part)) return written.half?.[at.hour >= 12 ? 1 : 0] ?? "";
  const known = SHOWN.get(part.charAt(0));
  if (known !== undefined) return known(at, part, written);
  if (part === "aaa" || part === "aaaa") {
    return (part === "aaaa" ? "星期" : "") + DAYS_IN_CHINESE.charAt(at.day.weekday);
  }
  return unquoted(written.raw);
}

function unquoted(raw: string): string {
  return raw.startsWith("\\") && raw.length > 1 ? raw.slice(1) : raw.replaceAll(/^"+|"+$/g, "");
}

/** 1 or 2 letters: the number; 3: the short name; 5 for months: its initial; else the whole name. */
function nameOrNumber(amount: number, name: string, length: number): string {
  if (length <= 2) return padded(amount, length);
  if (length === 3) return name.slice(0, 3);
  return length === 5 ? name.slice(0, 1) : name;
}

function secondText(at: Moment, part: string): string {
  const point = part.indexOf(".");
  const whole = point < 0 ? part : part.slice(0, point);
  const seconds = padded(at.second, Math.min(whole.length, 2));
  if (point < 0) return seconds;
  return `${seconds}.${padded(at.microseconds % 1e6, 6).slice(0, part.length - point - 1)}`;
}

function letterOf(part: string): string {
  return part.replaceAll(/^\[+|\[+$/g, "").charAt(0);
}

function isOfTime(part: string): boolean {
  const letter = letterOf(part);
  return letter !== "" && "ymdhs".includes(letter);
}

function isMinute(parts: readonly string[], index: number): boolean {
  const before = parts.slice(0, index).findLast(isOfTime) ?? "";
  const after = parts.slice(index + 1).find(isOfTime) ?? "";
  return letterOf(before) === "h" || letterOf(after) === "s";
}
