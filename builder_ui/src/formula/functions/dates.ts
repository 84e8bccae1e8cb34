// Days and times; a time is the wall clock of the workspace's zone.
import { inCalendar, toDay, toMoment, toText } from "../coercion";
import { Day, daysInMonth } from "../days";
import { type Decimal, decimal, ONE, toWhole } from "../decimal";
import type { Env } from "../environment";
import { Fault, type FormulaList, type FormulaValue } from "../values";
import { asking, type FunctionTable, plain } from "./registry";

const SHORT_YEARS = 1900;
const MAX_WALK = 100_000;
const SATURDAY = 5;
const WEEK_STARTS = new Map([
  [1, 6],
  [2, 0],
  [11, 0],
  [12, 1],
  [13, 2],
  [14, 3],
  [15, 4],
  [16, 5],
  [17, 6],
]);

function monthsOf(year: number, month: number): number {
  return year * 12 + month - 1;
}

function firstOf(months: number): Day {
  const year = Math.floor(months / 12);
  return inCalendar(Day.of(year, months - year * 12 + 1, 1));
}

function made(year: number, month: number, ofMonth: number): Day {
  return inCalendar(firstOf(monthsOf(year, month)).plus(ofMonth - 1));
}

/** The same day `months` later, clamped to the last day of the month. */
export function addMonths(value: Day, months: number): Day {
  const first = firstOf(monthsOf(value.year, value.month) + months);
  return inCalendar(Day.of(first.year, first.month, Math.min(value.ofMonth, daysInMonth(first.year, first.month))));
}

/** Months and days may run over; years below 1900 count from 1900. */
function date(year: Decimal, month: Decimal, ofMonth: Decimal): Day {
  const whole = toWhole(year);
  if (whole < 0) throw Fault.NUM;
  return made(whole < SHORT_YEARS ? whole + SHORT_YEARS : whole, toWhole(month), toWhole(ofMonth));
}

/** Kind 1: Sunday is 1, kind 2: Monday is 1, kind 3: Monday is 0, 11–17 as in Excel. */
function weekday(value: Day, kind = ONE): Decimal {
  if (kind.equals(3)) return decimal(value.weekday);
  const start = WEEK_STARTS.get(toWhole(kind));
  if (start === undefined) throw Fault.NUM;
  return decimal(((value.weekday - start + 7) % 7) + 1);
}

/** ISO 8601: the week of the year that the Thursday of the day's week lies in. */
function isoWeek(value: Day): Decimal {
  const thursday = value.ordinal - value.weekday + 3;
  const within = Day.at(thursday);
  if (within === undefined) return decimal(thursday > value.ordinal ? 52 : 53);
  const newYear = inCalendar(Day.of(within.year, 1, 1));
  return decimal(Math.floor((thursday - newYear.ordinal) / 7) + 1);
}

function endOfMonth(value: Day, months: Decimal): Day {
  const first = firstOf(monthsOf(value.year, value.month) + toWhole(months));
  return inCalendar(first.plus(daysInMonth(first.year, first.month) - 1));
}

function wholeMonths(start: Day, end: Day): number {
  return monthsOf(end.year, end.month) - monthsOf(start.year, start.month) - (end.ofMonth < start.ofMonth ? 1 : 0);
}

function daysOverYears(start: Day, end: Day): number {
  const isBefore = end.month < start.month || (end.month === start.month && end.ofMonth < start.ofMonth);
  return end.ordinal - made(end.year - (isBefore ? 1 : 0), start.month, start.ofMonth).ordinal;
}

function daysOverMonths(start: Day, end: Day): number {
  if (end.ofMonth >= start.ofMonth) return end.ofMonth - start.ofMonth;
  const before = inCalendar(end.plus(-end.ofMonth));
  return Math.max(0, before.ofMonth - start.ofMonth) + end.ofMonth;
}

