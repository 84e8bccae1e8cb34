// What a form holds, read as the server reads it: the value formulas see, or that the input cannot be read.

import type { CompositeField, Field, Json, SubformField } from "../../api/types";

import { filesOf, MAX_FILES, PICTURES } from "../../fields/files";
import { Day } from "../../formula/days";
import { decimal } from "../../formula/decimal";
import type { FormulaValue } from "../../formula/values";
import { wallClock } from "../../formula/zones";
import { rowId, rowsOf } from "../wire";
import { exact, type NumberForm, type NumberLike, numberForm } from "./numbers";

/** An input that the server would refuse. */
export const UNREAD = Symbol("unread");
export type Reading = FormulaValue | typeof UNREAD;

/** A field of one part. */
type Entered = Exclude<Field, SubformField | CompositeField>;

type TextLike = Extract<
  Field,
  { type: "text" | "long_text" | "serial" | "email" | "url" | "phone" | "barcode" | "rich_text" }
>;
type Plain = TextLike | NumberLike | Extract<Entered, { type: "time" | "boolean" | "date" | "datetime" }>;

const CLOCK = /^((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?$/;
const LONGEST = {
  text: 255,
  long_text: 10_000,
  serial: 200,
  email: 254,
  url: 2000,
  phone: 60,
  barcode: 1000,
  rich_text: 20_000,
};
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[Tt ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const ID = /^[0-9a-f]{24}$/;
const UNSTORABLE = /[\0\p{Surrogate}]/u;
const MAX_REFERENCES = 500;
const SIGNATURES: readonly string[] = ["image/png"];

/**
 * A value that the server keeps, as formulas see it: what the field allows today was perhaps not asked when it was stored.
 * Files by name, rows by their ids.
 */
export function readStored(field: Entered | SubformField, json: Json | undefined, zone: string): FormulaValue {
  if (isBlank(json)) return null;
  switch (field.type) {
    case "attachment":
    case "image":
    case "signature":
      return filesOf(json).map((file) => file.name);
    case "subform":
      return rowsOf(json).map((row) => rowId(row) || "-");
    case "number":
    case "rating":
    case "progress":
    case "duration":
      return decimal(String(json));
    case "boolean":
      return json === true;
    case "date":
      return Day.read(String(json)) ?? null;
    case "datetime":
      return wallClock(Date.parse(String(json)), zone) ?? null;
    default:
      return Array.isArray(json) ? json.map(String) : String(json);
  }
}

export function isBlank(json: Json | undefined): json is null | undefined | "" | [] {
  return json === undefined || json === null || json === "" || (Array.isArray(json) && json.length === 0);
}

export function readField(field: Entered, json: Json | undefined, zone: string): Reading {
  if (isBlank(json)) return null;
  switch (field.type) {
    case "text":
    case "long_text":
    case "serial":
    case "email":
    case "url":
    case "phone":
    case "barcode":
    case "rich_text":
      return readText(json, longestOf(field));
    case "number":
    case "rating":
    case "progress":
    case "duration":
      return readNumber(numberForm(field), json);
    case "time":
      return readTime(json, field.precision === "second");
    case "boolean":
      return typeof json === "boolean" ? json : UNREAD;
    case "date":
      return (typeof json === "string" ? Day.read(json) : undefined) ?? UNREAD;
    case "datetime":
      return readInstant(json, zone);
    default:
      return readChosen(field, json);
  }
}

function readChosen(field: Exclude<Entered, Plain>, json: Json): Reading {
  switch (field.type) {
    case "select":
      return readOption(field.options, json);
    case "multi_select":
      return readOptions(field.options, json);
    case "member":
    case "department":
      return field.multiple === true ? readIds(json) : readId(json);
    case "link":
      return field.multiple === true ? readLinks(json, field.max_items ?? MAX_REFERENCES) : readId(json);
    case "lookup":
    case "rollup":
    case "related":
      return UNREAD; // nobody enters it
    default:
      return readFileField(field, json);
  }
}

function readFileField(field: Extract<Field, { type: "attachment" | "image" | "signature" }>, json: Json): Reading {
  if (field.type === "signature") return arePictures(json, SIGNATURES) ? readFiles(json, 1) : UNREAD;
  const isRefused = field.type === "image" && !arePictures(json, PICTURES);
  return isRefused ? UNREAD : readFiles(json, field.max_files ?? MAX_FILES);
}

/** How many characters a text may have. */
export function longestOf(field: TextLike): number {
  const given = "max_length" in field ? field.max_length : undefined;
  return given ?? LONGEST[field.type];
}

function readText(json: Json, longest: number): Reading {
  if (typeof json !== "string" || UNSTORABLE.test(json)) return UNREAD;
  return json.length > longest && [...json].length > longest ? UNREAD : json;
}

function readNumber(form: NumberForm, json: Json): Reading {
  const found = exact(json);
  return found !== undefined && form.holds(found) && form.isInRange(found) ? found : UNREAD;
}

function readTime(json: Json, hasSeconds: boolean): Reading {
  const [, minute, second] = (typeof json === "string" ? CLOCK.exec(json) : null) ?? [];
  if (minute === undefined) return UNREAD;
  if (hasSeconds) return minute + (second ?? ":00");
  return second === undefined || second === ":00" ? minute : UNREAD;
}

export function readInstant(json: Json, zone: string): Reading {
  if (typeof json !== "string" || Day.read(INSTANT.exec(json)?.[1] ?? "") === undefined) return UNREAD;
  const instant = Date.parse(json.toUpperCase().replace(" ", "T"));
  return Number.isNaN(instant) ? UNREAD : (wallClock(instant, zone) ?? UNREAD);
}

type Options = readonly { key: string }[];

function readOption(options: Options, json: Json): Reading {
  return typeof json === "string" && options.some((option) => option.key === json) ? json : UNREAD;
}

/** Chosen options in their authored order, each once. */
function readOptions(options: Options, json: Json): Reading {
  if (!Array.isArray(json) || json.some((item) => readOption(options, item) === UNREAD)) return UNREAD;
  return options.map((option) => option.key).filter((key) => json.includes(key));
}

function isId(json: Json): json is string {
  return typeof json === "string" && ID.test(json);
}

function readId(json: Json): Reading {
  return isId(json) ? json : UNREAD;
}

function readIds(json: Json): Reading {
  if (!Array.isArray(json)) return UNREAD;
  const ids = [...new Set(json.filter(isId))];
  return ids.length > MAX_REFERENCES || !json.every(isId) ? UNREAD : ids;
}

/** The records of a link to many; one id counts as a list. */
function readLinks(json: Json, most: number): Reading {
  const ids = readIds(typeof json === "string" ? [json] : json);
  return Array.isArray(ids) && ids.length > most ? UNREAD : ids;
}

/** Files by name. */
function readFiles(json: Json, most: number): Reading {
  if (!Array.isArray(json) || json.length > most) return UNREAD;
  return json.map((item) => {
    const name = typeof item === "object" && item !== null && !Array.isArray(item) ? item["name"] : undefined;
    return typeof name === "string" ? name : "";
  });
}

/** Whether all files are of these kinds; of one without a name the server knows the kind. */
function arePictures(json: Json, kinds: readonly string[]): boolean {
  return filesOf(json).every((file) => !file.name || kinds.includes(file.media_type));
}
