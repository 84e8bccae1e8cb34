// One row of a subform being entered: a line of a table, or a card on a phone.
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { ColumnField, Json, Rights, SubformField } from "../api/types";
import { isComputed, isWritable, type RowValue, rowId } from "../forms/wire";
import { useLabel } from "../i18n/label";
import { ColumnEdit, ColumnShow } from "./ColumnParts";
import { RequiredMark } from "./RequiredMark";
import { RowButtons } from "./SubformButtons";

export interface RowProps {
  subform: SubformField;
  columns: ColumnField[];
  row: RowValue;
  position: number;
  rights: Rights;
  /** By column key. */
  faults: Record<string, string>;
  /** Error values of formulas, by column key. */
  failed: Record<string, string>;
  canChangeRows: boolean;
  isFull: boolean;
  onCell: (id: string, key: string, value: Json) => void;
  onCopy: (id: string) => void;
  onRemove: (id: string) => void;
  onTouch: (touchKey: string) => void;
}

function Cell({ column, ...props }: RowProps & { column: ColumnField }) {
  const { t } = useTranslation();
  const title = useLabel()(column.title);
  const { subform, row, position, faults, rights, onCell, onTouch } = props;
  const id = rowId(row);
  const value = row[column.key] ?? null;
  const canWrite = isWritable(rights, `${subform.key}.${column.key}`) && !isComputed(column);
  if (!canWrite) return <ColumnShow field={column} value={value} failed={props.failed[column.key]} />;
  const place = `${subform.key}-${id}-${column.key}`;
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
        onLeave={() => onTouch(`${subform.key}/${id}/${column.key}`)}
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

export const RowLine = memo(function RowLine(props: RowProps) {
  const { columns, row, position, canChangeRows, isFull, onCopy, onRemove } = props;
  return (
    <tr>
      <td className="row-number">{position + 1}</td>
      {columns.map((column) => (
        <td key={column.key} className={`column-${column.type}`}>
          <Cell {...props} column={column} />
        </td>
      ))}
      {canChangeRows && (
        <td className="row-actions">
          <RowButtons position={position} id={rowId(row)} isFull={isFull} onCopy={onCopy} onRemove={onRemove} />
        </td>
      )}
    </tr>
  );
});

export const RowCard = memo(function RowCard(props: RowProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const { columns, row, position, canChangeRows, isFull, onCopy, onRemove } = props;
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
          <Cell {...props} column={column} />
        </div>
      ))}
    </section>
  );
});
