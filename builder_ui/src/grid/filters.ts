// Filters as somebody builds them, line by line, and as the API takes them.
import type { ColumnField, Condition, Field, Filter, Json } from "../api/types";

import { isComposite } from "../fields/composite";
import { isFileField } from "../fields/files";

export type FilterOperator = Condition["op"];
type Operand = Condition["value"];

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
  "overlaps",
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
] as const satisfies FilterOperator[];

const words: FilterOperator[] = ["contains", "not_contains", "starts_with", "eq", "ne", "empty", "not_empty"];
const ordered: FilterOperator[] = ["eq", "ne", "lt", "le", "gt", "ge", "between", "empty", "not_empty"];
const times: FilterOperator[] = ["within", ...ordered];
const chosen: FilterOperator[] = ["in", "not_in", "empty", "not_empty"];

const byType: Record<Field["type"], FilterOperator[]> = {
  text: words,
  serial: words,
  long_text: ["contains", "not_contains", "starts_with", "empty", "not_empty"],
  number: ordered,
  time: ordered,
  duration: ordered,
  rating: ordered,
  progress: ordered,
  email: words,
  url: words,
  phone: words,
  barcode: words,
  rich_text: ["empty", "not_empty"],
  boolean: ["eq", "empty", "not_empty"],
  date: times,
  datetime: times.filter((operator) => operator !== "eq" && operator !== "ne"),
  select: chosen,
  multi_select: ["has_any", "has_all", "empty", "not_empty"],
  member: ["is_me", ...chosen],
  department: ["in_my_departments", "in_my_subtree", ...chosen],
  link: ["eq", "ne", "in", "not_in", "empty", "not_empty"],
  lookup: ["empty", "not_empty"],
  rollup: ["empty", "not_empty"],
  attachment: ["empty", "not_empty"],
  image: ["empty", "not_empty"],
  signature: ["empty", "not_empty"],
  date_range: ["contains", "not_contains", "overlaps", "empty", "not_empty"],
  address: ["contains", "not_contains", "empty", "not_empty"],
  location: ["empty", "not_empty"],
  subform: ["empty", "not_empty"],
  related: [],
};

/** Texts that must be of a form. */
const CHECKED: readonly string[] = ["email", "url", "phone", "barcode"];
const partial: readonly string[] = ["contains", "not_contains", "starts_with"];
const several: readonly string[] = ["in", "not_in", "has_any", "has_all"];
const valueless: readonly string[] = ["empty", "not_empty", "is_me", "in_my_departments", "in_my_subtree"];

/** The operators offered for a field; a field of several references is compared as a set. */
export function operatorsOf(field: Field): FilterOperator[] {
  if (field.type === "link" && field.multiple === true) return ["has_any", "has_all", "empty", "not_empty"];
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
  /** Conditions that are formulas, as typed: fields in braces by key or by label. */
  formulas: string[];
  /** Parts that no line can show, such as groups inside groups; they hold on until somebody removes them. */
  nested: Filter[];
}

export const EMPTY: FilterDraft = { join: "and", lines: [], formulas: [], nested: [] };

/** Whether the operator takes two values, from and to. */
export function isPair(op: FilterOperator): boolean {
  return op === "between" || op === "overlaps";
}

function isBlank(value: Json | undefined): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

function periodValue(key: Json): Operand {
  return periods.find((period) => period.key === key)?.value ?? null;
}

/** What a line compares with; null while it is not complete. */
function operandOf({ op, value }: FilterLine): Operand {
  if (op === "within") return periodValue(value);
  const isWhole = isPair(op) ? Array.isArray(value) && value.length === 2 && !value.some(isBlank) : !isBlank(value);
  // the editor of a field gives values of that field, which is what it can be compared with
  return isWhole ? (value as Operand) : null;
}

/** The condition of a line; null while it is not complete. */
export function conditionOf(line: FilterLine): Condition | null {
  const { field, op } = line;
  if (!takesValue(op)) return { field, op };
  const value = operandOf(line);
  return value === null ? null : { field, op, value };
}

export function isComplete(line: FilterLine): boolean {
  return conditionOf(line) !== null;
}

/** The filter of all complete lines, formulas and nested parts; null when there are none. */
export function toFilter({ join, lines, formulas, nested }: FilterDraft): Filter | null {
  const parts: Filter[] = [
    ...lines.map(conditionOf).filter((condition) => condition !== null),
    ...formulas.filter((formula) => formula.trim() !== "").map((formula) => ({ formula })),
    ...nested,
  ];
  const [first] = parts;
  if (first === undefined) return null;
  if (parts.length === 1) return first;
  return join === "and" ? { and: parts } : { or: parts };
}

/** The address of the page may hold anything. */
function isOperator(op: string): op is FilterOperator {
  return (operators as readonly string[]).includes(op);
}

/** A part as a line; null where none can show it. */
function lineOf(part: Filter, fields: readonly Field[]): FilterLine | null {
  if (!("field" in part) || !isOperator(part.op)) return null;
  if (!fields.some((field) => field.key === part.field)) return null;
  const value = part.value ?? null;
  if (part.op === "overlaps" && !Array.isArray(value)) return null;
  if (part.op !== "within") return { field: part.field, op: part.op, value };
  const period = periods.find((known) => JSON.stringify(known.value) === JSON.stringify(value));
  return period === undefined ? null : { field: part.field, op: part.op, value: period.key };
}

function partsOf(filter: Filter): Pick<FilterDraft, "join"> & { parts: Filter[] } {
  if ("and" in filter) return { join: "and", parts: filter.and };
  if ("or" in filter) return { join: "or", parts: filter.or };
  return { join: "and", parts: [filter] };
}

/** Lines of the filter in the address of the page, over the fields that are offered. */
export function toDraft(text: string, fields: readonly Field[]): FilterDraft {
  try {
    const { join, parts } = partsOf(JSON.parse(text) as Filter);
    const formulas = parts.flatMap((part) => ("formula" in part ? [part.formula] : []));
    const others = parts.filter((part) => !("formula" in part));
    const read = others.map((part) => ({ part, line: lineOf(part, fields) }));
    return {
      join,
      lines: read.flatMap(({ line }) => line ?? []),
      formulas,
      nested: read.flatMap(({ part, line }) => (line === null ? [part] : [])),
    };
  } catch {
    return EMPTY;
  }
}

/** Whether a part of the text is asked for, which need not be of the form that the field demands. */
function isPartial(field: Field, op: FilterOperator): boolean {
  return partial.includes(op) && CHECKED.includes(field.type);
}

/** Whether it has no value of its own to be compared with another. */
function isListed(field: Field): field is Extract<Field, { type: "subform" | "related" | "rollup" }> {
  return field.type === "subform" || field.type === "related" || field.type === "rollup";
}

/** The field as whose value the operand is entered: several options or members where the operator takes several. */
export function operandField(field: Field, op: FilterOperator): ColumnField | null {
  if (!takesValue(op) || isListed(field) || isFileField(field)) return null;
  if (field.type === "date_range") return { key: field.key, title: field.title, type: "date" };
  if (field.type === "serial" || field.type === "long_text" || isPartial(field, op) || isComposite(field))
    return { key: field.key, title: field.title, type: "text" };
  if (!takesSeveral(op)) return field;
  if (field.type === "select") return { ...field, type: "multi_select" };
  if (field.type === "member" || field.type === "department" || field.type === "link")
    return { ...field, multiple: true };
  return field;
}
