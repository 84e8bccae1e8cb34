import { Badge, Table, type TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { Box, InboxItem } from "../api/types";
import { DecisionTag } from "../flow/DecisionTag";
import { useLabel } from "../i18n/label";
import { useTimes } from "../i18n/times";
import { MemberName } from "../people/MemberName";
import { StatusTag } from "../ui/StatusTag";
import { Due } from "./Due";
import { inboxAddress } from "./places";
import { Waiting } from "./Waiting";

function useColumns(box: Box): TableColumnsType<InboxItem> {
  const { t } = useTranslation();
  const label = useLabel();
  const times = useTimes();
  const columns: TableColumnsType<InboxItem> = [
    {
      key: "title",
      title: t("inbox.columns.title"),
      render: (_, item) => (
        <Link to={inboxAddress(item)} onClick={(event) => event.stopPropagation()} className="line-title">
          {box === "copied" && !item.read && <Badge status="processing" text={t("inbox.unread")} />}
          <span className="line-cell">{item.title || t("inbox.untitled")}</span>
          <span className="quiet">{label(item.flow_title)}</span>
        </Link>
      ),
    },
    {
      key: "initiator",
      title: t("inbox.columns.initiator"),
      width: box === "todo" ? 190 : 240,
      render: (_, item) => <MemberName id={item.initiator_id} withDepartment />,
    },
  ];
  if (box !== "started") {
    columns.push({
      key: "node",
      title: t("inbox.columns.node"),
      width: 120,
      render: (_, item) => label(item.node_title),
    });
  }
  if (box === "todo") {
    columns.push({
      key: "waiting",
      title: t("inbox.columns.waiting"),
      width: 190,
      render: (_, item) => (
        <>
          <Waiting since={item.opened_at ?? item.at} />
          {item.due_at !== null && (
            <div className="quiet">
              <Due at={item.due_at} />
            </div>
          )}
        </>
      ),
    });
  }
  if (box === "handled") {
    columns.push({
      key: "decision",
      title: t("inbox.columns.decision"),
      width: 120,
      render: (_, item) => item.decision !== null && <DecisionTag decision={item.decision} />,
    });
  }
  columns.push(
    {
      key: "status",
      title: t("inbox.columns.status"),
      width: 110,
      render: (_, item) => <StatusTag status={item.status} isReturned={item.is_returned} />,
    },
    {
      key: "at",
      title: t(`inbox.columns.at.${box}`),
      width: 150,
      render: (_, item) => <time dateTime={item.at}>{times.instant(item.at)}</time>,
    },
  );
  return columns;
}

const TITLE_WIDTH = 230;

export function InboxTable({ items, box }: { items: InboxItem[]; box: Box }) {
  const columns = useColumns(box);
  const navigate = useNavigate();
  const width = columns.reduce((sum, column) => sum + Number(column.width ?? TITLE_WIDTH), 0);
  return (
    <Table
      className="surface line-table"
      rowKey="id"
      columns={columns}
      dataSource={items}
      pagination={false}
      tableLayout="fixed"
      scroll={{ x: width }}
      onRow={(item) => ({ onClick: () => void navigate(inboxAddress(item)) })}
    />
  );
}
