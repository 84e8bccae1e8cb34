// Days: made, taken apart and moved, by the calendar and by working days.
import { countBelow, type WorkCalendar } from "../calendars";
import { inCalendar, parseDay, toDay, toNumber, toText, trimmed } from "../coercion";
import { Day, daysInMonth } from "../days";
import { type Decimal, decimal, toWhole } from "../decimal";
import type { Env } from "../environment";
import { Fault, type FormulaList } from "../values";
import { asking, type FunctionTable, plain } from "./registry";

const SHORT_YEARS = 1900;

export function monthsOf(year: number, month: number): number {
  return year * 12 + month - 1;
}

function firstOf(months: number): Day {
  const year = Math.floor(months / 12);
  return inCalendar(Day.of(year, months - year * 12 + 1, 1));
}

/** A day; months and days may run over. Outside of the calendar: #NUM!. */
export function makeDay(year: number, month: number, ofMonth: number): Day {
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
  return makeDay(whole < SHORT_YEARS ? whole + SHORT_YEARS : whole, toWhole(month), toWhole(ofMonth));
}

/** The day that a text shows, with or without a time; any other text, numbers too: #VALUE!. */
function dateValue(value: string): Day {
  const [beforeTime = ""] = trimmed(value).split(/[ T]/);
  const found = parseDay(value) ?? parseDay(beforeTime);
  if (found === undefined) throw Fault.VALUE;
  toNumber(value);
  return found;
}

function endOfMonth(value: Day, months: Decimal): Day {
  const first = firstOf(monthsOf(value.year, value.month) + toWhole(months));
  return inCalendar(first.plus(daysInMonth(first.year, first.month) - 1));
}

/** The calendar meant and days off besides that it works on; a single text that is a key names another calendar. */
function calendarOf({ calendars }: Env, given: FormulaList = []): [WorkCalendar, readonly number[]] {
  const only = given.length === 1 ? given[0] : undefined;
  const named = typeof only === "string" ? calendars.find(only) : undefined;
  if (named !== undefined) return [named, []];
  const days = given.filter((value) => value !== null && toText(value) !== "").map(toDay);
  const worked = days.filter((day) => calendars.default.isWorkday(day)).map((day) => day.ordinal);
  return [calendars.default, [...new Set(worked)].sort((first, second) => first - second)];
}

function among(daysOff: readonly number[], first: number, last: number): number {
  return countBelow(daysOff, last + 1) - countBelow(daysOff, first);
}

/** Working days from start to end, both included, by the working calendar; negative if reversed. */
function networkDays(env: Env, start: Day, end: Day, holidays?: FormulaList): Decimal {
  const isReversed = start.ordinal > end.ordinal;
  const [first, last] = isReversed ? [end, start] : [start, end];
  const [calendar, daysOff] = calendarOf(env, holidays);
  const worked = calendar.count(first, last) - among(daysOff, first.ordinal, last.ordinal);
  return decimal(isReversed ? -worked : worked);
}

/** The working day `count` working days after (before if negative). */
function workday(env: Env, start: Day, count: Decimal, holidays?: FormulaList): Day {
  const [calendar, daysOff] = calendarOf(env, holidays);
  let left = toWhole(count);
  let current = start;
  while (left !== 0) {
    env.spend(1);
    const reached = inCalendar(calendar.shift(current, left));
    const [first, last] = left > 0 ? [current.ordinal + 1, reached.ordinal] : [reached.ordinal, current.ordinal - 1];
    const missed = among(daysOff, first, last);
    left = left > 0 ? missed : -missed;
    current = reached;
  }
  return current;
}

export const DATES: FunctionTable = {
  DATE: plain(date),
  DATEVALUE: plain(dateValue),
  TODAY: asking((env: Env) => env.now.day),
  YEAR: plain((value: Day) => decimal(value.year)),
  MONTH: plain((value: Day) => decimal(value.month)),
  DAY: plain((value: Day) => decimal(value.ofMonth)),
  EDATE: plain((value: Day, months: Decimal) => addMonths(value, toWhole(months))),
  EOMONTH: plain(endOfMonth),
  DATEDELTA: plain((value: Day, count: Decimal) => inCalendar(value.plus(toWhole(count)))),
  NETWORKDAYS: asking(networkDays),
  WORKDAY: asking(workday),
};
