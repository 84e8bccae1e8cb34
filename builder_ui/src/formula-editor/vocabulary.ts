// What a formula may say where it stands: fields by path, functions by name, as people call them.
import type { FormulaFunction, FunctionList, KindName, ScopePath } from "../api/formulas";
import type { Label } from "../api/types";
import { byUniqueLabel } from "./labels";

type Speak = (label: Label) => string;
type Parameter = FormulaFunction["parameters"][number];
/** A kind that says more than any value. */
export type TakenKind = Exclude<Parameter["kind"], "any" | "lazy">;

export interface Known {
  path: string;
  /** As chips show it: `明细.金额`. */
  label: string;
  /** Its own name without what it is part of. */
  title: string;
  /** What it is part of, if anything: a subform, a link. */
  within: string | null;
  kind: KindName;
  isList: boolean;
  group: FieldGroup;
}

/** Of the row a formula stands in, of the record, of something in the record, or kept by the product. */
export type FieldGroup = "row" | "record" | "within" | "system";

export interface Vocabulary {
  fields: ReadonlyMap<string, Known>;
  /** Paths by label, where a label means one field only. */
  byLabel: ReadonlyMap<string, string>;
  functions: ReadonlyMap<string, FormulaFunction>;
}

export const NO_WORDS: Vocabulary = { fields: new Map(), byLabel: new Map(), functions: new Map() };

/** The fields a formula may name; `row`: those of the row it stands in, which come first and hide others. */
export function knownFields(
  { scope, row, own }: { scope: readonly ScopePath[]; row: readonly ScopePath[]; own: ReadonlySet<string> },
  speak: Speak,
): Map<string, Known> {
  const inRow = new Set(row.map((item) => item.path));
  const groupOf = (item: ScopePath): FieldGroup => {
    if (inRow.has(item.path)) return "row";
    if (item.titles.length > 1) return "within";
    return own.has(item.path) ? "record" : "system";
  };
  const order: FieldGroup[] = ["row", "record", "within", "system"];
  const known = [...row, ...scope.filter((item) => !inRow.has(item.path))].map((item): Known => {
    const titles = item.titles.map(speak);
    const within = titles.length > 1 ? titles.slice(0, -1).join(".") : null;
    const title = titles.at(-1) ?? item.path;
    const group = groupOf(item);
    return { path: item.path, label: titles.join("."), title, within, kind: item.kind, isList: item.is_list, group };
  });
  known.sort((one, other) => order.indexOf(one.group) - order.indexOf(other.group));
  return new Map(known.map((field) => [field.path, field]));
}

export function makeVocabulary(fields: Map<string, Known>, functions: FunctionList): Vocabulary {
  const byLabel = byUniqueLabel(fields.values());
  return { fields, byLabel, functions: new Map(functions.items.map((item) => [item.name, item])) };
}

/** `ROUND(数字, [小数位数])` in pieces, one for each parameter; those that repeat together share their brackets. */
export function parameterTexts(found: FormulaFunction, speak: Speak): string[] {
  const last = found.parameters.length - 1;
  return found.parameters.map((parameter, index) => {
    const isLast = !parameter.repeats || index === last;
    const isFirst = !parameter.repeats || index === last - found.together + 1;
    const name = speak(parameter.title) + (parameter.repeats && isLast ? " …" : "");
    return parameter.optional ? bracketed(name, { isFirst, isLast }) : name;
  });
}

function bracketed(text: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): string {
  return (isFirst ? "[" : "") + text + (isLast ? "]" : "");
}

/** `小数位数: 数字`, what a parameter's arguments are converted to; null where its name says it or it takes any value. */
export function kindOf({ title, kind }: Parameter, speak: Speak, takes: (kind: TakenKind) => string): string | null {
  if (kind === "any" || kind === "lazy") return null;
  const [name, text] = [speak(title), takes(kind)];
  return name === text ? null : `${name}: ${text}`;
}

export function signatureText(found: FormulaFunction, speak: Speak): string {
  return `${found.name}(${parameterTexts(found, speak).join(", ")})`;
}
