// Decimal arithmetic as the server does it: 34 significant digits, half away from zero, exponents from -307 to 307.
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
// below 10^-307 numbers keep fewer digits: none beyond this place
const LAST_PLACE = LARGEST_EXPONENT + DIGITS - 1;
const UNLIMITED = { toExpNeg: -9e15, toExpPos: 9e15, minE: -9e15, maxE: 9e15, rounding: HALF_UP };

const Exact = Decimal.clone({ ...UNLIMITED, precision: DIGITS });
const Wide = Decimal.clone({ ...UNLIMITED, precision: 100 });
const Cut = Decimal.clone({ ...UNLIMITED, precision: 800, rounding: DOWN });

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

/** A result at 34 digits; too large: #NUM!. */
export function narrow(value: Decimal): Decimal {
  const held = new Exact(value);
  const rounded =
    held.e < -LARGEST_EXPONENT ? held.toDecimalPlaces(LAST_PLACE, HALF_UP) : held.toSignificantDigits(DIGITS, HALF_UP);
  return limited(rounded);
}

function limited(value: Decimal): Decimal {
  if (value.isZero() || value.e <= LARGEST_EXPONENT) return value;
  throw Fault.NUM;
}

/** The result of functions that are no exact decimals: 34 digits, then 15. */
export function functionDigits(value: Decimal): Decimal {
  return value.toSignificantDigits(FUNCTION_DIGITS, HALF_UP);
}

export function add(left: Decimal, right: Decimal): Decimal {
  return limited(left.plus(right));
}

export function subtract(left: Decimal, right: Decimal): Decimal {
  return limited(left.minus(right));
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  const product = left.times(right);
  // the product of all digits is rounded once, at the last place
  return product.e < -LARGEST_EXPONENT ? narrow(wide(left).times(right)) : limited(product);
}

export function divide(left: Decimal, right: Decimal): Decimal {
  if (right.isZero()) throw Fault.DIV0;
  const quotient = left.div(right);
  return quotient.e < -LARGEST_EXPONENT ? narrow(new Cut(left).div(right)) : limited(quotient);
}

/** The opposite; the opposite of 0 has no sign. */
export function minus(value: Decimal): Decimal {
  return value.isZero() ? ZERO : value.negated();
}

export function remainder(left: Decimal, right: Decimal): Decimal {
  return new Exact(left.mod(right));
}

export function isWhole(value: Decimal): boolean {
  return value.isInteger();
}

/** The number without its fraction as a JavaScript number; beyond 10^15 it is held there. */
export function toWhole(value: Decimal): number {
  if (value.e > 15) return value.isNegative() ? -1e15 : 1e15;
  return value.trunc().toNumber() + 0;
}

export function compareDecimals(left: Decimal, right: Decimal): number {
  return left.cmp(right);
}
