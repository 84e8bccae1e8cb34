// Switches of a form that is filled in: one that is shown and was left alone means no, as the person saw it.
import type { Entity, Field, Rights, SubformField } from "../../api/types";
import type { FormulaValue } from "../../formula/values";
import { isWritable } from "../wire";
import type { ReadRecord, ReadRow } from "./record";
import type { LocalRun } from "./run";

/** Answer the switches of a record in place; whether there was one to answer. */
export function answerSwitches(
  record: ReadRecord,
  run: LocalRun,
  { entity, rights }: { entity: Entity; rights: Rights },
  isShown: (key: string) => boolean,
): boolean {
  const shown = entity.fields.filter((field) => isShown(field.key));
  return shown.map((field) => answerField(record, run, field, rights)).includes(true);
}

function answerField(record: ReadRecord, run: LocalRun, field: Field, rights: Rights): boolean {
  const { key } = field;
  if (field.type === "subform") {
    const rows = answerRows(record.rows.get(key) ?? [], run, field, rights);
    if (rows !== null) record.rows.set(key, rows);
    return rows !== null;
  }
  const isLeft = field.type === "boolean" && isOpen(run, rights, key, `/${key}`) && isNone(run.values.get(key));
  if (isLeft) record.values.set(key, false);
  return isLeft;
}

function isNone(value: FormulaValue | undefined): boolean {
  return value === undefined || value === null;
}

function isOpen(run: LocalRun, rights: Rights, path: string, pointer: string): boolean {
  return isWritable(rights, path) && !run.unread.has(pointer);
}

/** The rows with answers; null if there is nothing to answer. */
function answerRows(
  rows: readonly ReadRow[],
  run: LocalRun,
  field: SubformField,
  rights: Rights,
): readonly ReadRow[] | null {
  const switches = field.fields.filter((column) => column.type === "boolean").map((column) => column.key);
  const made = rows.map((row, position) => {
    const left = switches.filter(
      (key) =>
        isNone(row.cells.get(key)) && isOpen(run, rights, `${field.key}.${key}`, `/${field.key}/${position}/${key}`),
    );
    if (left.length === 0) return row;
    return { ...row, cells: new Map([...row.cells, ...left.map((key): [string, FormulaValue] => [key, false])]) };
  });
  return made.some((row, position) => row !== rows[position]) ? made : null;
}
