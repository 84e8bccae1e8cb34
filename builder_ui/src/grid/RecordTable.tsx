import { Table, type TableColumnsType } from "antd";
import type { SorterResult } from "antd/es/table/interface";
import { useMemo } from "react";
import { Link, useNavigate } from "react-router";
import type { Field, RecordView } from "../api/types";
import { useLabel } from "../i18n/label";
import { CellValue } from "./CellValue";
import { directionOf, isSortable, textOfSort } from "./sorts";
import { valueAt } from "./systemFields";

interface RecordTableProps {
  records: RecordView[];
  columns: Field[];
  sort: string;
  isLoading: boolean;
  addressOf: (record: RecordView) => string;
  onSort: (sort: string) => void;
}

const WIDTHS: Partial<Record<Field["type"], number>> = {
  serial: 150,
  text: 200,
  long_text: 260,
  number: 150,
  date: 120,
  datetime: 160,
  time: 100,
  duration: 120,
  email: 220,
  url: 240,
  phone: 160,
  barcode: 180,
  rich_text: 260,
  boolean: 80,
  select: 130,
  member: 150,
  department: 190,
  link: 190,
  date_range: 220,
  address: 260,
  location: 220,
};

const AT_END: readonly string[] = ["number", "duration"];

function useColumns({ columns, sort, addressOf }: RecordTableProps): TableColumnsType<RecordView> {
  const label = useLabel();
  return useMemo(
    () =>
      columns.map((field, position) => ({
        key: field.key,
        title: label(field.title),
        width: WIDTHS[field.type] ?? 160,
        align: AT_END.includes(field.type) ? ("end" as const) : ("start" as const),
        sorter: isSortable(field),
        sortOrder: directionOf(sort, field.key),
        showSorterTooltip: false,
        // the state of the flow matters most: it stays when the other columns are moved
        fixed: field.key === "flow_status" ? ("end" as const) : false,
        render: (_: unknown, record: RecordView) => {
          const value = <CellValue field={field} value={valueAt(record, field.key)} />;
          if (position !== 0) return <div className="line-cell">{value}</div>;
          return (
            <Link className="line-cell" to={addressOf(record)} onClick={(event) => event.stopPropagation()}>
              {value}
            </Link>
          );
        },
      })),
    [columns, sort, addressOf, label],
  );
}

export function RecordTable(props: RecordTableProps) {
  const { records, isLoading, addressOf, onSort } = props;
  const columns = useColumns(props);
  const navigate = useNavigate();
  const width = columns.reduce((sum, column) => sum + Number(column.width ?? 160), 0);
  return (
    <Table<RecordView>
      className="surface line-table"
      rowKey="id"
      columns={columns}
      dataSource={records}
      loading={isLoading}
      pagination={false}
      // never back to none: that is the order of the view, which may be the one just left
      sortDirections={["ascend", "descend", "ascend"]}
      size="middle"
      tableLayout="fixed"
      scroll={{ x: width }}
      onRow={(record) => ({ onClick: () => void navigate(addressOf(record)) })}
      onChange={(_pages, _filters, sorter) => {
        const chosen = Array.isArray(sorter) ? sorter[0] : (sorter as SorterResult<RecordView>);
        onSort(textOfSort(String(chosen?.columnKey ?? ""), chosen?.order));
      }}
    />
  );
}
