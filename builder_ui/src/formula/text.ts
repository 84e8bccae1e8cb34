// Text counted in Unicode code points, never in UTF-16 units, and the spaces that the server knows.

const SURROGATE = /[\ud800-\udfff]/;

function isPlain(text: string): boolean {
  return !SURROGATE.test(text);
}

/** Number of code points. */
export function lengthOf(text: string): number {
  if (isPlain(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The code points from position `start` (from 0) to before position `end`. */
export function sliceOf(text: string, start: number, end?: number): string {
  if (isPlain(text)) return text.slice(start, end);
  return [...text].slice(start, end).join("");
}

/** Where `wanted` first stands at or after position `start`, in code points; -1: nowhere. */
export function positionOf(text: string, wanted: string, start: number): number {
  if (isPlain(text)) return start > text.length ? -1 : text.indexOf(wanted, start);
  const before = sliceOf(text, 0, start);
  if (start > lengthOf(text)) return -1;
  const found = text.indexOf(wanted, before.length);
  return found < 0 ? -1 : lengthOf(text.slice(0, found));
}

/** -1, 0 or 1 by code points: UTF-16 units would put 𠮷 before ﬁ. */
export function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const [first, second] = [left.charCodeAt(index), right.charCodeAt(index)];
    if (first !== second) return unitOrder(first) < unitOrder(second) ? -1 : 1;
  }
  return left.length < right.length ? -1 : 1;
}

function unitOrder(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

const SPACES: ReadonlySet<number> = new Set([
  9, 10, 11, 12, 13, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005,
  0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
]);

/** Without spaces of any kind at both ends. */
export function stripped(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && SPACES.has(text.charCodeAt(start))) start += 1;
  while (end > start && SPACES.has(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Without any of these characters at the right end. */
export function withoutRight(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
