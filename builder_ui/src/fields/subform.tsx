import { Button } from "antd";
import { type ReactNode, useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Json, Rights, RowField, SubformField } from "../api/types";
import { type Entry, useCurrentEntry, useEntryAbove } from "../forms/entry";
import { copiedRow, isWritable, type RowValue, rowId, rowsOf } from "../forms/wire";
import { useLabel } from "../i18n/label";
import { PlusOutlined } from "../ui/icons";
import { useIsPhone } from "../ui/useIsPhone";
import { useLatest } from "../ui/useLatest";
import type { EditProps, FieldParts, ShowProps } from "./contract";
import { ColumnTitle } from "./SubformColumns";
import { RowCard, RowLine, type RowProps } from "./SubformRow";
import { RowsShown } from "./SubformShown";

const MAX_ROWS = 200;

/** Changes to rows that keep their identity, so that rows which did not change are not drawn again. */
function useRowChanges(field: SubformField, rows: RowValue[], onChange: (value: Json) => void, made: () => RowValue) {
  const latest = useLatest(rows);
  const newRow = useLatest(made);
  const cell = useCallback(
    (id: string, key: string, value: Json) =>
      onChange(latest.current.map((row) => (rowId(row) === id ? { ...row, [key]: value } : row))),
    [onChange, latest],
  );
  const copy = useCallback(
    (id: string) =>
      onChange(latest.current.flatMap((row) => (rowId(row) === id ? [row, copiedRow(field, row)] : [row]))),
    [onChange, latest, field],
  );
  const remove = useCallback(
    (id: string) => onChange(latest.current.filter((row) => rowId(row) !== id)),
    [onChange, latest],
  );
  const add = useCallback(() => onChange([...latest.current, newRow.current()]), [onChange, latest, newRow]);
  return { cell, copy, remove, add };
}

interface RowsProps {
  field: SubformField;
  /** Of the field, `lines` or `lines.parts`, and of the list in the record: `/lines`, `/lines/0/parts`. */
  path: string;
  pointer: string;
  value: Json;
  label: string;
  describedBy?: string | undefined;
  onChange: (value: Json) => void;
}

/** The rows of a subform, or of one inside a row, being entered. */
function RowsEdit({ field, path, pointer, value, label, describedBy, onChange }: RowsProps) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const entry = useCurrentEntry();
  const rows = rowsOf(value);
  const changes = useRowChanges(field, rows, onChange, () => entry.newRow(path));
  const canChangeRows = isWritable(entry.rights, path);
  const isFull = rows.length >= (field.max_rows ?? MAX_ROWS);
  const columns = useMemo(
    () => field.fields.filter((column) => entry.rights[`${path}.${column.key}`] !== "hidden"),
    [field, path, entry.rights],
  );
  const inner = useInner(path, pointer, changes.cell);
  const rowProps = (row: RowValue, position: number): RowProps => ({
    path,
    columns,
    row,
    position,
    rights: entry.rights,
    faults: byColumn(field, (column) => faultIn(entry, column, row, { path, pointer: `${pointer}/${position}` })),
    failed: byColumn(field, ({ key }) => entry.failedAt(`${pointer}/${position}/${key}`)),
    canChangeRows,
    isFull,
    onCell: changes.cell,
    onCopy: changes.copy,
    onRemove: changes.remove,
    onTouch: entry.touch,
    inner,
  });
  return (
    <fieldset className="subform" aria-label={label} aria-describedby={describedBy}>
      {rows.length === 0 && <p className="quiet subform-empty">{t("fields.noRows")}</p>}
      {rows.length > 0 &&
        isPhone &&
        rows.map((row, position) => <RowCard key={rowId(row)} {...rowProps(row, position)} />)}
      {rows.length > 0 && !isPhone && (
        <RowsTable path={path} columns={columns} rights={entry.rights}>
          {rows.map((row, position) => (
            <RowLine key={rowId(row)} {...rowProps(row, position)} />
          ))}
        </RowsTable>
      )}
      {canChangeRows && (
        <Button type="dashed" block={isPhone} icon={<PlusOutlined />} disabled={isFull} onClick={changes.add}>
          {t("fields.addRow")}
        </Button>
      )}
    </fieldset>
  );
}

/** How the rows inside a row are entered. */
function useInner(path: string, pointer: string, onCell: RowProps["onCell"]): RowProps["inner"] {
  const { t } = useTranslation();
  const titleOf = useLabel();
  return useCallback(
    (column, row, position) => (
      <RowsEdit
        field={column}
        path={`${path}.${column.key}`}
        pointer={`${pointer}/${position}/${column.key}`}
        value={row[column.key] ?? null}
        label={`${titleOf(column.title)}, ${t("fields.row", { number: position + 1 })}`}
        onChange={(next) => onCell(rowId(row), column.key, next)}
      />
    ),
    [path, pointer, titleOf, t, onCell],
  );
}

interface TableProps {
  path: string;
  columns: readonly RowField[];
  rights: Rights;
  children: ReactNode;
}

function RowsTable({ path, columns, rights, children }: TableProps) {
  const { t } = useTranslation();
  return (
    <div className="subform-scroll">
      <table className="subform-table">
        <thead>
          <tr>
            <th className="row-number">#</th>
            {columns.map((column) => (
              <ColumnTitle key={column.key} column={column} isEntered={isWritable(rights, `${path}.${column.key}`)} />
            ))}
            {isWritable(rights, path) && <th className="row-actions">{t("fields.rowActions")}</th>}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Edit({ field, value, onChange, label, describedBy }: EditProps<SubformField>) {
  return (
    <RowsEdit
      field={field}
      path={field.key}
      pointer={`/${field.key}`}
      value={value}
      label={label}
      describedBy={describedBy}
      onChange={onChange}
    />
  );
}

/** The fault of a cell in a row at a pointer, of an inner subform the first of its own or of its cells. */
function faultIn(entry: Entry, column: RowField, row: RowValue, at: { path: string; pointer: string }): string | null {
  const { key } = column;
  const own = entry.faultAt(`${at.pointer}/${key}`, `${at.path}/${rowId(row)}/${key}`);
  if (own !== null || column.type !== "subform") return own;
  for (const [position, inside] of rowsOf(row[key]).entries()) {
    const below = { path: `${at.path}.${key}`, pointer: `${at.pointer}/${key}/${position}` };
    for (const cell of column.fields) {
      const found = faultIn(entry, cell, inside, below);
      if (found !== null) return found;
    }
  }
  return null;
}

const none: Record<string, string> = {};

/** What is found for the columns of one row; the same empty object for every row without anything. */
function byColumn(field: SubformField, find: (column: RowField) => string | null): Record<string, string> {
  let found = none;
  for (const column of field.fields) {
    const one = find(column);
    if (one !== null) found = { ...found, [column.key]: one };
  }
  return found;
}

function Show({ field, value }: ShowProps<SubformField>) {
  const entry = useEntryAbove();
  return (
    <RowsShown
      field={field}
      rows={rowsOf(value)}
      failedAt={(pointer) => entry?.failedAt(`/${field.key}${pointer}`) ?? undefined}
    />
  );
}

export const subform: FieldParts<SubformField> = { Edit, Show };
