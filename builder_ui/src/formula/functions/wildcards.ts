// Texts with `*` for any characters and `?` for any one: runs of characters, found from left to right.
//
// Each run is found once: when the next ones do not follow its first place, they follow no later one. What it takes
// is counted.
import type { Env } from "../environment";

const SURROGATE = /[\ud800-\udfff]/;
export const ANY = "\0"; // any character, in a run

/** The same texts, every code point in one UTF-16 unit: a stand-in where one needs two. */
export function oneUnitEach(texts: readonly string[]): string[] {
  if (!texts.some((given) => SURROGATE.test(given))) return [...texts];
  const units = new Map([[ANY, ANY]]);
  const stand = (sign: string): string => {
    const known = units.get(sign);
    if (known !== undefined) return known;
    const made = String.fromCharCode(units.size);
    units.set(sign, made);
    return made;
  };
  return texts.map((given) => Array.from(given, stand).join(""));
}

interface Piece {
  place: number;
  text: string;
}

function piecesOf(run: string): Piece[] {
  const pieces: Piece[] = [];
  let place = 0;
  for (const text of run.split(ANY)) {
    if (text !== "") pieces.push({ place, text });
    place += text.length + 1;
  }
  return pieces;
}

function stands(pieces: readonly Piece[], subject: string, position: number): boolean {
  return pieces.every((piece) => subject.startsWith(piece.text, position + piece.place));
}

/** The first place from `from` on where the run matches; none: -1. */
export function findRun(env: Env, run: string, subject: string, from: number): number {
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
    if (stands(pieces, subject, position)) return position;
    position += 1;
  }
  return -1;
}

/** Whether a text consists of these runs, with any characters between them. */
export function wholeText(runs: readonly string[]): (env: Env, subject: string) => boolean {
  const [only = "", ...more] = runs;
  if (more.length === 0 && !only.includes(ANY)) return (_env, subject) => subject === only;
  return (env, given) => {
    const [subject = "", first = "", ...others] = oneUnitEach([given, ...runs]);
    const last = others.pop() ?? "";
    const [opening, closing] = [piecesOf(first), piecesOf(last)];
    env.spend(1 + opening.length + closing.length);
    const spare = subject.length - [first, ...others, last].reduce((sum, run) => sum + run.length, 0);
    if (spare < 0 || (more.length === 0 && spare > 0)) return false;
    const end = subject.length - last.length;
    if (!stands(opening, subject, 0) || !stands(closing, subject, end)) return false;
    const found = placeAfter(env, others, subject, first.length);
    return found >= 0 && found <= end;
  };
}

/** Where the runs end that are found one after the other; -1: one is not found. */
function placeAfter(env: Env, runs: readonly string[], subject: string, from: number): number {
  let position = from;
  for (const run of runs) {
    const found = findRun(env, run, subject, position);
    if (found < 0) return -1;
    position = found + run.length;
  }
  return position;
}
