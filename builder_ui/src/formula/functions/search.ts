// SEARCH: the place of a text in another one in any case, with `?` and `*`.
import type { Env } from "../environment";
import { Fault } from "../values";

const SURROGATE = /[\ud800-\udfff]/;
const WILD = ["*", "?"];

/**
 * Position from 0 in code points of the lowered text, from `start` on; absent: #VALUE!.
 *
 * The first run of the pattern is found once: when the others do not follow its first place, they follow no later one.
 */
export function searchIn(env: Env, wanted: string, subject: string, start: number): number {
  const [pattern = "", within = ""] = oneUnitEach([wanted.toLowerCase(), subject.toLowerCase()]);
  const [first = "", ...others] = pattern.split("*");
  const found = findRun(env, first, within, start);
  let position = found + first.length;
  for (const run of others) position = findRun(env, run, within, position) + run.length;
  return found;
}

/** The same texts, every code point in one UTF-16 unit: a stand-in where it needs two. */
function oneUnitEach(texts: readonly string[]): string[] {
  if (!texts.some((given) => SURROGATE.test(given))) return [...texts];
  const stands = new Map(WILD.map((sign) => [sign, sign]));
  let unused = 128;
  const stand = (sign: string): string => {
    const known = stands.get(sign);
    if (known !== undefined) return known;
    unused += 1;
    const made = String.fromCharCode(unused);
    stands.set(sign, made);
    return made;
  };
  return texts.map((given) => Array.from(given, stand).join(""));
}

interface Piece {
  place: number;
  text: string;
}

function piecesOf(run: string): Piece[] {
  return Array.from(run.matchAll(/[^?]+/g), (match) => ({ place: match.index, text: match[0] }));
}

/** The first place from `from` on where the run matches, `?` standing for any character; none: #VALUE!. */
function findRun(env: Env, run: string, subject: string, from: number): number {
  const pieces = piecesOf(run);
  const longest = pieces.reduce((best, piece) => (piece.text.length > best.text.length ? piece : best), {
    place: 0,
    text: "",
  });
  const last = subject.length - run.length;
  let position = from;
  while (position <= last) {
    env.spend(1 + pieces.length);
    position = subject.indexOf(longest.text, position + longest.place) - longest.place;
    if (position < 0 || position > last) break;
    const at = position;
    if (pieces.every((piece) => subject.startsWith(piece.text, at + piece.place))) return position;
    position += 1;
  }
  throw Fault.VALUE;
}
