// SEARCH: the place of a text in another one in any case, with `?` and `*`.
import type { Env } from "../environment";
import { Fault } from "../values";

const SURROGATE = /[\ud800-\udfff]/;
const ANY = "\0"; // any character, in what is searched for
const WILD = /~[~*?]|[*?]|[^~*?]+|~/gu;

/**
 * Position from 0 in code points of the lowered text, from `start` on; absent: #VALUE!.
 *
 * The first run of the pattern is found once: when the others do not follow its first place, they follow no later one.
 */
export function searchIn(env: Env, wanted: string, subject: string, start: number): number {
  const [within = "", ...runs] = oneUnitEach([subject.toLowerCase(), ...runsOf(wanted.toLowerCase())]);
  const [first = "", ...others] = runs;
  const found = findRun(env, first, within, start);
  let position = found + first.length;
  for (const run of others) position = findRun(env, run, within, position) + run.length;
  return found;
}

/** The runs between the `*` of a pattern, with `ANY` for each `?`; what follows a `~` is itself. */
function runsOf(pattern: string): string[] {
  const runs = [""];
  for (const piece of pattern.match(WILD) ?? []) {
    if (piece === "*") runs.push("");
    else runs.push((runs.pop() ?? "") + meant(piece));
  }
  return runs;
}

function meant(piece: string): string {
  if (piece === "?") return ANY;
  return piece.length > 1 && piece.startsWith("~") ? piece.slice(-1) : piece;
}

/** The same texts, every code point in one UTF-16 unit: a stand-in where one needs two. */
function oneUnitEach(texts: readonly string[]): string[] {
  if (!texts.some((given) => SURROGATE.test(given))) return [...texts];
  const stands = new Map([[ANY, ANY]]);
  const stand = (sign: string): string => {
    const known = stands.get(sign);
    if (known !== undefined) return known;
    const made = String.fromCharCode(stands.size);
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
  const pieces: Piece[] = [];
  let place = 0;
  for (const text of run.split(ANY)) {
    if (text !== "") pieces.push({ place, text });
    place += text.length + 1;
  }
  return pieces;
}

/** The first place from `from` on where the run matches, `ANY` standing for any character; none: #VALUE!. */
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
