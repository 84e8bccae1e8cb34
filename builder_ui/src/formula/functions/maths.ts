// Arithmetic functions on exact decimals; rounding is half away from zero.
import {
  add,
  CEILING,
  type Decimal,
  DOWN,
  decimal,
  divide,
  FLOOR,
  functionDigits,
  HALF_UP,
  isWhole,
  minus,
  multiply,
  narrow,
  ONE,
  type Rounding,
  TEN,
  toWhole,
  UP,
  wide,
  withDigits,
  ZERO,
} from "../decimal";
import { Fault } from "../values";
import { type FunctionTable, plain } from "./registry";

const MAX_PLACES = 30;
const MAX_FACTORIAL = 170;
const MAX_CHOICE = 10_000;
const GUARD_DIGITS = 50;
const FAR = 700; // exponents beyond this cannot come back into range
const MAX_GROWTH = 2000; // e to more than this neither
const PI = decimal("3.14159265358979");

/** `value` with `digits` decimals (negative: tens, hundreds …). */
export function roundTo(value: Decimal, digits: Decimal, mode: Rounding): Decimal {
  const places = Math.max(-MAX_PLACES, Math.min(MAX_PLACES, toWhole(digits)));
  const result =
    places >= 0
      ? value.toDecimalPlaces(places, mode)
      : shifted(shifted(value, places).toDecimalPlaces(0, mode), -places);
  return result.isZero() ? ZERO : result;
}

function shifted(value: Decimal, places: number): Decimal {
  return decimal(wide(value).times(wide(TEN).pow(places)));
}

/** `base ^ exponent`: exact for whole exponents that fit 34 digits, else to 15 digits. */
export function power(base: Decimal, exponent: Decimal): Decimal {
  if (base.isZero()) return powerOfZero(exponent);
  if (isWhole(exponent)) {
    const whole = narrow(wholePower(base, exponent));
    return exponent.isNegative() ? functionDigits(whole) : whole;
  }
  if (base.isNegative()) throw Fault.NUM;
  return functionDigits(narrow(fractionalPower(base, exponent)));
}

function powerOfZero(exponent: Decimal): Decimal {
  if (exponent.isZero()) throw Fault.NUM;
  if (exponent.isNegative()) throw Fault.DIV0;
  return ZERO;
}

function fractionalPower(base: Decimal, exponent: Decimal): Decimal {
  const grown = withDigits(base, GUARD_DIGITS + 30)
    .ln()
    .times(exponent);
  if (grown.greaterThan(MAX_GROWTH)) throw Fault.NUM;
  return grown.lessThan(-MAX_GROWTH) ? ZERO : withDigits(grown, GUARD_DIGITS + 20).exp();
}

/** By squaring, with enough digits that the 34 kept are right. */
function wholePower(base: Decimal, exponent: Decimal): Decimal {
  if (base.abs().equals(ONE)) return exponent.mod(2).isZero() ? ONE : base;
  const room = GUARD_DIGITS + 34 + exponent.e + 1;
  const product = squared(withDigits(base, room), BigInt(exponent.abs().toFixed()));
  return exponent.isNegative() && !exponent.isZero() ? withDigits(ONE, room).div(product) : product;
}

function squared(base: Decimal, times: bigint): Decimal {
  let [square, product, left] = [base, base.div(base), times];
  while (left > 0n && Math.abs(product.e) <= FAR) {
    if (left % 2n === 1n) product = product.times(square);
    left /= 2n;
    if (left > 0n && Math.abs(square.e) <= FAR) square = square.times(square);
  }
  return product;
}

function sign(value: Decimal): Decimal {
  return value.isZero() ? ZERO : decimal(value.isNegative() ? -1 : 1);
}

function int(value: Decimal): Decimal {
  return rounded(value, FLOOR);
}

/** A whole number; 0 without sign. */
function rounded(value: Decimal, mode: Rounding): Decimal {
  const whole = value.toDecimalPlaces(0, mode);
  return whole.isZero() ? ZERO : whole;
}

function toMultiple(value: Decimal, step: Decimal, mode: Rounding): Decimal {
  if (value.isZero() || step.isZero()) return ZERO;
  if (value.isPositive() && step.isNegative()) throw Fault.NUM;
  return multiply(divide(value, step).toDecimalPlaces(0, mode), step);
}

