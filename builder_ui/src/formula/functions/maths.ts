// Arithmetic functions on exact decimals; rounding is half away from zero.
import {
  add,
  type Decimal,
  DOWN,
  decimal,
  divide,
  FLOOR,
  isWhole,
  multiply,
  narrow,
  ONE,
  type Rounding,
  TEN,
  to15Digits,
  toWhole,
  wide,
  withDigits,
  ZERO,
} from "../decimal";
import { Fault } from "../values";
import { type FunctionTable, plain } from "./registry";

const MAX_PLACES = 400; // beyond, rounding changes nothing or leaves 0
const HALF_TURN = decimal(180);
const MAX_FACTORIAL = 170;
const MAX_COUNT = 2 ** 31;
const TOO_MANY_WAYS = 2n ** 1228n;
const GUARD_DIGITS = 50;
const FAR = 700; // exponents beyond this cannot come back into range
const MAX_GROWTH = 2000; // e to more than this neither
export const PI = decimal("3.141592653589793238462643383279503");

/** `value` with `digits` decimals (negative: tens, hundreds …). */
export function roundTo(value: Decimal, digits: Decimal, mode: Rounding): Decimal {
  const places = Math.max(-MAX_PLACES, Math.min(MAX_PLACES, toWhole(digits)));
  if (places >= 0 && value.decimalPlaces() <= places) return value;
  const result =
    places >= 0
      ? value.toDecimalPlaces(places, mode)
      : shifted(shifted(value, places).toDecimalPlaces(0, mode), -places);
  return narrow(result.isZero() ? ZERO : result);
}

function shifted(value: Decimal, places: number): Decimal {
  return decimal(wide(value).times(wide(TEN).pow(places)));
}

/** `base ^ exponent`: whole positive exponents to 34 digits, others to 15. */
export function power(base: Decimal, exponent: Decimal): Decimal {
  if (base.isZero()) return powerOfZero(exponent);
  if (base.isNegative() && !isWhole(exponent)) throw Fault.NUM;
  const result = raised(base, exponent);
  return isWhole(exponent) && exponent.greaterThan(0) ? result : to15Digits(result);
}

/** `base ^ exponent` to 34 digits; a negative base only with a whole exponent. */
export function raised(base: Decimal, exponent: Decimal): Decimal {
  if (base.isZero()) return ZERO;
  return narrow(isWhole(exponent) ? wholePower(base, exponent) : fractionalPower(base, exponent));
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

/** Remainder with the sign of the divisor. */
function mod(value: Decimal, divisor: Decimal): Decimal {
  if (divisor.isZero()) throw Fault.DIV0;
  const room = wide(value);
  const whole = room.div(divisor).toDecimalPlaces(0, FLOOR);
  return narrow(room.minus(wide(divisor).times(whole)));
}

function quotient(value: Decimal, divisor: Decimal): Decimal {
  return add(divide(value, divisor).toDecimalPlaces(0, DOWN), ZERO);
}

/** To 34 digits; of a negative number #NUM!. */
export function squareRoot(value: Decimal): Decimal {
  if (value.lessThan(0)) throw Fault.NUM;
  return narrow(wide(value).sqrt());
}

/** E to a power, 34 digits. */
export function exponential(value: Decimal): Decimal {
  if (value.greaterThan(MAX_GROWTH)) throw Fault.NUM;
  return value.lessThan(-MAX_GROWTH) ? ZERO : narrow(withDigits(value, GUARD_DIGITS).exp());
}

/** The natural logarithm to 34 digits; of a number that is not positive #NUM!. */
export function logarithm(value: Decimal): Decimal {
  if (value.lessThanOrEqualTo(0)) throw Fault.NUM;
  return narrow(withDigits(value, GUARD_DIGITS).ln());
}

function log(value: Decimal, base = TEN): Decimal {
  const bottom = logarithm(base);
  return to15Digits(divide(logarithm(value), bottom));
}

function fact(value: Decimal): Decimal {
  if ((value.isNegative() && !value.isZero()) || value.greaterThan(MAX_FACTORIAL)) throw Fault.NUM;
  let product = 1n;
  for (let factor = BigInt(toWhole(value)); factor > 1n; factor -= 1n) product *= factor;
  return narrow(decimal(product));
}

/** Ways to choose, of the whole parts; from 10^308 on #NUM!. */
function combin(count: Decimal, chosen: Decimal): Decimal {
  const [all, wanted] = [toWhole(count), toWhole(chosen)];
  if (chosen.lessThan(0) || wanted > all || all >= MAX_COUNT) throw Fault.NUM;
  let ways = 1n;
  const fewer = Math.min(wanted, all - wanted);
  for (let step = 0; step < fewer; step += 1) {
    ways = (ways * BigInt(all - step)) / BigInt(step + 1);
    if (ways >= TOO_MANY_WAYS) throw Fault.NUM; // far beyond 10^308, and growing
  }
  return narrow(decimal(ways));
}

export const MATHS: FunctionTable = {
  ABS: plain((value: Decimal) => value.abs()),
  SIGN: plain(sign),
  MOD: plain(mod),
  QUOTIENT: plain(quotient),
  POWER: plain(power),
  SQRT: plain(squareRoot),
  EXP: plain((value: Decimal) => to15Digits(exponential(value))),
  LN: plain((value: Decimal) => to15Digits(logarithm(value))),
  LOG: plain(log),
  LOG10: plain((value: Decimal) => log(value)),
  PI: plain(() => PI),
  DEGREES: plain((angle: Decimal) => to15Digits(divide(multiply(angle, HALF_TURN), PI))),
  RADIANS: plain((angle: Decimal) => to15Digits(divide(multiply(angle, PI), HALF_TURN))),
  FACT: plain(fact),
  COMBIN: plain(combin),
};