const DIFFERENCES = new Map<string, (start: Day, end: Day) => number>([
  ["Y", (start, end) => Math.floor(wholeMonths(start, end) / 12)],
  ["M", wholeMonths],
  ["D", (start, end) => end.ordinal - start.ordinal],
  ["YM", (start, end) => wholeMonths(start, end) % 12],
  ["YD", daysOverYears],
  ["MD", daysOverMonths],
]);
const MICROSECONDS = new Map([
  ["h", 3_600_000_000n],
  ["m", 60_000_000n],
  ["s", 1_000_000n],
]);

/** Excel's units, and those of Chinese products: lower-case y, d, h, m, s; M is months, m is minutes. */
function dateDif(start: FormulaValue, end: FormulaValue, unit: string): Decimal {
  const length = MICROSECONDS.get(unit);
  if (length !== undefined) return decimal(floorDivided(toMoment(end).total() - toMoment(start).total(), length));
  const [first, last] = [toDay(start), toDay(end)];
  if (first.ordinal > last.ordinal) throw Fault.NUM;
  const difference = DIFFERENCES.get(unit.toUpperCase());
  if (difference === undefined) throw Fault.NUM;
  return decimal(difference(first, last));
}

function floorDivided(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}

function isWorked(env: Env, value: Day, holidays: ReadonlySet<number>): boolean {
  if (holidays.has(value.ordinal)) return false;
  return env.calendar === undefined ? value.weekday < SATURDAY : env.calendar.isWorkday(value);
}

function holidaysOf(values: FormulaList = []): ReadonlySet<number> {
  const given = values.filter((value) => value !== null && toText(value) !== "");
  return new Set(given.map((value) => toDay(value).ordinal));
}

/** Working days from start to end, both included, by the working calendar; negative if reversed. */
function networkDays(env: Env, start: Day, end: Day, holidays?: FormulaList): Decimal {
  const isReversed = start.ordinal > end.ordinal;
  const [first, last] = isReversed ? [end, start] : [start, end];
  env.spend(last.ordinal - first.ordinal + 1);
  const free = holidaysOf(holidays);
  let worked = 0;
  for (let ordinal = first.ordinal; ordinal <= last.ordinal; ordinal += 1) {
    if (isWorked(env, inCalendar(Day.at(ordinal)), free)) worked += 1;
  }
  return decimal(isReversed ? -worked : worked);
}

/** The working day `count` working days after (before if negative). */
function workday(env: Env, start: Day, count: Decimal, holidays?: FormulaList): Day {
  let left = Math.abs(toWhole(count));
  const step = count.greaterThan(0) ? 1 : -1;
  if (left > MAX_WALK) throw Fault.NUM;
  const free = holidaysOf(holidays);
  let current = start;
  while (left > 0) {
    env.spend(1);
    current = inCalendar(current.plus(step));
    if (isWorked(env, current, free)) left -= 1;
  }
  return current;
}

export const DATES: FunctionTable = {
  DATE: plain(date),
  DATEVALUE: plain((value: string) => toDay(value)),
  TODAY: asking((env: Env) => env.now.day),
  NOW: asking((env: Env) => env.now),
  YEAR: plain((value: Day) => decimal(value.year)),
  MONTH: plain((value: Day) => decimal(value.month)),
  DAY: plain((value: Day) => decimal(value.ofMonth)),
  HOUR: plain((value: FormulaValue) => decimal(toMoment(value).hour)),
  MINUTE: plain((value: FormulaValue) => decimal(toMoment(value).minute)),
  SECOND: plain((value: FormulaValue) => decimal(toMoment(value).second)),
  WEEKDAY: plain(weekday),
  ISOWEEKNUM: plain(isoWeek),
  EDATE: plain((value: Day, months: Decimal) => addMonths(value, toWhole(months))),
  EOMONTH: plain(endOfMonth),
  DAYS: plain((end: Day, start: Day) => decimal(end.ordinal - start.ordinal)),
  DATEDELTA: plain((value: Day, count: Decimal) => inCalendar(value.plus(toWhole(count)))),
  DATEDIF: plain(dateDif),
  NETWORKDAYS: asking(networkDays),
  WORKDAY: asking(workday),
};
