// Rounding to places, to whole numbers and to multiples; half is rounded away from zero.
import {
  add,
  CEILING,
  type Decimal,
  DOWN,
  divide,
  FLOOR,
  HALF_UP,
  minus,
  multiply,
  ONE,
  type Rounding,
  UP,
  ZERO,
} from "../decimal";
import { Fault } from "../values";
import { roundTo } from "./maths";
import { type FunctionTable, plain } from "./registry";

function to(mode: Rounding): (value: Decimal, digits?: Decimal) => Decimal {
  return (value, digits = ZERO) => roundTo(value, digits, mode);
}

function int(value: Decimal): Decimal {
  return add(value.toDecimalPlaces(0, FLOOR), ZERO);
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

/** To the nearest multiple, half away from zero; a step of 0 makes 0, one of the other sign #NUM!. */
function toNearestMultiple(value: Decimal, step: Decimal): Decimal {
  if (value.isZero() || step.isZero()) return ZERO;
  if (value.isPositive() !== step.isPositive()) throw Fault.NUM;
  return multiply(divide(value, step).toDecimalPlaces(0, HALF_UP), step);
}

function toParity(value: Decimal, odd: number): Decimal {
  const whole = value.abs().toDecimalPlaces(0, UP);
  const fitting = whole.mod(2).equals(odd) ? whole : add(whole, ONE);
  return value.lt(ZERO) ? minus(fitting) : fitting; // a negative zero is none
}

export const ROUNDING: FunctionTable = {
  ROUND: plain(to(HALF_UP)),
  ROUNDUP: plain(to(UP)),
  ROUNDDOWN: plain(to(DOWN)),
  TRUNC: plain(to(DOWN)),
  INT: plain(int),
  CEILING: plain(ceiling),
  FLOOR: plain(floor),
  MROUND: plain(toNearestMultiple),
  EVEN: plain((value: Decimal) => toParity(value, 0)),
  ODD: plain((value: Decimal) => toParity(value, 1)),
};
