// Order and spread of lists: largest and smallest, rank, variance, special means.
//
// Variances, deviations and special means are computed step by step with 34 digits; the result is rounded to 15.
import { toNumber } from "../coercion";
import { Day, Moment } from "../days";
import { type Decimal, decimal, divide, multiply, ONE, subtract, to15Digits, toWhole, ZERO } from "../decimal";
import type { Env } from "../environment";
import { Fault, type FormulaList, type FormulaScalar } from "../values";
import { ascending, numbers, total } from "./aggregate";
import { exponential, logarithm, squareRoot } from "./maths";
import { asking, type FunctionTable, plain } from "./registry";

const LOGARITHM_STEPS = 20; // what a logarithm costs, in steps of the budget

/** Numbers and days of a list, the smallest first; days stay days if there is nothing else. */
function ordered(values: FormulaList): FormulaScalar[] {
  const days = Array.from(values).filter((value) => value instanceof Day || value instanceof Moment);
  const found = numbers([values]);
  if (days.length === 0 || days.length !== found.length) return ascending(found);
  return days.sort((left, right) => toNumber(left).cmp(toNumber(right)));
}

/** The value at a position that counts from 1, of which the whole part counts; none such: #NUM!. */
function atPlace(values: readonly FormulaScalar[], position: Decimal): FormulaScalar {
  const found = values[toWhole(position) - 1];
  if (found === undefined) throw Fault.NUM;
  return found;
}

/** One more than there are larger (ascending: smaller) numbers; a number that is not in the list is #N/A. */
function rank(value: Decimal, values: FormulaList, order = ZERO): Decimal {
  const found = numbers([values]);
  if (!found.some((other) => other.equals(value))) throw Fault.NA;
  const isBefore = (other: Decimal) => (order.isZero() ? other.greaterThan(value) : other.lessThan(value));
  return decimal(found.filter(isBefore).length + 1);
}

/** The sum of the squared distances from the mean. */
function squares(found: readonly Decimal[]): Decimal {
  const mean = divide(total(found), decimal(found.length));
  return total(
    found.map((value) => {
      const distance = subtract(value, mean);
      return multiply(distance, distance);
    }),
  );
}

/** Squared distances over (how many - `less`), 34 digits; too few values: #DIV/0!. */
function variance(lists: readonly FormulaList[], less: number): Decimal {
  const found = numbers(lists);
  if (found.length <= less) throw Fault.DIV0;
  return divide(squares(found), decimal(found.length - less));
}

function positive(lists: readonly FormulaList[]): Decimal[] {
  const found = numbers(lists);
  if (found.length === 0 || found.some((value) => value.lessThanOrEqualTo(0))) throw Fault.NUM;
  return found;
}

function geometricMean(env: Env, ...lists: FormulaList[]): Decimal {
  const found = positive(lists);
  env.spend(found.length * LOGARITHM_STEPS);
  return to15Digits(exponential(divide(total(found.map(logarithm)), decimal(found.length))));
}

function harmonicMean(...lists: FormulaList[]): Decimal {
  const found = positive(lists);
  return to15Digits(divide(decimal(found.length), total(found.map((value) => divide(ONE, value)))));
}

export const STATISTICS: FunctionTable = {
  LARGE: plain((values: FormulaList, position: Decimal) => atPlace(ordered(values).toReversed(), position)),
  SMALL: plain((values: FormulaList, position: Decimal) => atPlace(ordered(values), position)),
  RANK: plain(rank),
  VAR: plain((...lists: FormulaList[]) => to15Digits(variance(lists, 1))),
  VARP: plain((...lists: FormulaList[]) => to15Digits(variance(lists, 0))),
  STDEV: plain((...lists: FormulaList[]) => to15Digits(squareRoot(variance(lists, 1)))),
  STDEVP: plain((...lists: FormulaList[]) => to15Digits(squareRoot(variance(lists, 0)))),
  GEOMEAN: asking(geometricMean),
  HARMEAN: plain(harmonicMean),
};
