import { Tooltip } from "antd";
import type { RowField } from "../api/types";
import { useLabel } from "../i18n/label";
import { QuestionCircleOutlined } from "../ui/icons";
import { RequiredMark } from "./RequiredMark";

/** The heading of a column: title, unit, whether it must be filled, help. */
export function ColumnTitle({ column, isEntered = false }: { column: RowField; isEntered?: boolean }) {
  const label = useLabel();
  return (
    <th className={`column-${column.type}`}>
      {isEntered && "required" in column && column.required === true && <RequiredMark />}
      {label(column.title)}
      {column.help && (
        <Tooltip title={label(column.help)}>
          <QuestionCircleOutlined className="quiet" />
        </Tooltip>
      )}
    </th>
  );
}
