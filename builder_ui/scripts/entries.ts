// Evaluate what is entered into a form, one entry a line, as the page does: `{entity, form, rights, formulas, stored,
// held, workspace}` on standard input, what it came to on standard output.
import { createInterface } from "node:readline";
import type { Entity, Form, Json, LocalFormulas, Rights, Values } from "../src/api/types";
import { LocalForm } from "../src/forms/local/LocalForm";
import { fromWire, rowId, rowsOf, toWire } from "../src/forms/wire";
import { type SentCalendars, workCalendars } from "../src/formula/calendars";

interface Line {
  entity: Entity;
  form: Form | null;
  rights: Rights;
  formulas: LocalFormulas;
  /** Values of the record that is changed; null: it is a new one. */
  stored: Values | null;
  /** What is entered. */
  held: Values;
  workspace: SentCalendars & { zone: string };
}

/** `sent`: what the server would be asked about; `cells`: by column, in the order of the rows. */
interface Answer {
  sent: Values;
  fields: Values;
  cells: Record<string, Json[]>;
  failed: Record<string, string>;
  shown: Record<string, boolean>;
}

function answer({ entity, form, rights, formulas, stored, held: given, workspace }: Line): Answer {
  const held = fromWire(entity, given);
  const local = new LocalForm({
    entity,
    form,
    rights,
    formulas,
    stored,
    workspace: { zone: workspace.zone, calendars: workCalendars(workspace) },
    now: () => Date.parse(formulas.now),
  });
  const found = local.evaluate(held, () => true);
  const cells = [...found.cells].map(([path, byRow]): [string, Json[]] => [
    path,
    rowsOf(held[path.split(".")[0] ?? ""]).map((row) => byRow.get(rowId(row)) ?? null),
  ]);
  return {
    sent: toWire(entity, rights, held),
    fields: Object.fromEntries(found.fields),
    cells: Object.fromEntries(cells),
    failed: Object.fromEntries(found.failed),
    shown: Object.fromEntries(found.shown),
  };
}

/** Answers in the order of the lines until the input ends. */
export async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === "") continue;
    process.stdout.write(`${JSON.stringify(answer(JSON.parse(line) as Line))}\n`);
  }
}
