// Loans, savings and depreciation, signed as in Excel: what is paid is negative, what is received positive.
//
// Everything is computed step by step with 34 digits; results are rounded to 15 digits, those of SLN to 34.
import {
  add,
  type Decimal,
  decimal,
  divide,
  isWhole,
  minus,
  multiply,
  ONE,
  subtract,
  TWO,
  to15Digits,
  ZERO,
} from "../decimal";
import type { Env } from "../environment";
import { Fault, type FormulaList } from "../values";
import { numbers, total } from "./aggregate";
import { logarithm, raised } from "./maths";
import { asking, type FunctionTable, plain } from "./registry";

const MAX_ROUNDS = 100;
const CLOSE = decimal("1e-20");
const GUESS = decimal("0.1");

function isNegative(value: Decimal): boolean {
  return value.lessThan(0);
}

/** (1 + rate) ^ periods to 34 digits; what has no value is #NUM!. */
function growth(rate: Decimal, periods: Decimal): Decimal {
  const base = add(ONE, rate);
  if (base.isZero() && isNegative(periods)) throw Fault.DIV0;
  if (isNegative(base) && !isWhole(periods)) throw Fault.NUM;
  return periods.isZero() ? ONE : raised(base, periods);
}

/** What 1 paid every period has grown to at the end, a period more if due at once. */
function annuity(rate: Decimal, periods: Decimal, due: Decimal): Decimal {
  if (rate.isZero()) return periods;
  const grown = divide(subtract(growth(rate, periods), ONE), rate);
  return due.isZero() ? grown : multiply(grown, add(ONE, rate));
}

/** No periods at all: #NUM!. */
function payment(rate: Decimal, periods: Decimal, present: Decimal, future = ZERO, due = ZERO): Decimal {
  if (periods.isZero()) throw Fault.NUM;
  const owed = add(multiply(present, growth(rate, periods)), future);
  return to15Digits(minus(divide(owed, annuity(rate, periods, due))));
}

function futureValue(rate: Decimal, periods: Decimal, paid: Decimal, present = ZERO, due = ZERO): Decimal {
  const grown = multiply(paid, annuity(rate, periods, due));
  return to15Digits(minus(add(multiply(present, growth(rate, periods)), grown)));
}

function presentValue(rate: Decimal, periods: Decimal, paid: Decimal, future = ZERO, due = ZERO): Decimal {
  const grown = multiply(paid, annuity(rate, periods, due));
  return to15Digits(minus(divide(add(future, grown), growth(rate, periods))));
}

/** ln((paid' - future * rate) / (paid' + present * rate)) / ln(1 + rate), paid' with interest if due at once. */
function periodsOf(rate: Decimal, paid: Decimal, present: Decimal, future = ZERO, due = ZERO): Decimal {
  if (rate.isZero()) return to15Digits(minus(divide(add(present, future), paid)));
  const each = due.isZero() ? paid : multiply(paid, add(ONE, rate));
  const [dueAtEnd, dueNow] = [subtract(each, multiply(future, rate)), add(each, multiply(present, rate))];
  if (dueNow.isZero()) throw Fault.NUM;
  return to15Digits(divide(logarithm(divide(dueAtEnd, dueNow)), logarithm(add(ONE, rate))));
}

function netPresentValue(rate: Decimal, ...lists: FormulaList[]): Decimal {
  const base = add(ONE, rate);
  let factor = ONE;
  const parts = numbers(lists).map((value) => {
    factor = multiply(factor, base);
    return divide(value, factor);
  });
  return to15Digits(total(parts));
}

/** The present value of the flows at a rate, and its slope by the rate. */
function worthAndSlope(flows: readonly Decimal[], rate: Decimal): [Decimal, Decimal] {
  const discount = divide(ONE, add(ONE, rate));
  let [worth, slope] = [ZERO, ZERO];
  for (const flow of flows.toReversed()) {
    slope = add(multiply(slope, discount), worth);
    worth = add(multiply(worth, discount), flow);
  }
  return [worth, minus(multiply(slope, multiply(discount, discount)))];
}

/** The rate at which the present value is 0, by Newton's method from the guess; not found in 100 rounds: #NUM!. */
function returnRate(env: Env, flows: FormulaList, guess = GUESS): Decimal {
  const found = numbers([flows]);
  if (guess.lessThanOrEqualTo(-1)) throw Fault.VALUE;
  if (!found.some((value) => value.greaterThan(0)) || !found.some(isNegative)) throw Fault.NUM;
  let rate = guess;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    env.spend(found.length);
    const following = improved(found, rate);
    if (subtract(following, rate).abs().lessThanOrEqualTo(CLOSE)) return to15Digits(following);
    rate = following;
  }
  throw Fault.NUM;
}

function improved(flows: readonly Decimal[], rate: Decimal): Decimal {
  const [worth, slope] = worthAndSlope(flows, rate);
  if (worth.isZero()) return rate;
  if (slope.isZero()) throw Fault.NUM;
  const following = subtract(rate, divide(worth, slope));
  // beyond the pole: halfway towards it instead
  return following.lessThanOrEqualTo(-1) ? divide(subtract(rate, ONE), TWO) : following;
}

/** The whole part of the periods of a year; none: #NUM!. */
function wholePeriods(rate: Decimal, periods: Decimal): Decimal {
  const whole = periods.trunc();
  if (rate.lessThanOrEqualTo(0) || whole.lessThan(1)) throw Fault.NUM;
  return whole;
}

function effectiveRate(nominal: Decimal, periods: Decimal): Decimal {
  const whole = wholePeriods(nominal, periods);
  return to15Digits(subtract(growth(divide(nominal, whole), whole), ONE));
}

function nominalRate(effective: Decimal, periods: Decimal): Decimal {
  const whole = wholePeriods(effective, periods);
  return to15Digits(multiply(whole, subtract(growth(effective, divide(ONE, whole)), ONE)));
}

export const FINANCE: FunctionTable = {
  PMT: plain(payment),
  FV: plain(futureValue),
  PV: plain(presentValue),
  NPER: plain(periodsOf),
  NPV: plain(netPresentValue),
  IRR: asking(returnRate),
  EFFECT: plain(effectiveRate),
  NOMINAL: plain(nominalRate),
  SLN: plain((cost: Decimal, salvage: Decimal, life: Decimal) => divide(subtract(cost, salvage), life)),
};
