import type { Json, RowField, SubformField } from "../api/types";
import { type RowValue, rowId, rowsOf } from "../forms/wire";
import { useLabel } from "../i18n/label";
import { useIsPhone } from "../ui/useIsPhone";
import { ColumnShow } from "./ColumnParts";
import { ColumnTitle } from "./SubformColumns";

/** The error value that the formula at a pointer below the rows ends in: `/0/amount`, `/0/parts/1/cost`. */
type FailedAt = (pointer: string) => string | undefined;

interface RowsShownProps {
  field: SubformField;
  rows: RowValue[];
  failedAt?: FailedAt;
}

interface CellProps {
  column: RowField;
  value: Json;
  pointer: string;
  failedAt: FailedAt;
}

/** A cell for reading; of an inner subform its rows. */
function CellShown({ column, value, pointer, failedAt }: CellProps) {
  if (column.type !== "subform") return <ColumnShow field={column} value={value} failed={failedAt(pointer)} />;
  const rows = rowsOf(value);
  if (rows.length === 0) return <span className="quiet">–</span>;
  return <RowsShown field={column} rows={rows} failedAt={(below) => failedAt(`${pointer}${below}`)} />;
}

/** Rows for reading: a table, or cards on a phone. */
export function RowsShown({ field, rows, failedAt = () => undefined }: RowsShownProps) {
  const label = useLabel();
  const isPhone = useIsPhone();
  const cell = (row: RowValue, position: number, column: RowField) => (
    <CellShown
      column={column}
      value={row[column.key] ?? null}
      pointer={`/${position}/${column.key}`}
      failedAt={failedAt}
    />
  );
  if (isPhone) {
    return (
      <div className="stack">
        {rows.map((row, position) => (
          <dl key={rowId(row) || position} className="row-card facts">
            {field.fields.map((column) => (
              <div key={column.key} className={column.type === "subform" ? "stack" : "row between"}>
                <dt className="quiet">{label(column.title)}</dt>
                <dd>{cell(row, position, column)}</dd>
              </div>
            ))}
          </dl>
        ))}
      </div>
    );
  }
  return (
    <div className="subform-scroll">
      <table className="subform-table">
        <thead>
          <tr>
            <th className="row-number">#</th>
            {field.fields.map((column) => (
              <ColumnTitle key={column.key} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, position) => (
            <tr key={rowId(row) || position}>
              <td className="row-number">{position + 1}</td>
              {field.fields.map((column) => (
                <td key={column.key} className={`column-${column.type}`}>
                  {cell(row, position, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
