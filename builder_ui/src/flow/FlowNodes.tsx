// The shapes of the drawing.

import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../i18n/label";
import { useDirectory } from "../people/directory";
import {
  AuditOutlined,
  BellOutlined,
  BranchesOutlined,
  ExclamationCircleFilled,
  FormOutlined,
  ShareAltOutlined,
  SolutionOutlined,
  StopOutlined,
  ThunderboltOutlined,
} from "../ui/icons";
import { decisionLooks, isKnownDecision } from "./DecisionTag";
import type { DrawnNode } from "./layout";
import { isBlockKind, stateIcons } from "./looks";

export type FlowNode = Node<{ drawn: DrawnNode }, "drawn">;

const kindIcons: Record<string, ReactNode> = {
  initiate: <FormOutlined />,
  approve: <AuditOutlined />,
  handle: <SolutionOutlined />,
  cc: <BellOutlined />,
  trigger: <ThunderboltOutlined />,
  terminate: <StopOutlined />,
  choice: <BranchesOutlined />,
  parallel: <ShareAltOutlined />,
  inclusive: <ShareAltOutlined />,
};

export function DrawnFlowNode({ data: { drawn } }: NodeProps<FlowNode>) {
  return (
    <div
      className={`flow-node flow-${drawn.kind} state-${drawn.state}`}
      style={{ width: drawn.width, height: drawn.height }}
      data-node={drawn.block?.key ?? "end"}
      data-state={drawn.state}
    >
      <Handle type="target" position={Position.Top} isConnectable={false} />
      {drawn.kind === "card" ? <Card drawn={drawn} /> : <Pill drawn={drawn} />}
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
}

function Pill({ drawn: { kind, block, state } }: { drawn: DrawnNode }) {
  const { t } = useTranslation();
  const label = useLabel();
  if (block === null) {
    return (
      <span>
        {state === "passed" && stateIcons.passed} {t("flow.end")}
      </span>
    );
  }
  const title = label(kind === "branch" ? (block.branch_title ?? block.title) : block.title);
  return (
    <Tooltip title={block.when ?? undefined}>
      <span className="flow-pill-text">
        {kind === "block" ? kindIcons[block.kind] : stateIcons[state]} {title}
        <span className="screen-reader">{t(`flow.states.${state}`)}</span>
      </span>
    </Tooltip>
  );
}

function Card({ drawn: { block, state } }: { drawn: DrawnNode }) {
  const { t } = useTranslation();
  const label = useLabel();
  if (block === null) return null;
  const kind = isBlockKind(block.kind) ? t(`flow.kinds.${block.kind}`) : block.kind;
  return (
    <>
      <div className="flow-card-head">
        <span className="flow-kind">
          {kindIcons[block.kind]} {kind}
        </span>
        <span className="flow-state">
          {block.incident === null ? stateIcons[state] : <ExclamationCircleFilled />}{" "}
          {block.incident === null ? t(`flow.states.${state}`) : t("flow.incident")}
        </span>
      </div>
      <div className="flow-card-title">{label(block.title)}</div>
      <Voters members={block.members} />
    </>
  );
}

const SHOWN = 3;

function Voters({ members }: { members: { id: string; decision: string | null }[] }) {
  const directory = useDirectory();
  const { t } = useTranslation();
  if (members.length === 0) return null;
  const line = (member: { id: string; decision: string | null }) => {
    const decision = isKnownDecision(member.decision) ? ` (${t(`flow.decisions.${member.decision}`)})` : "";
    return directory.memberName(member.id) + decision;
  };
  return (
    <Tooltip title={members.map(line).join(", ")}>
      <div className="flow-voters">
        {members.slice(0, SHOWN).map((member) => (
          <span key={member.id} className="flow-voter">
            {isKnownDecision(member.decision) && decisionLooks[member.decision].icon}
            {directory.memberName(member.id)}
          </span>
        ))}
        {members.length > SHOWN && <span>+{members.length - SHOWN}</span>}
      </div>
    </Tooltip>
  );
}
