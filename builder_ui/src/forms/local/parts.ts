// Values of several parts, read as the server reads them.
import type { AddressField, ColumnField, CompositeField, Field, Json, SubformField } from "../../api/types";
import { isComposite, type PartValues, partKeys, partsIn, partsOf } from "../../fields/composite";
import { Day } from "../../formula/days";
import type { FormulaScalar, FormulaValue } from "../../formula/values";
import { isBlank, readField, readStored, UNREAD } from "./reading";

type Part = [key: string, value: FormulaValue];
/** What formulas find of a value: the whole by the key of its field, and its parts behind that (`period.start`). */
export type Entries = readonly Part[];

/** Where formulas find a value and its parts. */
export function pathsOf(field: Field | ColumnField): string[] {
  return [field.key, ...partKeys(field).map((part) => `${field.key}.${part}`)];
}

export function storedEntries(field: Field | ColumnField, json: Json | undefined, zone: string): Entries {
  if (!isComposite(field)) return [[field.key, readStored(field, json, zone)]];
  const held = partsIn(json);
  const parts = partsOf(field, String).map((part): Part => [part.key, readStored(part, held[part.key], zone)]);
  return entriesOf(field, parts);
}

/** Of an input that is not whole, or whose parts do not fit together, nothing is known. */
export function enteredEntries(
  field: Exclude<Field, SubformField> | ColumnField,
  json: Json | undefined,
  zone: string,
): Entries | typeof UNREAD {
  if (!isComposite(field)) {
    const reading = readField(field, json, zone);
    return reading === UNREAD ? UNREAD : [[field.key, reading]];
  }
  if (!isBlank(json) && (typeof json !== "object" || Array.isArray(json))) return UNREAD;
  const parts = readParts(field, partsIn(json), zone);
  if (parts === UNREAD) return UNREAD;
  const isFilled = parts.some(([, value]) => value !== null);
  return isFilled && !fitsTogether(field, new Map(parts)) ? UNREAD : entriesOf(field, parts);
}

function readParts(field: CompositeField, held: PartValues, zone: string): readonly Part[] | typeof UNREAD {
  const known: readonly string[] = partKeys(field);
  if (Object.keys(held).some((key) => !known.includes(key))) return UNREAD;
  const parts: Part[] = [];
  for (const part of partsOf(field, String)) {
    const value = readField(part, held[part.key], zone);
    if (value === UNREAD) return UNREAD;
    parts.push([part.key, value]);
  }
  return parts;
}

function entriesOf(field: CompositeField, parts: readonly Part[]): Entries {
  return [[field.key, wholeOf(parts)], ...parts.map(([key, value]): Part => [`${field.key}.${key}`, value])];
}

/** The value as a whole: its filled parts. */
function wholeOf(parts: readonly Part[]): FormulaValue {
  const filled = parts.map(([, value]) => value as FormulaScalar).filter((value) => value !== null);
  return filled.length === 0 ? null : filled;
}

function fitsTogether(field: CompositeField, parts: ReadonlyMap<string, FormulaValue>): boolean {
  switch (field.type) {
    case "date_range": {
      const [start, end] = [parts.get("start"), parts.get("end")];
      return start instanceof Day && end instanceof Day && start.iso() <= end.iso();
    }
    case "address":
      return belowLevel(field).every((key) => parts.get(key) === null);
    case "location":
      return ["longitude", "latitude"].every((key) => (parts.get(key) ?? null) !== null);
  }
}

function belowLevel(field: AddressField): readonly string[] {
  const keys = partKeys(field);
  return keys.slice(keys.indexOf(field.level ?? "detail") + 1);
}
