import { Button } from "antd";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Json, SubformField } from "../api/types";
import { useCurrentEntry, useEntryAbove } from "../forms/entry";
import { isWritable, localRowId, type RowValue, rowId, rowsOf } from "../forms/wire";
import { PlusOutlined } from "../ui/icons";
import { useIsPhone } from "../ui/useIsPhone";
import { useLatest } from "../ui/useLatest";
import type { EditProps, FieldParts, ShowProps } from "./contract";
import { ColumnTitle } from "./SubformColumns";
import { RowCard, RowLine, type RowProps } from "./SubformRow";
import { RowsShown } from "./SubformShown";

const MAX_ROWS = 200;

/** Changes to rows that keep their identity, so that rows which did not change are not drawn again. */
function useRowChanges(rows: RowValue[], onChange: (value: Json) => void, made: () => RowValue) {
  const latest = useLatest(rows);
  const newRow = useLatest(made);
  const cell = useCallback(
    (id: string, key: string, value: Json) =>
      onChange(latest.current.map((row) => (rowId(row) === id ? { ...row, [key]: value } : row))),
    [onChange, latest],
  );
  const copy = useCallback(
    (id: string) =>
      onChange(latest.current.flatMap((row) => (rowId(row) === id ? [row, { ...row, id: localRowId() }] : [row]))),
    [onChange, latest],
  );
  const remove = useCallback(
    (id: string) => onChange(latest.current.filter((row) => rowId(row) !== id)),
    [onChange, latest],
  );
  const add = useCallback(() => onChange([...latest.current, newRow.current()]), [onChange, latest, newRow]);
  return { cell, copy, remove, add };
}

function Edit({ field, value, onChange, label, describedBy }: EditProps<SubformField>) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const entry = useCurrentEntry();
  const rows = rowsOf(value);
  const changes = useRowChanges(rows, onChange, () => entry.newRow(field.key));
  const canChangeRows = isWritable(entry.rights, field.key);
  const isFull = rows.length >= (field.max_rows ?? MAX_ROWS);
  const columns = useMemo(
    () => field.fields.filter((column) => entry.rights[`${field.key}.${column.key}`] !== "hidden"),
    [field, entry.rights],
  );
  const rowProps = (row: RowValue, position: number): RowProps => ({
    subform: field,
    columns,
    row,
    position,
    rights: entry.rights,
    faults: byColumn(field, (key) =>
      entry.faultAt(`/${field.key}/${position}/${key}`, `${field.key}/${rowId(row)}/${key}`),
    ),
    failed: byColumn(field, (key) => entry.failedAt(`/${field.key}/${position}/${key}`)),
    canChangeRows,
    isFull,
    onCell: changes.cell,
    onCopy: changes.copy,
    onRemove: changes.remove,
    onTouch: entry.touch,
  });
  return (
    <fieldset className="subform" aria-label={label} aria-describedby={describedBy}>
      {rows.length === 0 && <p className="quiet subform-empty">{t("fields.noRows")}</p>}
      {rows.length > 0 &&
        isPhone &&
        rows.map((row, position) => <RowCard key={rowId(row)} {...rowProps(row, position)} />)}
      {rows.length > 0 && !isPhone && (
        <div className="subform-scroll">
          <table className="subform-table">
            <thead>
              <tr>
                <th className="row-number">#</th>
                {columns.map((column) => (
                  <ColumnTitle
                    key={column.key}
                    column={column}
                    isEntered={isWritable(entry.rights, `${field.key}.${column.key}`)}
                  />
                ))}
                {canChangeRows && <th className="row-actions">{t("fields.rowActions")}</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, position) => (
                <RowLine key={rowId(row)} {...rowProps(row, position)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {canChangeRows && (
        <Button type="dashed" block={isPhone} icon={<PlusOutlined />} disabled={isFull} onClick={changes.add}>
          {t("fields.addRow")}
        </Button>
      )}
    </fieldset>
  );
}

const none: Record<string, string> = {};

/** What is found for the columns of one row; the same empty object for every row without anything. */
function byColumn(field: SubformField, find: (key: string) => string | null): Record<string, string> {
  let found = none;
  for (const { key } of field.fields) {
    const one = find(key);
    if (one !== null) found = { ...found, [key]: one };
  }
  return found;
}

function Show({ field, value }: ShowProps<SubformField>) {
  const entry = useEntryAbove();
  return (
    <RowsShown
      field={field}
      rows={rowsOf(value)}
      failedAt={(position, key) => entry?.failedAt(`/${field.key}/${position}/${key}`) ?? undefined}
    />
  );
}

export const subform: FieldParts<SubformField> = { Edit, Show };
