// Text functions; positions and lengths count Unicode code points.
import { MAX_TEXT, toText } from "../coercion";
import { Day, Moment } from "../days";
import { type Decimal, decimal, isDecimal, ONE, toWhole } from "../decimal";
import type { Env } from "../environment";
import { lengthOf, positionOf, sliceOf } from "../text";
import { Fault, type FormulaList, type FormulaScalar, type FormulaValue, Single } from "../values";
import { asking, type FunctionTable, plain } from "./registry";
import { searchIn } from "./search";

/** The text if it is at most 32,767 characters long, else #VALUE!. */
export function limited(value: string): string {
  if (value.length > MAX_TEXT && lengthOf(value) > MAX_TEXT) throw Fault.VALUE;
  return value;
}

/** The parts with separators between them; what would be too long is not even made. */
export function joined(separator: string, parts: readonly string[]): string {
  const characters = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  if (characters + lengthOf(separator) * (parts.length - 1) > MAX_TEXT) throw Fault.VALUE;
  return parts.join(separator);
}

/** A count or position; below `least` #VALUE!, and more than a text can hold is no more than that. */
function length(value: Decimal, least = 0): number {
  if (value.lessThan(least)) throw Fault.VALUE;
  return Math.min(toWhole(value), MAX_TEXT + 1);
}

function left(value: string, count = ONE): string {
  return sliceOf(value, 0, length(count));
}

function right(value: string, count = ONE): string {
  const kept = length(count);
  return kept === 0 ? "" : sliceOf(value, -kept);
}

function mid(value: string, start: Decimal, count: Decimal): string {
  const first = length(start, 1) - 1;
  return sliceOf(value, first, first + length(count));
}

function trim(value: string): string {
  return value
    .split(" ")
    .filter((part) => part !== "")
    .join(" ");
}

function textsOf(lists: readonly FormulaList[]): string[] {
  return lists.flat().map(toText);
}

function textJoin(separator: string, skipsEmpty: boolean, ...lists: FormulaList[]): string {
  const parts = textsOf(lists);
  return joined(separator, skipsEmpty ? parts.filter((part) => part !== "") : parts);
}

function join(values: FormulaList, separator = ","): string {
  return joined(separator, values.filter((value) => value !== null).map(toText));
}

function split(value: string, separator: string): FormulaList {
  if (separator === "") throw Fault.VALUE;
  return value.split(separator);
}

function find(wanted: string, value: string, start = ONE): Decimal {
  const found = positionOf(value, wanted, length(start, 1) - 1);
  if (found < 0) throw Fault.VALUE;
  return decimal(found + 1);
}

/** Position from 1 in any case, `?` and `*` as wildcards; absent: #VALUE!. */
function search(env: Env, wanted: string, value: string, start = ONE): Decimal {
  return decimal(searchIn(env, wanted, value, length(start, 1) - 1) + 1);
}

function replace(value: string, start: Decimal, count: Decimal, put: string): string {
  const first = length(start, 1) - 1;
  return limited(sliceOf(value, 0, first) + put + sliceOf(value, first + length(count)));
}

/** All occurrences, or the one numbered `which` from 1. */
function substitute(value: string, old: string, put: string, which?: Decimal): string {
  if (old === "") return value;
  const parts = value.split(old);
  if (which === undefined) return joined(put, parts);
  const wanted = length(which, 1);
  if (wanted >= parts.length) return value;
  return limited(parts.slice(0, wanted).join(old) + put + parts.slice(wanted).join(old));
}

function repeat(value: string, count: Decimal): string {
  const times = length(count);
  if (lengthOf(value) * times > MAX_TEXT) throw Fault.VALUE;
  return value.repeat(times);
}

/** A list: whether one of its values is the wanted one. A single text: whether the wanted text is part of it. */
function contains(values: FormulaList, wanted: FormulaValue): boolean {
  if (values instanceof Single) return toText(values[0] ?? null).includes(toText(wanted));
  return values.some((value) => isSame(value, wanted));
}

function isSame(value: FormulaScalar, wanted: FormulaValue): boolean {
  if (isDecimal(value)) return isDecimal(wanted) && value.equals(wanted);
  if (value instanceof Day) return wanted instanceof Day && value.ordinal === wanted.ordinal;
  if (value instanceof Moment) return wanted instanceof Moment && value.total() === wanted.total();
  return value === wanted;
}

export const TEXT: FunctionTable = {
  LEN: plain((value: string) => decimal(lengthOf(value))),
  LEFT: plain(left),
  RIGHT: plain(right),
  MID: plain(mid),
  LOWER: plain((value: string) => value.toLowerCase()),
  UPPER: plain((value: string) => value.toUpperCase()),
  TRIM: plain(trim),
  CONCATENATE: plain((...values: string[]) => joined("", values)),
  CONCAT: plain((...lists: FormulaList[]) => joined("", textsOf(lists))),
  TEXTJOIN: plain(textJoin),
  JOIN: plain(join),
  SPLIT: plain(split),
  EXACT: plain((first: string, second: string) => first === second),
  FIND: plain(find),
  SEARCH: asking(search),
  REPLACE: plain(replace),
  SUBSTITUTE: plain(substitute),
  REPT: plain(repeat),
  CONTAINS: plain(contains),
};
