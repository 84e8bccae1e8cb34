// SEARCH: the place of a text in another one in any case, with `?` and `*`.
import type { Env } from "../environment";
import { Fault } from "../values";
import { ANY, findRun, oneUnitEach } from "./wildcards";

const WILD = /~[~*?]|[*?]|[^~*?]+|~/gu;

/** Position from 0 in code points of the lowered text, from `start` on; absent: #VALUE!. */
export function searchIn(env: Env, wanted: string, subject: string, start: number): number {
  const [within = "", ...runs] = oneUnitEach([inAnyCase(subject), ...runsOf(inAnyCase(wanted))]);
  const [first = "", ...others] = runs;
  const found = placeOf(env, first, within, start);
  let position = found + first.length;
  for (const run of others) position = placeOf(env, run, within, position) + run.length;
  return found;
}

/** Lowered character by character: two of them would come out longer, or differ at the end of a word. */
function inAnyCase(text: string): string {
  return text.replaceAll("İ", "i").replaceAll("Σ", "σ").toLowerCase();
}

function placeOf(env: Env, run: string, subject: string, from: number): number {
  const found = findRun(env, run, subject, from);
  if (found < 0) throw Fault.VALUE;
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
