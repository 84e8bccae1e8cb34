// Evaluate one formula a line: `{tree, values, now, zone, steps?}` on standard input, the value on standard output.
import { createInterface } from "node:readline";
import { type SentCalendars, workCalendars } from "../src/formula/calendars";
import { Moment } from "../src/formula/days";
import { environment } from "../src/formula/environment";
import { readValue, type WireValue, wireValue } from "../src/formula/exchange";
import { prepare } from "../src/formula/interpret";
import { BudgetExceeded } from "../src/formula/values";
import type { WireNode } from "../src/formula/wire";

interface Line {
  tree: WireNode;
  values: Record<string, WireValue>;
  now: string;
  zone: string;
  steps?: number;
  calendars?: SentCalendars;
}

type Answer = WireValue | { broken: string };

function answer(line: Line): Answer {
  const now = Moment.read(line.now);
  if (now === undefined) return { broken: `now: ${line.now}` };
  try {
    const values = new Map(Object.entries(line.values).map(([path, sent]) => [path, readValue(sent)]));
    const env = environment((path) => values.get(path) ?? null, {
      now,
      zone: line.zone,
      ...(line.calendars === undefined ? {} : { calendars: workCalendars(line.calendars) }),
      ...(line.steps === undefined ? {} : { steps: line.steps }),
    });
    return wireValue(prepare(line.tree)(env));
  } catch (caught) {
    if (caught instanceof BudgetExceeded) return { broken: "budget" };
    return { broken: String(caught) };
  }
}

/** Answers in the order of the lines until the input ends. */
export async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== "") process.stdout.write(`${JSON.stringify(answer(JSON.parse(line) as Line))}\n`);
  }
}
