// The values of formulas: decimals, text, truths, days, wall-clock times, lists, empty, and Excel's error values.
import type { Decimal } from "decimal.js";
import type { Day, Moment } from "./days";

export type ErrorCode = "#DIV/0!" | "#VALUE!" | "#NUM!" | "#N/A" | "#REF!" | "#CYCLE!";

export type FormulaScalar = Decimal | string | boolean | Day | Moment | null;
export type FormulaList = readonly FormulaScalar[];
export type FormulaValue = FormulaScalar | FormulaList;
export type FormulaResult = FormulaValue | ErrorValue;

/** A value that says why there is none; it spreads through every operation that does not catch it. */
export class ErrorValue {
  readonly code: ErrorCode;

  constructor(code: ErrorCode) {
    this.code = code;
  }
}

/** An error value on its way up to whoever catches it. One of each code, since they carry nothing else. */
export class Fault extends Error {
  readonly error: ErrorValue;

  private constructor(code: ErrorCode) {
    super(code);
    this.name = "Fault";
    this.error = new ErrorValue(code);
  }

  static readonly DIV0 = new Fault("#DIV/0!");
  static readonly VALUE = new Fault("#VALUE!");
  static readonly NUM = new Fault("#NUM!");
  static readonly NA = new Fault("#N/A");
  static readonly REF = new Fault("#REF!");
  static readonly CYCLE = new Fault("#CYCLE!");
}

/** The evaluation took more steps than allowed. */
export class BudgetExceeded extends Error {
  readonly limit: number;

  constructor(limit: number) {
    super(`more than ${limit} steps`);
    this.name = "BudgetExceeded";
    this.limit = limit;
  }
}

/** The list that one single argument makes: its text is converted, as Excel does for literals. */
export class Single extends Array<FormulaScalar> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** The list that a reference to one single value makes: as with a cell in Excel its text and truths do not count. */
export class Cell extends Single {}

/** The list that a reference to a yes/no field makes: one that nobody answered is FALSE. */
export class Answer extends Cell {}

/** The list that an argument makes that was left out (`SUM(1,)`): it counts as 0. */
export class Omitted extends Single {}

function listOf<Made extends Single>(made: Made, value: FormulaScalar): Made {
  made.push(value);
  return made;
}

export function single(value: FormulaScalar): Single {
  return listOf(new Single(), value);
}

export function cell(value: FormulaScalar): Cell {
  return listOf(new Cell(), value);
}

export function answer(value: FormulaScalar): Answer {
  return listOf(new Answer(), value);
}

export function omitted(): Omitted {
  return listOf(new Omitted(), null);
}

/** Whether a list is a single value that was written or computed, so that its text and truth are converted. */
export function isLiteral(values: FormulaList): boolean {
  return values instanceof Single && !(values instanceof Cell);
}

export function isList(value: FormulaResult): value is FormulaList {
  return Array.isArray(value);
}
