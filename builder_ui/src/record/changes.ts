// What differs between values as sent, and the two sides of a conflict.
import { ApiError } from "../api/client";
import type { Json, Values } from "../api/types";

/** The members of `after` that differ from `before`; key by key, in JSON form. */
export function changedValues(before: Values, after: Values): Values {
  const changed: Values = {};
  for (const [key, value] of Object.entries(after)) {
    if (!isSame(before[key], value)) changed[key] = value;
  }
  return changed;
}

export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409 && error.code === "version_conflict";
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/** Keys of the fields that both sides changed differently; all of mine when the server does not say. */
export function clashingKeys(error: unknown, mine: Values, theirs: Values): string[] {
  const named = error instanceof ApiError ? error.body.errors.map(({ path }) => path?.split("/")[1] ?? "") : [];
  const known = named.filter((key) => key in mine);
  return (known.length > 0 ? known : Object.keys(mine)).filter((key) => !isSame(mine[key], theirs[key]));
}

export type Side = "theirs" | "mine";

/** What to send again: my changes, without those fields where theirs stays. */
export function resolved(mine: Values, choices: Record<string, Side>): Values {
  return Object.fromEntries(Object.entries(mine).filter(([key]) => choices[key] !== "theirs"));
}
