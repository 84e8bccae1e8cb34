// Aggregates over the rows that meet criteria.
import { type Decimal, decimal } from "../decimal";
import type { FormulaList, FormulaValue } from "../values";
import { average, extreme, isNumeric, sum } from "./aggregate";
import { criterion } from "./criteria";
import { type FunctionTable, plain } from "./registry";

/** Which rows meet every list/criterion pair. */
function kept(length: number, tests: readonly FormulaList[]): boolean[] {
  const rows = Array.from({ length }, () => true);
  for (let pair = 0; pair + 1 < tests.length; pair += 2) {
    const [column = [], wanted = []] = tests.slice(pair, pair + 2);
    const holds = criterion(wanted[0] ?? null);
    for (const row of rows.keys()) rows[row] = rows[row] === true && row < column.length && holds(column[row] ?? null);
  }
  return rows;
}

/** Numbers and days in the rows that meet every criterion. */
function chosen(values: FormulaList, tests: readonly FormulaList[]): FormulaList {
  const rows = kept(values.length, tests);
  return values.filter((value, row) => rows[row] === true && isNumeric(value));
}

type Aggregate = (values: FormulaList) => FormulaValue;

function ofColumn(
  aggregate: Aggregate,
): (column: FormulaList, wanted: FormulaList, values?: FormulaList) => FormulaValue {
  return (column, wanted, values = column) => aggregate(chosen(values, [column, wanted]));
}

function ofRows(aggregate: Aggregate): (values: FormulaList, ...tests: FormulaList[]) => FormulaValue {
  return (values, ...tests) => aggregate(chosen(values, tests));
}

function countIf(...tests: FormulaList[]): Decimal {
  const rows = kept(tests[0]?.length ?? 0, tests);
  return decimal(rows.filter(Boolean).length);
}

export const CONDITIONAL: FunctionTable = {
  COUNTIF: plain(countIf),
  SUMIF: plain(ofColumn(sum)),
  SUMIFS: plain(ofRows(sum)),
  AVERAGEIF: plain(ofColumn(average)),
  AVERAGEIFS: plain(ofRows(average)),
  MAXIFS: plain(ofRows(extreme(1))),
  MINIFS: plain(ofRows(extreme(-1))),
};
