// Faults of an entry by place: JSON pointers such as `/budget` and `/lines/0/qty`.
import { ApiError } from "../api/client";

export interface PlacedFault {
  path: string | null;
  message: string;
}
/** The first message of each place. */
export type Faults = ReadonlyMap<string, string>;

export function byPlace(faults: readonly PlacedFault[]): Faults {
  const found = new Map<string, string>();
  for (const { path, message } of faults) {
    const place = path ?? "";
    if (!found.has(place)) found.set(place, message);
  }
  return found;
}

/** The faults that a refused submission names, for the fields to show. */
export function faultsOf(error: unknown): PlacedFault[] {
  if (!(error instanceof ApiError)) return [];
  const places = error.body.errors.map(({ path, message }) => ({ path: withoutPrefix(path), message }));
  if (places.length > 0) return places;
  return error.body.path === null ? [] : [{ path: withoutPrefix(error.body.path), message: error.body.message }];
}

/** A body is checked as `{"values": …}`, the fields count from there. */
function withoutPrefix(path: string | null): string | null {
  return path?.startsWith("/values/") ? path.slice("/values".length) : path;
}

/** Messages that no field of `keys` shows, for the top of the form. */
export function elsewhere(faults: Faults, keys: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const [path, message] of faults) {
    const key = path.split("/")[1] ?? "";
    if (!keys.has(key)) found.push(message);
  }
  return found;
}
