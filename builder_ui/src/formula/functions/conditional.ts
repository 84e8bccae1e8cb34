// Aggregates over the rows that meet criteria.
import { type Decimal, decimal } from "../decimal";
import type { Env } from "../environment";
import type { FormulaList, FormulaValue } from "../values";
import { average, extreme, isNumeric, sum } from "./aggregate";
import { criterion } from "./criteria";
import { asking, type FunctionTable } from "./registry";

/** Which rows meet every list/criterion pair. */
function kept(env: Env, length: number, tests: readonly FormulaList[]): boolean[] {
  const rows = Array.from({ length }, () => true);
  for (let pair = 0; pair + 1 < tests.length; pair += 2) {
    const [column = [], wanted = []] = tests.slice(pair, pair + 2);
    const holds = criterion(env, wanted[0] ?? null);
    for (const row of rows.keys()) rows[row] = rows[row] === true && row < column.length && holds(column[row] ?? null);
  }
  return rows;
}

/** Numbers and days in the rows that meet every criterion. */
function chosen(env: Env, values: FormulaList, tests: readonly FormulaList[]): FormulaList {
  const rows = kept(env, values.length, tests);
  return values.filter((value, row) => rows[row] === true && isNumeric(value));
}

type Aggregate = (values: FormulaList) => FormulaValue;

function ofColumn(
  aggregate: Aggregate,
): (env: Env, column: FormulaList, wanted: FormulaList, values?: FormulaList) => FormulaValue {
  return (env, column, wanted, values = column) => aggregate(chosen(env, values, [column, wanted]));
}

function ofRows(aggregate: Aggregate): (env: Env, values: FormulaList, ...tests: FormulaList[]) => FormulaValue {
  return (env, values, ...tests) => aggregate(chosen(env, values, tests));
}

function countIf(env: Env, ...tests: FormulaList[]): Decimal {
  const rows = kept(env, tests[0]?.length ?? 0, tests);
  return decimal(rows.filter(Boolean).length);
}

export const CONDITIONAL: FunctionTable = {
  COUNTIF: asking(countIf),
  SUMIF: asking(ofColumn(sum)),
  SUMIFS: asking(ofRows(sum)),
  AVERAGEIF: asking(ofColumn(average)),
  AVERAGEIFS: asking(ofRows(average)),
  MAXIFS: asking(ofRows(extreme(1))),
  MINIFS: asking(ofRows(extreme(-1))),
};
