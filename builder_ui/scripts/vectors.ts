// Run a file of formula vectors with the interpreter of the page: `npm run vectors -- FILE`.
//
// The texts of the formulas are parsed and checked by the server's own command, once for the whole file; what the
// cases come to is computed here.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type SentCalendars, type WorkCalendars, workCalendars } from "../src/formula/calendars";
import { plain } from "../src/formula/coercion";
import { Day, Moment } from "../src/formula/days";
import { type Decimal, decimal, HALF_UP, isDecimal } from "../src/formula/decimal";
import { environment, type Surroundings } from "../src/formula/environment";
import { readValue, type WireValue, wireValue } from "../src/formula/exchange";
import { prepare } from "../src/formula/interpret";
import { ErrorValue, type FormulaResult, isList } from "../src/formula/values";
import type { WireFormula } from "../src/formula/wire";

const SIGNIFICANT = 12;
const MOST_OUTPUT = 1 << 30;
const EMPTY_TYPES: ReadonlySet<string> = new Set(["null", "empty", "blank"]);

interface Expected {
  type?: string;
  value?: WireValue;
  exact?: boolean;
  tol?: string | number;
}

interface Case {
  id: string;
  formula: string;
  calendar: string | null;
  expect: Expected;
  typed: WireFormula | null;
  values: Record<string, WireValue>;
  refused: string | null;
}

interface Header {
  now: string;
  zone: string;
  tables: SentCalendars["tables"];
}

function pythonOf(root: string): string {
  const named = process.env["FORMWRIGHT_PYTHON"];
  if (named !== undefined && named !== "") return named;
  const found = ["bin/python", "Scripts/python.exe"].map((path) => join(root, ".venv", path)).find(existsSync);
  return found ?? "python3";
}

/** What the server's command prints about a file, line by line. */
function typedTrees(file: string): string[] | number {
  const root = resolve(process.cwd(), "..");
  const argumentsOf = ["-m", "engine.cli", "formula", "typed-trees", file];
  const ended = spawnSync(pythonOf(root), argumentsOf, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: MOST_OUTPUT,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PYTHONIOENCODING: "utf-8" },
  });
  if (ended.error !== undefined) process.stderr.write(`${ended.error.message}\n`);
  if (ended.status !== 0) return ended.status ?? 1;
  return ended.stdout.split("\n").filter((line) => line !== "");
}

function outcome(given: Case, surroundings: Surroundings, calendars: WorkCalendars): FormulaResult {
  if (given.typed === null) throw new Error(given.refused ?? "no tree");
  const calendar = given.calendar === null ? undefined : calendars.find(given.calendar);
  if (given.calendar !== null && calendar === undefined) throw new Error(`calendar ${given.calendar}`);
  const values = new Map(Object.entries(given.values).map(([path, sent]) => [path, readValue(sent)]));
  const env = environment((path) => values.get(path) ?? null, {
    ...surroundings,
    ...(calendar === undefined ? {} : { calendars: { ...calendars, default: calendar } }),
  });
  return prepare(given.typed.tree)(env);
}

function rounded(value: Decimal): Decimal {
  return value.toSignificantDigits(SIGNIFICANT, HALF_UP);
}

function isSameNumber(result: Decimal, expected: Expected): boolean {
  const target = decimal(String(expected.value));
  if (expected.exact === true) return result.equals(target);
  if (expected.tol !== undefined) {
    const most = target.abs().times(decimal(String(expected.tol)));
    return result.minus(target).abs().lessThanOrEqualTo(most);
  }
  return rounded(result).equals(rounded(target));
}

function isSameTime(result: FormulaResult, wanted: string): boolean {
  const at = result instanceof Day ? new Moment(result) : result;
  if (!(at instanceof Moment)) return false;
  const day = Day.read(wanted);
  const target = day === undefined ? Moment.read(wanted) : new Moment(day);
  return target !== undefined && at.total() === target.total();
}

const AGREEMENTS: Readonly<Record<string, (result: FormulaResult, expected: Expected) => boolean>> = {
  number: (result, expected) => isDecimal(result) && isSameNumber(result, expected),
  text: (result, { value }) => typeof result === "string" && result === value,
  boolean: (result, { value }) => typeof result === "boolean" && result === value,
  error: (result, { value }) => result instanceof ErrorValue && result.code === value,
  date: (result, { value }) => isSameTime(result, String(value)),
  datetime: (result, { value }) => isSameTime(result, String(value)),
  list: (result, { value }) => isList(result) && JSON.stringify(wireValue(result)) === JSON.stringify(value),
};

function agrees(result: FormulaResult, expected: Expected): boolean {
  const type = expected.type ?? "";
  return AGREEMENTS[type]?.(result, expected) ?? (EMPTY_TYPES.has(type) && result === null);
}

function shown(result: FormulaResult): string {
  if (result instanceof ErrorValue) return result.code;
  return isDecimal(result) ? plain(result) : JSON.stringify(wireValue(result));
}

/** A line about a case that does not hold. */
function failure(given: Case, surroundings: Surroundings, calendars: WorkCalendars): string | undefined {
  let found: string;
  try {
    const result = outcome(given, surroundings, calendars);
    if (agrees(result, given.expect)) return undefined;
    found = shown(result);
  } catch (caught) {
    found = caught instanceof Error ? caught.message : String(caught);
  }
  const wanted = JSON.stringify(given.expect.value ?? null);
  return `✗ ${given.id}  ${given.formula.replaceAll(/\s*\n\s*/g, " ")}  expected ${wanted}, found ${found}`;
}

/** The exit code: 0 only if every case holds. */
export function main(given: readonly string[]): void {
  const [file] = given;
  if (file === undefined) {
    process.stderr.write("usage: npm run vectors -- FILE\n");
    process.exitCode = 2;
    return;
  }
  const lines = typedTrees(resolve(process.env["INIT_CWD"] ?? process.cwd(), file));
  if (typeof lines === "number") {
    process.exitCode = lines;
    return;
  }
  const [header, ...cases] = lines.map((line): unknown => JSON.parse(line));
  report(cases as Case[], header as Header);
}

function report(cases: readonly Case[], header: Header): void {
  const now = Moment.read(header.now);
  if (now === undefined) throw new Error(`now: ${header.now}`);
  const surroundings = { now, zone: header.zone };
  const calendars = workCalendars({ default_calendar: "", calendars: [], tables: header.tables });
  const failures = cases.map((given) => failure(given, surroundings, calendars)).filter((line) => line !== undefined);
  for (const line of failures) process.stdout.write(`${line}\n`);
  process.stdout.write(`${cases.length - failures.length} passed, ${failures.length} failed\n`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
