// Aggregates over lists: empty cells are skipped, texts in a list too, single texts are converted.
import { toNumber } from "../coercion";
import { Day, Moment } from "../days";
import { add, type Decimal, decimal, divide, isDecimal, multiply, ONE, TWO, ZERO } from "../decimal";
import { Fault, type FormulaList, type FormulaScalar, type FormulaValue, isLiteral, Omitted } from "../values";
import { type FunctionTable, plain, tolerant } from "./registry";

type Numeric = Decimal | Day | Moment;

export function isNumeric(value: FormulaScalar): value is Numeric {
  return isDecimal(value) || value instanceof Day || value instanceof Moment;
}

/** All numbers of the arguments in order; an argument that was left out is 0. */
export function numbers(lists: readonly FormulaList[]): Decimal[] {
  return lists.flatMap((values) => {
    if (values instanceof Omitted) return [ZERO];
    const isCounted = isLiteral(values) ? isFilled : isNumeric;
    return Array.from(values).filter(isCounted).map(toNumber);
  });
}

function isFilled(value: FormulaScalar): boolean {
  return value !== null;
}

/** Exact sum within 34 digits. */
export function total(values: readonly Decimal[]): Decimal {
  return values.reduce(add, ZERO);
}

export function sum(...lists: FormulaList[]): Decimal {
  return total(numbers(lists));
}

export function average(...lists: FormulaList[]): Decimal {
  const found = numbers(lists);
  return divide(total(found), decimal(found.length));
}

/** How many are not empty; an argument that was left out counts. */
export function countFilled(...lists: FormulaList[]): Decimal {
  return decimal(lists.flatMap((values) => (values instanceof Omitted ? [ZERO] : values)).filter(isFilled).length);
}

/** Largest (`order` 1) or smallest (-1) number or day; of nothing 0. */
export function extreme(order: number): (...lists: FormulaList[]) => FormulaValue {
  return (...lists) => {
    const present = lists.flat().filter((value) => value !== null);
    const days = present.filter((value) => value instanceof Day || value instanceof Moment);
    const candidates = days.length > 0 && days.length === present.length ? days : numbers(lists);
    return candidates.length === 0 ? ZERO : extremeOf(candidates, order);
  };
}

function extremeOf(candidates: readonly Numeric[], order: number): Numeric {
  return candidates.reduce((best, value) => (toNumber(value).cmp(toNumber(best)) === order ? value : best));
}

function count(...lists: FormulaList[]): Decimal {
  let found = 0;
  for (const values of lists) {
    if (values instanceof Omitted) found += 1;
    else if (isLiteral(values)) found += reads(values[0] ?? null) ? 1 : 0;
    else found += values.filter(isNumeric).length;
  }
  return decimal(found);
}

function reads(value: FormulaScalar): boolean {
  if (value === null) return false;
  try {
    toNumber(value);
    return true;
  } catch (caught) {
    if (caught instanceof Fault) return false;
    throw caught;
  }
}

function countWhere(test: (value: FormulaScalar) => boolean): (...lists: FormulaList[]) => Decimal {
  return (...lists) => decimal(lists.flat().filter(test).length);
}

function product(...lists: FormulaList[]): Decimal {
  const found = numbers(lists);
  return found.length === 0 ? ZERO : found.reduce(multiply, ONE);
}

function sumSquares(...lists: FormulaList[]): Decimal {
  return total(numbers(lists).map((value) => multiply(value, value)));
}

export function ascending(values: readonly Decimal[]): Decimal[] {
  return [...values].sort((left, right) => left.cmp(right));
}

/** Middle value, or the mean of both middle values; of nothing #NUM!. */
function median(...lists: FormulaList[]): Decimal {
  const found = ascending(numbers(lists));
  const upper = found[Math.floor(found.length / 2)];
  if (upper === undefined) throw Fault.NUM;
  const lower = found.length % 2 === 1 ? undefined : found[found.length / 2 - 1];
  return lower === undefined ? upper : divide(add(lower, upper), TWO);
}

/** Sum of the products of rows; texts count as 0, lists of other lengths are #VALUE!. */
function sumProduct(...lists: FormulaList[]): Decimal {
  const [first = []] = lists;
  if (lists.some((values) => values.length !== first.length)) throw Fault.VALUE;
  let found = ZERO;
  for (const row of first.keys()) {
    const factors = lists.map((values) => values[row] ?? null);
    found = add(found, factors.map((value) => (isNumeric(value) ? toNumber(value) : ZERO)).reduce(multiply, ONE));
  }
  return found;
}

export const AGGREGATE: FunctionTable = {
  SUM: plain(sum),
  AVERAGE: plain(average),
  MAX: plain(extreme(1)),
  MIN: plain(extreme(-1)),
  COUNT: tolerant(count),
  COUNTA: tolerant(countFilled),
  COUNTBLANK: plain(countWhere((value) => value === null || value === "")),
  PRODUCT: plain(product),
  SUMSQ: plain(sumSquares),
  MEDIAN: plain(median),
  SUMPRODUCT: plain(sumProduct),
};
