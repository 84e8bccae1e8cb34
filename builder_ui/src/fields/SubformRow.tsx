// One row of a subform being entered: a line of a table, or a card on a phone.
import { memo, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ColumnField, Json, Rights, RowField, SubformField } from "../api/types";
import { isComputed, isStored, isWritable, type RowValue, rowId, rowsOf } from "../forms/wire";
import { useLabel } from "../i18n/label";
import { ColumnEdit, ColumnShow } from "./ColumnParts";
import { RequiredMark } from "./RequiredMark";
import { RowButtons } from "./SubformButtons";
import { InnerToggle } from "./SubformToggle";

export interface RowProps {
  /** Path of the subform: `lines`, `lines.parts`. */
  path: string;
  columns: RowField[];
  row: RowValue;
  position: number;
  rights: Rights;
  /** By column key; of an inner subform a fault of any of its cells. */
  faults: Record<string, string>;
  /** Error values of formulas, by column key. */
  failed: Record<string, string>;
  canChangeRows: boolean;
  isFull: boolean;
  onCell: (id: string, key: string, value: Json) => void;
  onCopy: (id: string) => void;
  onRemove: (id: string) => void;
  onTouch: (touchKey: string) => void;
  /** The rows of an inner subform. */
  inner: (field: SubformField, row: RowValue, position: number) => ReactNode;
}

function Cell({ column, ...props }: RowProps & { column: ColumnField }) {
  const { t } = useTranslation();
  const title = useLabel()(column.title);
  const { path, row, position, faults, rights, onCell, onTouch } = props;
  const id = rowId(row);
  const value = row[column.key] ?? null;
  const canWrite = isWritable(rights, `${path}.${column.key}`) && !isComputed(column);
  if (!canWrite) return <ColumnShow field={column} value={value} failed={props.failed[column.key]} />;
  const place = `${path}-${id}-${column.key}`;
  const fault = faults[column.key];
  return (
    <div className={fault === undefined ? "cell" : "cell field-invalid"}>
      <ColumnEdit
        field={column}
        value={value}
        id={place}
        label={`${title}, ${t("fields.row", { number: position + 1 })}`}
        isInvalid={fault !== undefined}
        isRequired={"required" in column && column.required === true}
        describedBy={fault === undefined ? undefined : `${place}-fault`}
        onLeave={() => onTouch(`${path}/${id}/${column.key}`)}
        onChange={(next) => onCell(id, column.key, next)}
      />
      {fault !== undefined && (
        <div id={`${place}-fault`} className="fault" role="alert">
          {fault}
        </div>
      )}
    </div>
  );
}

/** Which inner subforms are open: what was just added, what has a fault, and what the person opened. */
function useOpen({ row, faults }: RowProps) {
  const [chosen, setChosen] = useState<Record<string, boolean>>({});
  const isOpen = (key: string) => faults[key] !== undefined || (chosen[key] ?? !isStored(row["id"]));
  return { isOpen, toggle: (key: string) => setChosen({ ...chosen, [key]: !isOpen(key) }) };
}

export const RowLine = memo(function RowLine(props: RowProps) {
  const { columns, row, position, canChangeRows, isFull, path, faults, onCopy, onRemove } = props;
  const { isOpen, toggle } = useOpen(props);
  const place = (column: RowField) => `${path}-${rowId(row)}-${column.key}-rows`;
  const opened = columns.filter((column) => column.type === "subform").filter((column) => isOpen(column.key));
  return (
    <>
      <tr>
        <td className="row-number">{position + 1}</td>
        {columns.map((column) => (
          <td key={column.key} className={`column-${column.type}`}>
            {column.type === "subform" ? (
              <InnerToggle
                field={column}
                count={rowsOf(row[column.key]).length}
                position={position}
                isOpen={isOpen(column.key)}
                controls={place(column)}
                fault={faults[column.key]}
                onToggle={() => toggle(column.key)}
              />
            ) : (
              <Cell {...props} column={column} />
            )}
          </td>
        ))}
        {canChangeRows && (
          <td className="row-actions">
            <RowButtons position={position} id={rowId(row)} isFull={isFull} onCopy={onCopy} onRemove={onRemove} />
          </td>
        )}
      </tr>
      {opened.map((column) => (
        <tr key={column.key} id={place(column)} className="row-inside">
          <td colSpan={columns.length + (canChangeRows ? 2 : 1)}>{props.inner(column, row, position)}</td>
        </tr>
      ))}
    </>
  );
});

export const RowCard = memo(function RowCard(props: RowProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const { columns, row, position, canChangeRows, isFull, path, faults, onCopy, onRemove } = props;
  const { isOpen, toggle } = useOpen(props);
  return (
    <section className="row-card" aria-label={t("fields.row", { number: position + 1 })}>
      <div className="row between">
        <strong>{t("fields.row", { number: position + 1 })}</strong>
        {canChangeRows && (
          <RowButtons position={position} id={rowId(row)} isFull={isFull} onCopy={onCopy} onRemove={onRemove} />
        )}
      </div>
      {columns.map((column) => (
        <div key={column.key} className="row-card-field">
          <div className="field-label">
            {"required" in column && column.required === true && <RequiredMark />}
            {label(column.title)}
          </div>
          {column.type === "subform" ? (
            <>
              <InnerToggle
                field={column}
                count={rowsOf(row[column.key]).length}
                position={position}
                isOpen={isOpen(column.key)}
                controls={`${path}-${rowId(row)}-${column.key}-rows`}
                fault={faults[column.key]}
                onToggle={() => toggle(column.key)}
              />
              {isOpen(column.key) && (
                <div id={`${path}-${rowId(row)}-${column.key}-rows`}>{props.inner(column, row, position)}</div>
              )}
            </>
          ) : (
            <Cell {...props} column={column} />
          )}
        </div>
      ))}
    </section>
  );
});
