// The order of a grid as the API writes it: `-budget,name`.
import type { Field, SortKey } from "../api/types";

const SORTABLE: readonly string[] = ["text", "serial", "number", "boolean", "date", "datetime", "select"];

export function isSortable(field: Field): boolean {
  return SORTABLE.includes(field.type);
}

export function sortText(keys: readonly SortKey[]): string {
  return keys.map((key) => (key.desc === true ? `-${key.field}` : key.field)).join(",");
}

export type Direction = "ascend" | "descend" | null;

/** The direction of the first key, if it is this field. */
export function directionOf(text: string, field: string): Direction {
  const first = text.split(",")[0] ?? "";
  if (first === field) return "ascend";
  return first === `-${field}` ? "descend" : null;
}

export function textOfSort(field: string, direction: Direction | undefined): string {
  if (direction === "ascend") return field;
  return direction === "descend" ? `-${field}` : "";
}
