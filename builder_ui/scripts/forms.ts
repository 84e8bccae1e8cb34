// Evaluate the formulas of one record a line, as a page does while somebody types: `{entity, formulas, values, now,
// zone}` on standard input; computed fields, cells by row and error values by pointer on standard output.
import { createInterface } from "node:readline";
import type { Entity, Json, LocalFormulas, Rights, Values } from "../src/api/types";
import { LocalForm } from "../src/forms/local/LocalForm";

interface Line {
  entity: Entity;
  formulas: LocalFormulas;
  values: Values;
  now: string;
  zone: string;
}

interface Answer {
  fields: Record<string, Json>;
  cells: Record<string, Record<string, Json>>;
  failed: Record<string, string>;
}

/** Everything may be written. */
function rightsOf(entity: Entity): Rights {
  const paths = entity.fields.flatMap((field) =>
    field.type === "subform" ? [field.key, ...field.fields.map((column) => `${field.key}.${column.key}`)] : [field.key],
  );
  return Object.fromEntries(paths.map((path) => [path, "write" as const]));
}

function answer({ entity, formulas, values, now, zone }: Line): Answer {
  const local = new LocalForm({
    entity,
    form: null,
    rights: rightsOf(entity),
    formulas,
    stored: null,
    workspace: { zone },
    now: () => Date.parse(now),
  });
  const { fields, cells, failed } = local.evaluate(values, () => true);
  return {
    fields: Object.fromEntries(fields),
    cells: Object.fromEntries([...cells].map(([path, rows]) => [path, Object.fromEntries(rows)])),
    failed: Object.fromEntries(failed),
  };
}

/** Answers in the order of the lines until the input ends. */
export async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== "") process.stdout.write(`${JSON.stringify(answer(JSON.parse(line) as Line))}\n`);
  }
}
