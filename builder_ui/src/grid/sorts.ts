// The order of a grid as the API writes it: `-budget,name`, or a JSON list of keys.
import type { Field, SortKey } from "../api/types";

const SORTABLE: readonly string[] = [
  "text",
  "serial",
  "number",
  "boolean",
  "date",
  "datetime",
  "time",
  "duration",
  "email",
  "url",
  "phone",
  "barcode",
  "rating",
  "progress",
  "select",
];

export function isSortable(field: Field): boolean {
  return SORTABLE.includes(field.type);
}

/** `-budget,name`, or a JSON list where an order is by a formula. */
export function sortText(keys: readonly SortKey[]): string {
  const byField = keys.flatMap((key) => ("field" in key ? [key.desc === true ? `-${key.field}` : key.field] : []));
  return byField.length === keys.length ? byField.join(",") : JSON.stringify(keys);
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
