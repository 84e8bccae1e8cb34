import { Badge } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Box, InboxItem } from "../api/types";
import { DecisionTag } from "../flow/DecisionTag";
import { useLabel } from "../i18n/label";
import { useTimes } from "../i18n/times";
import { MemberName } from "../people/MemberName";
import { ClockCircleOutlined } from "../ui/icons";
import { StatusTag } from "../ui/StatusTag";
import { Due } from "./Due";
import { inboxAddress } from "./places";
import { Waiting } from "./Waiting";

/** One line of a box as a card: for phones and for the start page. */
export function InboxCard({ item, box }: { item: InboxItem; box: Box }) {
  const { t } = useTranslation();
  const label = useLabel();
  const times = useTimes();
  const isUnread = box === "copied" && !item.read;
  return (
    <Link to={inboxAddress(item)} className="surface card-link">
      <div className="row between">
        <span className="quiet">{label(item.flow_title)}</span>
        {box === "handled" && item.decision !== null ? (
          <DecisionTag decision={item.decision} />
        ) : (
          <StatusTag status={item.status} isReturned={item.is_returned} />
        )}
      </div>
      <div className="card-title">
        {isUnread && <Badge status="processing" text={t("inbox.unread")} />} {item.title || t("inbox.untitled")}
      </div>
      <div className="row between wrap">
        <MemberName id={item.initiator_id} withDepartment />
        {box === "todo" ? (
          <span className="row">
            <span>{label(item.node_title)}</span>
            <span className="quiet">
              <ClockCircleOutlined /> <Waiting since={item.opened_at ?? item.at} />
            </span>
          </span>
        ) : (
          <time className="quiet" dateTime={item.at}>
            {times.instant(item.at)}
          </time>
        )}
      </div>
      {box === "todo" && item.due_at !== null && (
        <div className="quiet">
          <Due at={item.due_at} />
        </div>
      )}
    </Link>
  );
}
