// Days: made, taken apart and moved, by the calendar and by working days.
import { inCalendar, toDay, toText } from "../coercion";
import { Day, daysInMonth } from "../days";
import { type Decimal, decimal, toWhole } from "../decimal";
import type { Env } from "../environment";
import { Fault, type FormulaList } from "../values";
import { asking, type FunctionTable, plain } from "./registry";

const SHORT_YEARS = 1900;
const MAX_WALK = 100_000;
const SATURDAY = 5;
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

function endOfMonth(value: Day, months: Decimal): Day {
  const first = firstOf(monthsOf(value.year, value.month) + toWhole(months));
  return inCalendar(first.plus(daysInMonth(first.year, first.month) - 1));
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
  YEAR: plain((value: Day) => decimal(value.year)),
  MONTH: plain((value: Day) => decimal(value.month)),
  DAY: plain((value: Day) => decimal(value.ofMonth)),
  EDATE: plain((value: Day, months: Decimal) => addMonths(value, toWhole(months))),
  EOMONTH: plain(endOfMonth),
  DATEDELTA: plain((value: Day, count: Decimal) => inCalendar(value.plus(toWhole(count)))),
  NETWORKDAYS: asking(networkDays),
  WORKDAY: asking(workday),
};
