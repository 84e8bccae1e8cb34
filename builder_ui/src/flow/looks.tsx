// How the states of a node look: a colour, an icon and a word, so that none of them is needed alone.

import type { ReactNode } from "react";
import type { TreeState } from "../api/types";
import {
  CheckCircleFilled,
  ClockCircleOutlined,
  MinusCircleOutlined,
  RollbackOutlined,
  StopOutlined,
  SyncOutlined,
} from "../ui/icons";

export const stateIcons: Record<TreeState, ReactNode> = {
  idle: <ClockCircleOutlined />,
  active: <SyncOutlined />,
  passed: <CheckCircleFilled />,
  returned: <RollbackOutlined />,
  cancelled: <StopOutlined />,
  skipped: <MinusCircleOutlined />,
};

const kinds = [
  "seq",
  "choice",
  "inclusive",
  "parallel",
  "initiate",
  "approve",
  "handle",
  "cc",
  "trigger",
  "terminate",
] as const;
export type BlockKind = (typeof kinds)[number];

export function isBlockKind(kind: string): kind is BlockKind {
  return (kinds as readonly string[]).includes(kind);
}
