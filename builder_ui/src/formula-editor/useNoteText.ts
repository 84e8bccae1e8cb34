// What is wrong or doubtful about a formula, in the words of the editor: fields by their labels, no counted places.
import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { FormulaNote } from "../api/formulas";
import { toUnits } from "./offsets";
import { pathOf, tokenize } from "./tokens";
import type { Known } from "./vocabulary";

type Fields = ReadonlyMap<string, Known>;
export type NoteText = (note: FormulaNote, source: string) => string;

/** Tells a note about the formula `source`. */
export function useNoteText(fields: Fields): NoteText {
  const { t } = useTranslation();
  return useCallback((note, source) => noteText(note, { source, fields, t }), [fields, t]);
}

interface Told {
  source: string;
  fields: Fields;
  t: TFunction;
}

export function noteText(note: FormulaNote, told: Told): string {
  const { t, fields } = told;
  const words = { expected: note.expected ?? "", found: foundOf(note, told) };
  switch (note.code) {
    case "formula_unknown_field":
      return unknownField(note, told);
    case "formula_type":
      return t("formulas.notes.type", { ...words, piece: pieceOf(note, told) });
    case "formula_converts":
      return t("formulas.notes.converts", { ...words, piece: pieceOf(note, told) });
    case "formula_syntax":
      return note.offset >= [...told.source].length
        ? t("formulas.notes.unfinished", words)
        : t("formulas.notes.syntax", { ...words, piece: quoted(note, told) });
    case "formula_not_in_sql":
      return t("formulas.notes.notInLists", { what: whatOf(note, told) });
    case "computed_cycle":
      return note.message.replace(textOf(note.params["cycle"]), (cycle) =>
        cycle
          .split(" → ")
          .map((path) => labelOf(path, fields))
          .join(" → "),
      );
    default:
      return withLabel(note, fields);
  }
}

/** What was found; of a subform, its rows. */
function foundOf(note: FormulaNote, { source, fields, t }: Told): string {
  const token = tokenAt(note, source);
  const field = token?.kind === "reference" ? fields.get(pathOf(token.text)) : undefined;
  return field?.isList && field.kind === "any" ? t("formulas.rows") : (note.found ?? "");
}

function textOf(param: FormulaNote["params"][string] | undefined): string {
  return typeof param === "string" ? param : "";
}

function labelOf(path: string, fields: Fields): string {
  return fields.get(path)?.label ?? path;
}

function unknownField(note: FormulaNote, { fields, t }: Told): string {
  const name = textOf(note.params["name"]);
  const near = /\((?<path>.+)\?\)/u.exec(textOf(note.params["suggestion"]))?.groups?.["path"];
  if (near === undefined) return t("formulas.notes.noField", { name });
  return t("formulas.notes.noFieldBut", { name, near: labelOf(near, fields) });
}

/** The piece of the text that the note stands at. */
function tokenAt(note: FormulaNote, source: string) {
  const from = toUnits(source, note.offset);
  return tokenize(source).find((token) => token.from <= from && from < token.to) ?? null;
}

const COMPUTES: ReadonlySet<string> = new Set(["name", "operator"]);

/** What a value that does not fit is: a field, what a function or an operator comes to, or what was written. */
function pieceOf(note: FormulaNote, told: Told): string {
  const token = tokenAt(note, told.source);
  const isComputed = token !== null && COMPUTES.has(token.kind) && !/^(?:true|false)$/iu.test(token.text);
  const piece = quoted(note, told);
  return isComputed ? told.t("formulas.notes.resultOf", { piece }) : piece;
}

function quoted(note: FormulaNote, { source, fields, t }: Told): string {
  const token = tokenAt(note, source);
  if (token?.kind === "reference") {
    return t("formulas.notes.field", { name: labelOf(pathOf(token.text), fields) });
  }
  return t("formulas.notes.piece", { text: token?.text ?? "" });
}

/** What lists cannot compute; where it is the piece itself, it is not said twice. */
function whatOf(note: FormulaNote, told: Told): string {
  const piece = quoted(note, told);
  const what = note.found ?? "";
  if (what === "" || tokenAt(note, told.source)?.text.toUpperCase() === what) return piece;
  return told.t("formulas.notes.whatAt", { piece, what });
}

/** Messages about one field quote its key. */
function withLabel(note: FormulaNote, fields: Fields): string {
  const path = textOf(note.params["field"]);
  return path === "" ? note.message : note.message.replaceAll(`“${path}”`, `“${labelOf(path, fields)}”`);
}
