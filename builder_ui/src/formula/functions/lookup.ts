// Picking out of lists and alternatives: CHOOSE, INDEX, MATCH, MAPX, UNION.
import { compare, toNumber } from "../coercion";
import { Day, Moment } from "../days";
import { type Decimal, decimal, isDecimal, ONE, toWhole } from "../decimal";
import type { Env } from "../environment";
import { stripped } from "../text";
import { Fault, type FormulaList, type FormulaScalar, type FormulaValue, isList } from "../values";
import { average, countFilled, extreme, isNumeric, sum } from "./aggregate";
import { equality, sameValue } from "./criteria";
import { asking, type FunctionTable, plain, type Thunk } from "./registry";

function choose(position: Thunk, ...values: Thunk[]): FormulaValue {
  const chosen = values[toWhole(toNumber(position())) - 1];
  if (chosen === undefined) throw Fault.VALUE;
  return chosen();
}

/** The value at a position from 1; -1 is the last. A place outside, or a column other than 1: #REF!; 0: #VALUE!. */
function index(values: FormulaList, position: Decimal, column = ONE): FormulaValue {
  const place = toWhole(position);
  if (place === 0) throw Fault.VALUE;
  const found = values.at(place > 0 ? place - 1 : place);
  if (found === undefined || toWhole(column) !== 1) throw Fault.REF;
  return found;
}

/** Both are numbers or days, both texts or both truths: others are passed over by a search. */
function isSameSort(item: FormulaScalar, wanted: FormulaScalar): boolean {
  return isNumeric(wanted) ? isNumeric(item) : typeof item === typeof wanted && !isNumeric(item) && item !== null;
}

/** The last place of an ascending (sign 1) or descending (-1) list up to which no value is beyond the wanted one. */
function nearest(wanted: FormulaScalar, values: FormulaList, sign: number): number {
  let found = -1;
  for (const [place, item] of values.entries()) {
    if (!isSameSort(item, wanted)) continue;
    if (compare(item, wanted) * sign > 0) break;
    found = place;
  }
  return found;
}

/**
 * Position from 1; none: #N/A. Exact: the first equal value, in texts `*` and `?` stand for others.
 * Sorted: the last value not above (kind -1: not below) the wanted one before the first that is.
 */
function match(env: Env, wanted: FormulaValue, values: FormulaList, kind = ONE): Decimal {
  if (isList(wanted)) throw Fault.VALUE;
  if (wanted === null) throw Fault.NA;
  const found = kind.isZero() ? firstEqual(env, wanted, values) : nearest(wanted, values, kind.isPositive() ? 1 : -1);
  if (found < 0) throw Fault.NA;
  return decimal(found + 1);
}

function firstEqual(env: Env, wanted: FormulaScalar, values: FormulaList): number {
  const holds = equality(env, wanted);
  return values.findIndex((item) => isSameSort(item, wanted) && holds(item));
}

const OPERATIONS = new Map<string, (found: FormulaList) => FormulaValue>([
  ["first", (found) => found[0] ?? null],
  ["last", (found) => found.at(-1) ?? null],
  ["max", extreme(1)],
  ["min", extreme(-1)],
  ["avg", average],
  ["sum", sum],
  ["count", countFilled],
]);

/** The operation over the results in the rows whose match is the wanted value; an empty value matches nothing. */
function mapX(
  env: Env,
  operation: string,
  wanted: FormulaValue,
  matched: FormulaList,
  results: FormulaList,
): FormulaValue {
  const apply = OPERATIONS.get(stripped(operation).toLowerCase());
  if (apply === undefined || isList(wanted) || matched.length !== results.length) throw Fault.VALUE;
  env.spend(matched.length);
  return apply(Array.from(results).filter((_result, row) => sameValue(matched[row] ?? null, wanted)));
}

function identity(value: FormulaScalar): string {
  if (isDecimal(value)) return `number ${value.toString()}`;
  if (value instanceof Day) return `day ${value.ordinal}`;
  return value instanceof Moment ? `moment ${value.total()}` : `${typeof value} ${value}`;
}

/** The values of all lists in order, each once, without empty ones. */
function union(...lists: FormulaList[]): FormulaList {
  const found = new Map<string, FormulaScalar>();
  for (const value of lists.flat()) {
    const key = identity(value);
    if (value !== null && !found.has(key)) found.set(key, value);
  }
  return [...found.values()];
}

export const LOOKUP: FunctionTable = {
  CHOOSE: plain(choose),
  INDEX: plain(index),
  MATCH: asking(match),
  MAPX: asking(mapX),
  UNION: plain(union),
};
