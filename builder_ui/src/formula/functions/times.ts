// Times of day: the wall clock of the workspace's zone; a time without a day is a fraction of a day.
import { toMoment } from "../coercion";
import { type Decimal, decimal, divide, toWhole } from "../decimal";
import type { Env } from "../environment";
import { Fault, type FormulaValue } from "../values";
import { millisecondsAt } from "../zones";
import { asking, type FunctionTable, plain } from "./registry";

const MAX_PART = 32_767;
const SECONDS_A_DAY = 86_400;

/** The fraction of a day to 34 digits; whole parts count, what exceeds a day is dropped, below midnight: #NUM!. */
function time(hours: Decimal, minutes: Decimal, seconds: Decimal): Decimal {
  const parts = [toWhole(hours), toWhole(minutes), toWhole(seconds)];
  const [hour = 0, minute = 0, second = 0] = parts;
  const gone = hour * 3600 + minute * 60 + second;
  if (gone < 0 || parts.some((part) => part > MAX_PART)) throw Fault.NUM;
  return divide(decimal(gone % SECONDS_A_DAY), decimal(SECONDS_A_DAY));
}

/** Whole milliseconds since 1970-01-01T00:00Z; a day begins at midnight of the zone; empty stays empty. */
function timestamp(env: Env, value: FormulaValue): Decimal | null {
  if (value === null) return null;
  const found = millisecondsAt(toMoment(value), env.zone);
  if (found === undefined) throw Fault.NUM;
  return decimal(found);
}

export const TIMES: FunctionTable = {
  NOW: asking((env: Env) => env.now),
  HOUR: plain((value: FormulaValue) => decimal(toMoment(value).hour)),
  MINUTE: plain((value: FormulaValue) => decimal(toMoment(value).minute)),
  SECOND: plain((value: FormulaValue) => decimal(toMoment(value).second)),
  TIME: plain(time),
  TIMESTAMP: asking(timestamp),
};
