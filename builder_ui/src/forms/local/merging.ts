// Values of an entry with those that were computed here; rows that stay as they are stay the same objects.
import type { Entity, Evaluation, Json, Values } from "../../api/types";
import { isSameJson, type RowValue, rowId, rowsOf } from "../wire";
import type { LocalEvaluation } from "./LocalForm";

type Cells = LocalEvaluation["cells"];

/** Columns of a subform by key, with the cells that were computed. */
function columnsOf(cells: Cells, subform: string): [string, ReadonlyMap<string, Json>][] {
  const prefix = `${subform}.`;
  return [...cells].flatMap(([path, byRow]): [string, ReadonlyMap<string, Json>][] =>
    path.startsWith(prefix) ? [[path.slice(prefix.length), byRow]] : [],
  );
}

function withCells(row: RowValue, columns: ReturnType<typeof columnsOf>): RowValue {
  const found = columns.map(([key, byRow]): [string, Json] => [key, byRow.get(rowId(row)) ?? null]);
  return found.every(([key, cell]) => isSameJson(row[key], cell)) ? row : { ...row, ...Object.fromEntries(found) };
}

export function withLocal(entity: Entity, values: Values, local: LocalEvaluation): Values {
  const merged: Values = { ...values, ...Object.fromEntries(local.fields) };
  for (const { key } of entity.fields) {
    const columns = columnsOf(local.cells, key);
    if (columns.length > 0) merged[key] = rowsOf(values[key]).map((row) => withCells(row, columns));
  }
  return merged;
}

export interface Disagreement {
  path: string;
  here: Json;
  server: Json;
}

/** Where the server came to something else for the same values. `rowIds`: of the rows that were sent, by subform. */
export function disagreements(
  local: LocalEvaluation,
  answer: Evaluation,
  rowIds: Record<string, string[]>,
): Disagreement[] {
  const found: Disagreement[] = [];
  const compare = (path: string, here: Json, server: Json | undefined) => {
    if (!isSameJson(here, server)) found.push({ path, here, server: server ?? null });
  };
  for (const [path, here] of local.fields) compare(path, here, answer.values[path]);
  for (const [path, byRow] of local.cells) {
    const [key = "", column = ""] = path.split(".");
    const rows = rowsOf(answer.values[key]);
    for (const [position, id] of (rowIds[key] ?? []).entries()) {
      compare(`${path} #${position + 1}`, byRow.get(id) ?? null, rows[position]?.[column]);
    }
  }
  for (const [path, isShown] of local.shown) compare(`${path} is shown`, isShown, !answer.hidden.includes(path));
  return found;
}
