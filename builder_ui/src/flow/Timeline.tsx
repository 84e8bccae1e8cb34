// What happened in a flow, oldest first: who, from which department, when, what, and how long it had waited.

import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CurrentNode, InstanceView, TimelineEntry } from "../api/types";
import { useLabel } from "../i18n/label";
import { useTimes } from "../i18n/times";
import { Due } from "../inbox/Due";
import { Waiting } from "../inbox/Waiting";
import { useDirectory } from "../people/directory";
import { MemberName } from "../people/MemberName";
import {
  AuditOutlined,
  BellOutlined,
  CheckCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  FlagOutlined,
  PlusSquareOutlined,
  RollbackOutlined,
  SendOutlined,
  StepForwardOutlined,
} from "../ui/icons";
import { isFlowStatus, StatusTag } from "../ui/StatusTag";
import { DecisionTag } from "./DecisionTag";
import { RetryButton } from "./RetryButton";
import { Tally } from "./Tally";

const icons: Record<string, ReactNode> = {
  started: <SendOutlined />,
  voted: <AuditOutlined />,
  returned: <RollbackOutlined />,
  copied: <BellOutlined />,
  record_created: <PlusSquareOutlined />,
  incident_opened: <ExclamationCircleOutlined />,
  incident_closed: <CheckCircleOutlined />,
  direct_resumed: <StepForwardOutlined />,
  withdrawn: <CloseCircleOutlined />,
  finished: <FlagOutlined />,
};

export function Timeline({ view }: { view: InstanceView }) {
  const { t } = useTranslation();
  return (
    <ol className="timeline" aria-label={t("flow.timeline")}>
      {withoutDoubledStart(view.timeline).map((entry) => (
        <Entry key={entry.seq} app={view.instance.app} entry={entry} />
      ))}
      {view.instance.status === "running" &&
        view.instance.current.map((node) => (
          <CurrentLine view={view} key={`${node.node_key}-${node.activation}`} node={node} />
        ))}
    </ol>
  );
}

/** Starting a flow and submitting its first node is one thing to people. */
function withoutDoubledStart(entries: TimelineEntry[]): TimelineEntry[] {
  const [first, second] = entries;
  return first?.kind === "started" && second?.decision === "submit" ? entries.slice(1) : entries;
}

interface EntryProps {
  app: string;
  entry: TimelineEntry;
}

function Entry({ app, entry }: EntryProps) {
  const times = useTimes();
  const label = useLabel();
  const { t } = useTranslation();
  return (
    <li className={`timeline-entry kind-${entry.kind}`}>
      <span className="timeline-icon" aria-hidden="true">
        {icons[entry.kind] ?? <FlagOutlined />}
      </span>
      <div className="timeline-body">
        <div className="row between wrap">
          <strong>{titleOf(t, label, entry)}</strong>
          <time className="quiet nowrap" dateTime={entry.at}>
            {times.instant(entry.at)}
          </time>
        </div>
        <What app={app} entry={entry} />
        {entry.comment !== null && entry.comment !== "" && <blockquote className="comment">{entry.comment}</blockquote>}
      </div>
    </li>
  );
}

function What({ app, entry }: EntryProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const directory = useDirectory();
  const times = useTimes();
  switch (entry.kind) {
    case "started":
      return <Person entry={entry} word={t("flow.started")} />;
    case "voted":
    case "returned":
      return (
        <>
          <Person entry={entry} word={entry.decision === null ? null : <DecisionTag decision={entry.decision} />} />
          <div className="quiet">{detailsOf(t, label, times, entry).join(" · ")}</div>
          {entry.due_at !== null && entry.at > entry.due_at && (
            <div className="quiet">
              <Due at={entry.due_at} doneAt={entry.at} />
            </div>
          )}
        </>
      );
    case "copied":
      return (
        <div className="quiet">
          {t("flow.copiedTo", { names: entry.member_ids.map(directory.memberName).join(", ") })}
        </div>
      );
    case "record_created":
      return (
        <div className="row wrap">
          <span className="quiet">{t("flow.recordCreated")}</span>
          {entry.record_entity !== null && (
            <Link to={`/apps/${app}/entities/${entry.record_entity}/records/${entry.record_id}`}>
              {entry.record_title || t("inbox.untitled")}
            </Link>
          )}
        </div>
      );
    case "withdrawn":
      return <Person entry={entry} word={<DecisionTag decision="withdraw" />} />;
    case "finished":
      return <div>{isFlowStatus(entry.decision) && <StatusTag status={entry.decision} />}</div>;
    case "direct_resumed":
      return <div className="quiet">{t("flow.resumed")}</div>;
    case "incident_closed":
      return <div className="quiet">{t("flow.incidentClosed")}</div>;
    default:
      return <div className="fault">{entry.text}</div>;
  }
}

function Person({ entry, word }: { entry: TimelineEntry; word: ReactNode }) {
  return (
    <div className="row wrap">
      {entry.actor_id !== null && <MemberName id={entry.actor_id} withDepartment />}
      {word}
    </div>
  );
}

type Translate = ReturnType<typeof useTranslation>["t"];

function titleOf(t: Translate, label: ReturnType<typeof useLabel>, entry: TimelineEntry): string {
  if (entry.kind === "finished") return t("flow.ended");
  if (entry.kind === "started") return t("flow.kinds.initiate");
  if (entry.kind === "withdrawn") return t("flow.decisions.withdraw");
  return label(entry.node_title);
}

/** What there is to say of a decision besides who took it. */
function detailsOf(
  t: Translate,
  label: ReturnType<typeof useLabel>,
  times: ReturnType<typeof useTimes>,
  { to_title, automatic, waited_ms }: TimelineEntry,
): string[] {
  const said: string[] = [];
  if (to_title !== null) said.push(t("flow.returnedTo", { node: label(to_title) }));
  if (automatic === "self" || automatic === "dedupe" || automatic === "empty") {
    said.push(t(`flow.automatic.${automatic}`));
  }
  if (waited_ms !== null) said.push(t("flow.waited", { time: times.duration(waited_ms) }));
  return said;
}

interface CurrentLineProps {
  view: InstanceView;
  node: CurrentNode;
}

function CurrentLine({ view, node }: CurrentLineProps) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <li className="timeline-entry current">
      <span className="timeline-icon" aria-hidden="true">
        {node.incident === null ? <AuditOutlined /> : <ExclamationCircleOutlined />}
      </span>
      <div className="timeline-body">
        <div className="row between wrap">
          <strong>{label(node.node_title)}</strong>
          {node.incident === null && (
            <span className="quiet nowrap">
              {t("inbox.columns.waiting")} <Waiting since={node.opened_at} />
            </span>
          )}
        </div>
        {node.due_at !== null && (
          <div className="quiet">
            <Due at={node.due_at} />
          </div>
        )}
        <Tally node={node} />
        {node.incident !== null && <div className="fault">{node.incident}</div>}
        {node.incident !== null && view.can_retry && (
          <RetryButton instanceId={view.instance.id} activation={node.activation} />
        )}
        <div className="row wrap">
          {node.member_ids.map((id) => (
            <MemberName key={id} id={id} withDepartment />
          ))}
        </div>
      </div>
    </li>
  );
}
