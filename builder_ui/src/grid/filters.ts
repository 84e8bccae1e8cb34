// Filters as somebody builds them, line by line, and as the API takes them.
import type { ColumnField, Condition, Field, Filter, Json } from "../api/types";

export const operators = [
  "eq",
  "ne",
  "in",
  "not_in",
  "lt",
  "le",
  "gt",
  "ge",
  "between",
  "within",
  "contains",
  "not_contains",
  "starts_with",
  "has_any",
  "has_all",
  "is_me",
  "in_my_departments",
  "in_my_subtree",
  "empty",
  "not_empty",
] as const;
export type FilterOperator = (typeof operators)[number];

const words: FilterOperator[] = ["contains", "not_contains", "starts_with", "eq", "ne", "empty", "not_empty"];
const ordered: FilterOperator[] = ["eq", "ne", "lt", "le", "gt", "ge", "between", "empty", "not_empty"];
const times: FilterOperator[] = ["within", ...ordered];
const chosen: FilterOperator[] = ["in", "not_in", "empty", "not_empty"];

const byType: Record<Field["type"], FilterOperator[]> = {
  text: words,
  serial: words,
  long_text: ["contains", "not_contains", "starts_with", "empty", "not_empty"],
  number: ordered,
  boolean: ["eq", "empty", "not_empty"],
  date: times,
  datetime: times.filter((operator) => operator !== "eq" && operator !== "ne"),
  select: chosen,
  multi_select: ["has_any", "has_all", "empty", "not_empty"],
  member: ["is_me", ...chosen],
  department: ["in_my_departments", "in_my_subtree", ...chosen],
  attachment: ["empty", "not_empty"],
  subform: ["empty", "not_empty"],
};

const several: readonly string[] = ["in", "not_in", "has_any", "has_all"];
const valueless: readonly string[] = ["empty", "not_empty", "is_me", "in_my_departments", "in_my_subtree"];

/** The operators offered for a field; a field of several references is compared as a set. */
export function operatorsOf(field: Field): FilterOperator[] {
  if ((field.type === "member" || field.type === "department") && field.multiple === true) {
    const [own] = byType[field.type];
    return [...(own === undefined ? [] : [own]), "has_any", "has_all", "empty", "not_empty"];
  }
  return byType[field.type];
}

export function takesValue(operator: string): boolean {
  return !valueless.includes(operator);
}

export function takesSeveral(operator: string): boolean {
  return several.includes(operator);
}

export const periods = [
  { key: "today", value: { this: "day" } },
  { key: "this_week", value: { this: "week" } },
  { key: "this_month", value: { this: "month" } },
  { key: "this_quarter", value: { this: "quarter" } },
  { key: "this_year", value: { this: "year" } },
  { key: "last_7", value: { last: "P7D" } },
  { key: "last_30", value: { last: "P30D" } },
] as const;
export type PeriodKey = (typeof periods)[number]["key"];

export interface FilterLine {
  field: string;
  op: FilterOperator;
  /** As the field's editor gives it; a pair for `between`, a key of `periods` for `within`. */
  value: Json;
}
export interface FilterDraft {
  join: "and" | "or";
  lines: FilterLine[];
}

function isBlank(value: Json | undefined): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

function periodValue(key: Json): Json {
  return periods.find((period) => period.key === key)?.value ?? null;
}

/** The condition of a line; null while it is not complete. */
export function conditionOf({ field, op, value }: FilterLine): Condition | null {
  if (!takesValue(op)) return { field, op };
  if (op === "within") {
    const period = periodValue(value);
    return period === null ? null : { field, op, value: period };
  }
  if (op === "between") {
    const [from, to] = Array.isArray(value) ? value : [];
    return isBlank(from) || isBlank(to) ? null : { field, op, value: [from ?? null, to ?? null] };
  }
  return isBlank(value) ? null : { field, op, value };
}

/** The filter of all complete lines; null when there are none. */
export function toFilter({ join, lines }: FilterDraft): Filter | null {
  const conditions = lines.map(conditionOf).filter((condition) => condition !== null);
  const [first] = conditions;
  if (first === undefined) return null;
  if (conditions.length === 1) return first;
  return join === "and" ? { and: conditions } : { or: conditions };
}

function isOperator(op: string): op is FilterOperator {
  return (operators as readonly string[]).includes(op);
}

function lineOf(part: Filter): FilterLine[] {
  if (!("field" in part) || !isOperator(part.op)) return [];
  const value = part.value ?? null;
  if (part.op !== "within") return [{ field: part.field, op: part.op, value }];
  const period = periods.find((known) => JSON.stringify(known.value) === JSON.stringify(value));
  return [{ field: part.field, op: part.op, value: period?.key ?? null }];
}

/** Lines of a filter that was built here, from the address of the page. */
export function toDraft(text: string): FilterDraft {
  try {
    const filter = JSON.parse(text) as Filter;
    if ("and" in filter) return { join: "and", lines: filter.and.flatMap(lineOf) };
    if ("or" in filter) return { join: "or", lines: filter.or.flatMap(lineOf) };
    return { join: "and", lines: lineOf(filter) };
  } catch {
    return { join: "and", lines: [] };
  }
}

/** The field as whose value the operand is entered: several options or members where the operator takes several. */
export function operandField(field: Field, op: FilterOperator): ColumnField | null {
  if (!takesValue(op) || field.type === "subform" || field.type === "attachment") return null;
  if (field.type === "serial" || field.type === "long_text")
    return { key: field.key, title: field.title, type: "text" };
  if (!takesSeveral(op)) return field;
  if (field.type === "select") return { ...field, type: "multi_select" };
  if (field.type === "member" || field.type === "department") return { ...field, multiple: true };
  return field;
}
