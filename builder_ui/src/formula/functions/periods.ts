// Between two days, and where a day stands in its week and year.
import { inCalendar, toDay, toMoment } from "../coercion";
import { Day, daysInMonth, isLeap } from "../days";
import { type Decimal, decimal, divide, ONE, toWhole, ZERO } from "../decimal";
import { Fault, type FormulaValue } from "../values";
import { makeDay, monthsOf } from "./dates";
import { type FunctionTable, plain } from "./registry";

const ISO_WEEKS = 21;
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

/** Kind 1: Sunday is 1, kind 2: Monday is 1, kind 3: Monday is 0, 11–17 as in Excel. */
function weekday(value: Day, kind = ONE): Decimal {
  if (toWhole(kind) === 3) return decimal(value.weekday);
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

/** The week with 1 January is the first; kinds 1, 2 and 11 to 17 say on which day weeks start, 21 is ISO 8601. */
function weekOfYear(value: Day, kind = ONE): Decimal {
  if (toWhole(kind) === ISO_WEEKS) return isoWeek(value);
  const start = WEEK_STARTS.get(toWhole(kind));
  if (start === undefined) throw Fault.NUM;
  const first = inCalendar(Day.of(value.year, 1, 1));
  return decimal(Math.floor((((first.weekday - start + 7) % 7) + value.ordinal - first.ordinal) / 7) + 1);
}

function wholeMonths(start: Day, end: Day): number {
  return monthsOf(end.year, end.month) - monthsOf(start.year, start.month) - (end.ofMonth < start.ofMonth ? 1 : 0);
}

function daysOverYears(start: Day, end: Day): number {
  const isBefore = end.month < start.month || (end.month === start.month && end.ofMonth < start.ofMonth);
  return end.ordinal - makeDay(end.year - (isBefore ? 1 : 0), start.month, start.ofMonth).ordinal;
}

function daysOverMonths(start: Day, end: Day): number {
  if (end.ofMonth >= start.ofMonth) return end.ofMonth - start.ofMonth;
  const before = inCalendar(end.plus(-end.ofMonth));
  return before.ofMonth - start.ofMonth + end.ofMonth;
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

function endsFebruary(value: Day): boolean {
  return value.month === 2 && value.ofMonth === daysInMonth(value.year, 2);
}

/** Days between in a year of twelve months of 30 days, by the European or the American (NASD) rule. */
function daysOf30(start: Day, end: Day, isEuropean: boolean): number {
  const [first, last] = isEuropean
    ? [Math.min(start.ofMonth, 30), Math.min(end.ofMonth, 30)]
    : americanDays(start, end);
  return (end.year - start.year) * 360 + (end.month - start.month) * 30 + last - first;
}

function americanDays(start: Day, end: Day): [number, number] {
  const isLastOfFebruary = endsFebruary(start);
  const first = isLastOfFebruary ? 30 : Math.min(start.ofMonth, 30);
  const last = isLastOfFebruary && endsFebruary(end) ? 30 : end.ofMonth;
  return [first, last > 30 && first === 30 ? 30 : last];
}

/** As `DAYS360`, but a last day that is a 31st stays one after a start at the end of February, as in Excel. */
function americanPeriod(start: Day, end: Day): number {
  return daysOf30(start, end, false) + (endsFebruary(start) && end.ofMonth > 30 ? 1 : 0);
}

/** The days of a year for actual/actual: of the one year they lie in, or the mean of all years they touch. */
function yearLength(start: Day, end: Day): Decimal {
  const isBefore = monthAndDay(end) <= monthAndDay(start);
  if (end.year !== start.year && !(end.year === start.year + 1 && isBefore)) {
    const whole = inCalendar(Day.of(end.year, 12, 31)).ordinal - inCalendar(Day.of(start.year, 1, 1)).ordinal + 1;
    return divide(decimal(whole), decimal(end.year - start.year + 1));
  }
  if (end.year === start.year) return decimal(isLeap(start.year) ? 366 : 365);
  return decimal(holdsLeapDay(start, end) ? 366 : 365);
}

function monthAndDay(value: Day): number {
  return value.month * 100 + value.ofMonth;
}

function holdsLeapDay(start: Day, end: Day): boolean {
  return [start.year, end.year].some((year) => {
    const leapDay = Day.of(year, 2, 29);
    return leapDay !== undefined && leapDay.ordinal >= start.ordinal && leapDay.ordinal <= end.ordinal;
  });
}

/** 0: 30/360 American, 1: actual/actual, 2: actual/360, 3: actual/365, 4: 30/360 European; to 34 digits. */
function yearFraction(start: Day, end: Day, basis = ZERO): Decimal {
  const [first, last] = start.ordinal <= end.ordinal ? [start, end] : [end, start];
  const gone = decimal(last.ordinal - first.ordinal);
  switch (toWhole(basis)) {
    case 0:
      return divide(decimal(americanPeriod(first, last)), decimal(360));
    case 1:
      return divide(gone, yearLength(first, last));
    case 2:
      return divide(gone, decimal(360));
    case 3:
      return divide(gone, decimal(365));
    case 4:
      return divide(decimal(daysOf30(first, last, true)), decimal(360));
    default:
      throw Fault.NUM;
  }
}

export const PERIODS: FunctionTable = {
  WEEKDAY: plain(weekday),
  ISOWEEKNUM: plain(isoWeek),
  WEEKNUM: plain(weekOfYear),
  DAYS: plain((end: Day, start: Day) => decimal(end.ordinal - start.ordinal)),
  DATEDIF: plain(dateDif),
  DAYS360: plain((start: Day, end: Day, isEuropean = false) => decimal(daysOf30(start, end, isEuropean))),
  YEARFRAC: plain(yearFraction),
};
