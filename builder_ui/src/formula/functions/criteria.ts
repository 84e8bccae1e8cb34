// Criteria of COUNTIF, SUMIF and their like: `">=60"`, `"!=苹果"`, `"*器"`, or a value itself.
import { compare, parseNumber, toNumber } from "../coercion";
import { Day, Moment } from "../days";
import { type Decimal, isDecimal, ZERO } from "../decimal";
import type { Env } from "../environment";
import { Fault, type FormulaScalar, type FormulaValue } from "../values";
import { ANY, wholeText } from "./wildcards";

const OPERATORS = ["<=", ">=", "<>", "!=", "==", "<", ">", "="];

export type Test = (item: FormulaScalar) => boolean;

// an operator alone asks whether there is a value at all; an empty text is one
const EMPTINESS = new Map<string, Test>([
  ["=", (item) => item === null],
  ["==", (item) => item === null],
  ["<>", (item) => item !== null],
  ["!=", (item) => item !== null],
]);

/** The test that a criterion stands for. Text compares case-sensitively; `*`, `?` and `~` as in Excel. */
export function criterion(env: Env, value: FormulaValue): Test {
  if (typeof value !== "string") {
    const sought = value ?? ZERO;
    return (item) => item !== null && isEqual(readFor(item, sought), sought);
  }
  const operator = OPERATORS.find((sign) => value.startsWith(sign)) ?? "";
  const wanted = value.slice(operator.length);
  const emptiness = wanted === "" ? EMPTINESS.get(operator) : undefined;
  if (emptiness !== undefined) return emptiness;
  if (operator === "" || operator === "=" || operator === "==") return criterionEquality(env, wanted);
  if (operator === "<>" || operator === "!=") {
    const isSame = criterionEquality(env, wanted);
    return (item) => !isSame(item);
  }
  return ordering(operator, wanted);
}

/** A text as the number it reads as where a number is looked for, as in Excel. */
function readFor(item: FormulaScalar, sought: FormulaValue): FormulaScalar {
  const isNumber = isDecimal(sought) || sought instanceof Day || sought instanceof Moment;
  return typeof item === "string" && isNumber ? (asNumber(item) ?? item) : item;
}

function isEqual(item: FormulaScalar, value: FormulaValue): boolean {
  if ((typeof item === "boolean") !== (typeof value === "boolean")) return false;
  return compare(item, value) === 0;
}

/** Whether neither is empty and both are equal values of one kind, as `=` compares them. */
export function sameValue(item: FormulaScalar, wanted: FormulaScalar): boolean {
  return item !== null && wanted !== null && isEqual(item, wanted);
}

/** The test whether a value is the wanted one; in a text `*`, `?` and `~` are as in Excel. */
export function equality(env: Env, wanted: FormulaScalar): Test {
  if (typeof wanted !== "string") return (item) => sameValue(item, wanted);
  const matches = wholeText(runsOf(wanted));
  return (item) => typeof item === "string" && matches(env, item);
}

function asNumber(shown: string): Decimal | undefined {
  try {
    return parseNumber(shown);
  } catch (caught) {
    if (caught instanceof Fault) return undefined;
    throw caught;
  }
}

function criterionEquality(env: Env, wanted: string): Test {
  if (wanted === "") return (item) => item === null || item === "";
  const wantedNumber = asNumber(wanted);
  const matches = wholeText(runsOf(wanted));
  return (item) => {
    if (typeof item === "string") return matches(env, item);
    if (typeof item === "boolean") return wanted.toUpperCase() === (item ? "TRUE" : "FALSE");
    return item !== null && wantedNumber !== undefined && toNumber(item).equals(wantedNumber);
  };
}

function ordering(operator: string, wanted: string): Test {
  const wantedNumber = asNumber(wanted);
  const holds = (order: number) => {
    if (order === 0) return operator.length === 2;
    return order < 0 === operator.startsWith("<");
  };
  return (item) => {
    if (item === null || typeof item === "boolean") return false;
    if (typeof item === "string") return wantedNumber === undefined && holds(compare(item, wanted));
    return wantedNumber !== undefined && holds(toNumber(item).cmp(wantedNumber));
  };
}

const WILD = /~.|[*?]|[^~*?]+|~/gsu;

/** The runs between the `*` of a pattern, with `ANY` for each `?`; what follows a `~` is itself. */
function runsOf(source: string): string[] {
  const runs: string[][] = [[]];
  for (const piece of source.match(WILD) ?? []) {
    if (piece === "*") runs.push([]);
    else runs.at(-1)?.push(piece === "?" ? ANY : piece.replace(/^~(?=.)/su, ""));
  }
  return runs.map((run) => run.join(""));
}
