// Logic and information functions; IF, IFS, SWITCH and IFERROR evaluate only what they need.
import { compare, toBoolean, toNumber } from "../coercion";
import { Day, Moment } from "../days";
import { type Decimal, isDecimal, TWO } from "../decimal";
import { Answer, Fault, type FormulaList, type FormulaValue, isList, isLiteral } from "../values";
import { type FunctionTable, plain, type Thunk, valueOrFault } from "./registry";

function choose(condition: Thunk, yes?: Thunk, no?: Thunk): FormulaValue {
  const isMet = toBoolean(condition());
  const chosen = isMet ? yes : no;
  return chosen === undefined ? isMet : chosen();
}

function ifs(...pairs: Thunk[]): FormulaValue {
  for (let position = 0; position + 1 < pairs.length; position += 2) {
    const [condition, value] = pairs.slice(position, position + 2);
    if (condition !== undefined && value !== undefined && toBoolean(condition())) return value();
  }
  throw Fault.NA;
}

/** Excel's SWITCH; text compares case-sensitively. */
function choice(subject: Thunk, ...rest: Thunk[]): FormulaValue {
  const value = subject();
  for (let position = 0; position + 1 < rest.length; position += 2) {
    const [wanted, result] = rest.slice(position, position + 2);
    if (wanted !== undefined && result !== undefined && compare(value, wanted()) === 0) return result();
  }
  const otherwise = rest.length % 2 === 1 ? rest.at(-1) : undefined;
  if (otherwise === undefined) throw Fault.NA;
  return otherwise();
}

function ifError(value: Thunk, instead: Thunk): FormulaValue {
  const found = valueOrFault(value);
  return found instanceof Fault ? instead() : found;
}

function ifNa(value: Thunk, instead: Thunk): FormulaValue {
  const found = valueOrFault(value);
  if (!(found instanceof Fault)) return found;
  if (found !== Fault.NA) throw found;
  return instead();
}

function truths(lists: readonly FormulaList[]): boolean[] {
  const found: boolean[] = [];
  for (const values of lists) {
    found.push(...truthsOf(values));
  }
  if (found.length === 0) throw Fault.VALUE;
  return found;
}

/** What is empty does not count, and neither do texts, as in Excel; but a yes/no field that is empty says no. */
function truthsOf(values: FormulaList): boolean[] {
  const isAnswer = values instanceof Answer;
  const counted = isLiteral(values)
    ? Array.from(values)
    : Array.from(values).filter((value) => typeof value !== "string" && (isAnswer || value !== null));
  return counted.map(toBoolean);
}

function fails(test: (found: Fault) => boolean): (value: Thunk) => boolean {
  return (value) => {
    const found = valueOrFault(value);
    return found instanceof Fault && test(found);
  };
}

function succeeds(test: (found: FormulaValue) => boolean): (value: Thunk) => boolean {
  return (value) => {
    const found = valueOrFault(value);
    return !(found instanceof Fault) && test(found);
  };
}

function isNumber(value: FormulaValue): boolean {
  return isDecimal(value) || value instanceof Day || value instanceof Moment;
}

/** The remainder by 2 of the number without its fraction. */
function parity(value: FormulaValue): Decimal {
  if (typeof value === "boolean") throw Fault.VALUE;
  const half = toNumber(value).trunc().mod(TWO);
  return half.isNegative() ? half.abs() : half;
}

function isBlank(value: FormulaValue): boolean {
  return value === null || (isList(value) && value.length === 0);
}

export const LOGIC: FunctionTable = {
  IF: plain(choose),
  IFS: plain(ifs),
  SWITCH: plain(choice),
  IFERROR: plain(ifError),
  IFNA: plain(ifNa),
  AND: plain((...lists: FormulaList[]) => truths(lists).every(Boolean)),
  OR: plain((...lists: FormulaList[]) => truths(lists).some(Boolean)),
  XOR: plain((...lists: FormulaList[]) => truths(lists).filter(Boolean).length % 2 === 1),
  NOT: plain((value: boolean) => !value),
  TRUE: plain(() => true),
  FALSE: plain(() => false),
  NA: plain(() => {
    throw Fault.NA;
  }),
  ISBLANK: plain(succeeds(isBlank)),
  ISEMPTY: plain((value: FormulaValue) => isBlank(value) || value === ""),
  ISERROR: plain(fails(() => true)),
  ISERR: plain(fails((found) => found !== Fault.NA)),
  ISNA: plain(fails((found) => found === Fault.NA)),
  ISNUMBER: plain(succeeds(isNumber)),
  ISTEXT: plain(succeeds((found) => typeof found === "string")),
  ISLOGICAL: plain(succeeds((found) => typeof found === "boolean")),
  ISEVEN: plain((value: FormulaValue) => parity(value).isZero()),
  ISODD: plain((value: FormulaValue) => !parity(value).isZero()),
};
