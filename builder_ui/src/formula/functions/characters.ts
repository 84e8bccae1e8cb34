// Single characters and their code points.
import { type Decimal, decimal, toWhole } from "../decimal";
import { Fault } from "../values";
import { type FunctionTable, plain } from "./registry";

const LAST = 0x10ffff;
const LAST_CHAR = 255;
const LETTER = /\p{L}/u;

/** The character of a code point from 1 to `last`, unless it is half of a pair. */
function character(code: Decimal, last: number): string {
  const point = toWhole(code);
  if (code.lessThan(1) || point > last || (point >= 0xd800 && point <= 0xdfff)) throw Fault.VALUE;
  return String.fromCodePoint(point);
}

function codeOf(value: string): Decimal {
  const point = value.codePointAt(0);
  if (point === undefined) throw Fault.VALUE;
  return decimal(point);
}

/** Without the characters below the space. */
function clean(value: string): string {
  return Array.from(value)
    .filter((sign) => sign >= " ")
    .join("");
}

/** A letter is a capital unless a letter stands before it; Chinese characters are letters. */
function proper(value: string): string {
  let [shown, isInside] = ["", false];
  for (const sign of value) {
    shown += isInside ? sign.toLowerCase() : sign.toUpperCase();
    isInside = LETTER.test(sign);
  }
  return shown;
}

export const CHARACTERS: FunctionTable = {
  CHAR: plain((code: Decimal) => character(code, LAST_CHAR)),
  UNICHAR: plain((code: Decimal) => character(code, LAST)),
  CODE: plain(codeOf),
  CLEAN: plain(clean),
  PROPER: plain(proper),
};
