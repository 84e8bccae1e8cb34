// Formula values as JSON, one form for each value, so that equal values are equal texts.
import { plain } from "./coercion";
import { Day, Moment } from "./days";
import { decimal, isDecimal } from "./decimal";
import { ErrorValue, type FormulaResult, type FormulaScalar, type FormulaValue, isList } from "./values";

export type WireScalar =
  | { decimal: string }
  | { date: string }
  | { datetime: string }
  | { error: string }
  | string
  | boolean
  | null;
export type WireValue = WireScalar | readonly WireScalar[];

/** What was sent is no value of a formula. */
export class UnreadableValue extends Error {
  constructor(sent: unknown) {
    super(JSON.stringify(sent));
    this.name = "UnreadableValue";
  }
}

/** The value that was sent; an error value is none. */
export function readValue(sent: WireValue): FormulaValue {
  return isWireList(sent) ? sent.map(readScalar) : readScalar(sent);
}

function isWireList(sent: WireValue): sent is readonly WireScalar[] {
  return Array.isArray(sent);
}

function readScalar(sent: WireScalar): FormulaScalar {
  if (sent === null || typeof sent !== "object") return sent;
  const found = readMarked(sent);
  if (found === undefined) throw new UnreadableValue(sent);
  return found;
}

function readMarked(sent: Exclude<WireScalar, string | boolean | null>): FormulaScalar | undefined {
  if ("decimal" in sent) return decimal(sent.decimal);
  if ("date" in sent) return Day.read(sent.date);
  return "datetime" in sent ? Moment.read(sent.datetime) : undefined;
}

export function wireValue(value: FormulaResult): WireValue {
  return isList(value) ? value.map(wireScalar) : wireScalar(value);
}

function wireScalar(value: FormulaScalar | ErrorValue): WireScalar {
  if (value instanceof ErrorValue) return { error: value.code };
  if (isDecimal(value)) return { decimal: plain(value) };
  if (value instanceof Moment) return { datetime: value.iso() };
  return value instanceof Day ? { date: value.iso() } : value;
}
