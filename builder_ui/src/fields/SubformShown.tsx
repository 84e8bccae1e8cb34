import type { SubformField } from "../api/types";
import { type RowValue, rowId } from "../forms/wire";
import { useLabel } from "../i18n/label";
import { useIsPhone } from "../ui/useIsPhone";
import { ColumnShow } from "./ColumnParts";
import { ColumnTitle } from "./SubformColumns";

interface RowsShownProps {
  field: SubformField;
  rows: RowValue[];
  /** The error value that the formula of a row's column ends in. */
  failedAt?: (position: number, key: string) => string | undefined;
}

/** Rows for reading: a table, or cards on a phone. */
export function RowsShown({ field, rows, failedAt = () => undefined }: RowsShownProps) {
  const label = useLabel();
  const isPhone = useIsPhone();
  if (isPhone) {
    return (
      <div className="stack">
        {rows.map((row, position) => (
          <dl key={rowId(row) || position} className="row-card facts">
            {field.fields.map((column) => (
              <div key={column.key} className="row between">
                <dt className="quiet">{label(column.title)}</dt>
                <dd>
                  <ColumnShow field={column} value={row[column.key] ?? null} failed={failedAt(position, column.key)} />
                </dd>
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
                  <ColumnShow field={column} value={row[column.key] ?? null} failed={failedAt(position, column.key)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
