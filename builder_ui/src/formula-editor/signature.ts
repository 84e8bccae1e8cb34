// In which call, and at which of its parameters, the cursor stands.
import type { FormulaFunction } from "../api/formulas";
import { type Token, tokenize } from "./tokens";

export interface CallPlace {
  name: string;
  /** Which argument, counted from 0. */
  argument: number;
}

/** The innermost call whose brackets are around the position. */
export function callAt(source: string, position: number): CallPlace | null {
  const open: (CallPlace | null)[] = [];
  let before: Token | null = null;
  for (const token of tokenize(source)) {
    if (token.from >= position) break;
    pass(open, token, before);
    before = token;
  }
  return open.findLast((place) => place !== null) ?? null;
}

/** Keep count of the brackets that are open; those of no call are null. */
function pass(open: (CallPlace | null)[], token: Token, before: Token | null): void {
  if (token.kind === "open") {
    open.push(before?.kind === "name" ? { name: before.text.toUpperCase(), argument: 0 } : null);
  } else if (token.kind === "close") open.pop();
  else if (token.kind === "comma") {
    const around = open.at(-1);
    if (around) around.argument += 1;
  }
}

/** Which parameter an argument fills; those that repeat come again together. */
export function parameterOf(found: FormulaFunction, argument: number): number {
  const count = found.parameters.length;
  if (argument < count || !found.parameters.some((parameter) => parameter.repeats)) return argument;
  return count - found.together + ((argument - count) % found.together);
}