/** Up to a multiple of `step`; both negative: away from zero. */
function ceiling(value: Decimal, step = ONE): Decimal {
  return toMultiple(value, step, CEILING);
}

/** Down to a multiple of `step`; a step of 0 is #DIV/0!, as in Excel. */
function floor(value: Decimal, step = ONE): Decimal {
  if (step.isZero() && !value.isZero()) throw Fault.DIV0;
  return toMultiple(value, step, FLOOR);
}

/** Remainder with the sign of the divisor. */
function mod(value: Decimal, divisor: Decimal): Decimal {
  if (divisor.isZero()) throw Fault.DIV0;
  const room = wide(value);
  const whole = room.div(divisor).toDecimalPlaces(0, FLOOR);
  return narrow(room.minus(wide(divisor).times(whole)));
}

function quotient(value: Decimal, divisor: Decimal): Decimal {
  return rounded(divide(value, divisor), DOWN);
}

function sqrt(value: Decimal): Decimal {
  if (value.isNegative() && !value.isZero()) throw Fault.NUM;
  return narrow(wide(value).sqrt());
}

function exp(value: Decimal): Decimal {
  if (value.greaterThan(1000)) throw Fault.NUM;
  if (value.lessThan(-1000)) return ZERO;
  return functionDigits(narrow(withDigits(value, GUARD_DIGITS).exp()));
}

function logarithm(value: Decimal): Decimal {
  if (value.lessThanOrEqualTo(0)) throw Fault.NUM;
  return narrow(withDigits(value, GUARD_DIGITS).ln());
}

function ln(value: Decimal): Decimal {
  return functionDigits(logarithm(value));
}

function log(value: Decimal, base = TEN): Decimal {
  const bottom = logarithm(base);
  return functionDigits(divide(logarithm(value), bottom));
}

function fact(value: Decimal): Decimal {
  if ((value.isNegative() && !value.isZero()) || value.greaterThan(MAX_FACTORIAL)) throw Fault.NUM;
  let product = 1n;
  for (let factor = BigInt(toWhole(value)); factor > 1n; factor -= 1n) product *= factor;
  return narrow(decimal(product));
}

function combin(count: Decimal, chosen: Decimal): Decimal {
  const [all, wanted] = [toWhole(count), toWhole(chosen)];
  if (all < 0 || wanted < 0 || wanted > all || all > MAX_CHOICE) throw Fault.NUM;
  let ways = 1n;
  const fewer = Math.min(wanted, all - wanted);
  for (let step = 1; step <= fewer; step += 1) ways = (ways * BigInt(all - fewer + step)) / BigInt(step);
  return narrow(decimal(ways));
}

function toParity(value: Decimal, odd: number): Decimal {
  const whole = value.abs().toDecimalPlaces(0, UP);
  const fitting = whole.mod(2).equals(odd) ? whole : add(whole, ONE);
  return value.isNegative() ? minus(fitting) : fitting;
}

export const MATHS: FunctionTable = {
  ABS: plain((value: Decimal) => value.abs()),
  SIGN: plain(sign),
  ROUND: plain((value: Decimal, digits = ZERO) => roundTo(value, digits, HALF_UP)),
  ROUNDUP: plain((value: Decimal, digits = ZERO) => roundTo(value, digits, UP)),
  ROUNDDOWN: plain((value: Decimal, digits = ZERO) => roundTo(value, digits, DOWN)),
  TRUNC: plain((value: Decimal, digits = ZERO) => roundTo(value, digits, DOWN)),
  INT: plain(int),
  CEILING: plain(ceiling),
  FLOOR: plain(floor),
  MOD: plain(mod),
  QUOTIENT: plain(quotient),
  POWER: plain(power),
  SQRT: plain(sqrt),
  EXP: plain(exp),
  LN: plain(ln),
  LOG: plain(log),
  LOG10: plain((value: Decimal) => log(value)),
  PI: plain(() => PI),
  FACT: plain(fact),
  COMBIN: plain(combin),
  EVEN: plain((value: Decimal) => toParity(value, 0)),
  ODD: plain((value: Decimal) => toParity(value, 1)),
};
