// Decimal arithmetic as the server does it: 34 significant digits, half away from zero; from 10^308 on #NUM!, and what
// is nearer to 0 than 10^-307 is 0.
import { Decimal } from "decimal.js";
import { Fault } from "./values";

export type { Decimal };
export type Rounding = Decimal.Rounding;

export const HALF_UP = Decimal.ROUND_HALF_UP;
export const UP = Decimal.ROUND_UP;
export const DOWN = Decimal.ROUND_DOWN;
export const CEILING = Decimal.ROUND_CEIL;
export const FLOOR = Decimal.ROUND_FLOOR;

export const DIGITS = 34;
export const FUNCTION_DIGITS = 15;
const LARGEST_EXPONENT = 307;
const UNLIMITED = { toExpNeg: -9e15, toExpPos: 9e15, minE: -9e15, maxE: 9e15, rounding: HALF_UP };

const Exact = Decimal.clone({ ...UNLIMITED, precision: DIGITS });
const Wide = Decimal.clone({ ...UNLIMITED, precision: 100 });

export const ZERO = new Exact(0);
export const ONE = new Exact(1);
export const TWO = new Exact(2);
export const TEN = new Exact(10);
export const HUNDRED = new Exact(100);

export function isDecimal(value: unknown): value is Decimal {
  return value instanceof Exact;
}

/** A number as it stands, neither rounded nor limited. */
export function decimal(value: string | number | bigint | Decimal): Decimal {
  return new Exact(value);
}

/** The number with room for 100 digits in what is computed from it. */
export function wide(value: Decimal): Decimal {
  return new Wide(value);
}

/** The number with any room that an intermediate result may need. */
export function withDigits(value: Decimal, digits: number): Decimal {
  const Room = Decimal.clone({ ...UNLIMITED, precision: digits });
  return new Room(value);
}

/** A result at 34 digits. */
export function narrow(value: Decimal): Decimal {
  return limited(new Exact(value).toSignificantDigits(DIGITS, HALF_UP));
}

function limited(value: Decimal): Decimal {
  if (value.isZero()) return ZERO; // never a negative zero
  if (Math.abs(value.e) <= LARGEST_EXPONENT) return value;
  if (value.e < 0) return ZERO;
  throw Fault.NUM;
}

/** The result of functions that are no exact decimals. */
export function to15Digits(value: Decimal): Decimal {
  return limited(new Exact(value).toSignificantDigits(FUNCTION_DIGITS, HALF_UP));
}

export function add(left: Decimal, right: Decimal): Decimal {
  return limited(left.plus(right));
}

export function subtract(left: Decimal, right: Decimal): Decimal {
  return limited(left.minus(right));
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  return limited(left.times(right));
}

export function divide(left: Decimal, right: Decimal): Decimal {
  if (right.isZero()) throw Fault.DIV0;
  return limited(left.div(right));
}

/** The opposite; the opposite of 0 has no sign. */
export function minus(value: Decimal): Decimal {
  return value.isZero() ? ZERO : value.negated();
}

export function isWhole(value: Decimal): boolean {
  return value.isInteger();
}

/** The number without its fraction as a JavaScript number; beyond 10^15 it is held there. */
export function toWhole(value: Decimal): number {
  if (value.e > 15) return value.isNegative() ? -1e15 : 1e15;
  return value.trunc().toNumber() + 0;
}
