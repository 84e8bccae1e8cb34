// Numbers written in other ways, and whole numbers: bases, Roman numerals, common divisors.
import { type Decimal, decimal, narrow, toWhole, ZERO } from "../decimal";
import { stripped } from "../text";
import { Cell, Fault, type FormulaList, type FormulaScalar, omitted, type Single, single } from "../values";
import { numbers } from "./aggregate";
import { type FunctionTable, plain } from "./registry";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const AFTER_LAST = 2 ** 53;
const MAX_DIGITS = 255;
const MAX_ROMAN = 3999;
// what each more concise form may write beside those before it
const ROMAN: readonly (readonly (readonly [number, string])[])[] = [
  [
    [1000, "M"],
    [900, "CM"],
    [500, "D"],
    [400, "CD"],
    [100, "C"],
    [90, "XC"],
    [50, "L"],
    [40, "XL"],
    [10, "X"],
    [9, "IX"],
    [5, "V"],
    [4, "IV"],
    [1, "I"],
  ],
  [
    [950, "LM"],
    [450, "LD"],
    [95, "VC"],
    [45, "VL"],
  ],
  [
    [990, "XM"],
    [490, "XD"],
    [99, "IC"],
    [49, "IL"],
  ],
  [
    [995, "VM"],
    [495, "VD"],
  ],
  [
    [999, "IM"],
    [499, "ID"],
  ],
];

function radixOf(value: Decimal): number {
  const radix = toWhole(value);
  if (radix < 2 || radix > DIGITS.length) throw Fault.NUM;
  return radix;
}

function isCounted(value: Decimal): boolean {
  return value.greaterThanOrEqualTo(0) && value.lessThan(AFTER_LAST);
}

/** The whole part below 2^53 in a base from 2 to 36. */
function base(value: Decimal, radix: Decimal, least = ZERO): string {
  const places = toWhole(least);
  if (!isCounted(value) || places < 0 || places > MAX_DIGITS) throw Fault.NUM;
  const by = radixOf(radix);
  // all whole numbers below 2^53 are exact in JavaScript
  return value.trunc().toNumber().toString(by).toUpperCase().padStart(places, "0");
}

/** At most 255 digits in a base from 2 to 36, in either case; a digit beyond the base: #NUM!. */
function fromBase(value: string, radix: Decimal): Decimal {
  const by = radixOf(radix);
  const digits = Array.from(stripped(value).toUpperCase(), (sign) => DIGITS.indexOf(sign));
  if (digits.length > MAX_DIGITS || digits.some((digit) => digit < 0 || digit >= by)) throw Fault.NUM;
  return narrow(decimal(digits.reduce((found, digit) => found * BigInt(by) + BigInt(digit), 0n)));
}

/** The whole part from 0 (an empty text) to 3999. */
function roman(value: Decimal, form = ZERO): string {
  let left = toWhole(value);
  const concise = toWhole(form);
  if (value.lessThan(0) || left > MAX_ROMAN || concise < 0 || concise >= ROMAN.length) throw Fault.VALUE;
  const signs = ROMAN.slice(0, concise + 1)
    .flat()
    .sort(([first], [second]) => second - first);
  let shown = "";
  for (const [amount, sign] of signs) {
    shown += sign.repeat(Math.floor(left / amount));
    left %= amount;
  }
  return shown;
}

/** A single field is converted here, as Excel does: an empty one is 0. */
function fieldAlone(value: FormulaScalar): Single {
  return value === null ? omitted() : single(value);
}

function wholes(lists: readonly FormulaList[]): bigint[] {
  const found = numbers(lists.map((values) => (values instanceof Cell ? fieldAlone(values[0] ?? null) : values)));
  if (!found.every(isCounted)) throw Fault.NUM;
  return found.map((value) => BigInt(value.trunc().toFixed()));
}

function commonDivisor(first: bigint, second: bigint): bigint {
  let [left, right] = [first, second];
  while (right > 0n) [left, right] = [right, left % right];
  return left;
}

/** A multiple from 2^53 on: #NUM!. */
function commonMultiple(first: bigint, second: bigint): bigint {
  if (first === 0n || second === 0n) return 0n;
  const found = (first / commonDivisor(first, second)) * second;
  if (found >= BigInt(AFTER_LAST)) throw Fault.NUM;
  return found;
}

/** Of nothing 0. */
function leastMultiple(...lists: FormulaList[]): Decimal {
  const found = wholes(lists);
  return found.length === 0 ? ZERO : decimal(found.reduce(commonMultiple, 1n));
}

export const NUMERALS: FunctionTable = {
  BASE: plain(base),
  DECIMAL: plain(fromBase),
  ROMAN: plain(roman),
  GCD: plain((...lists: FormulaList[]) => decimal(wholes(lists).reduce(commonDivisor, 0n))),
  LCM: plain(leastMultiple),
};
