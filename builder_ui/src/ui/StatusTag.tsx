import { Tag } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { FlowStatus } from "../api/types";
import { CheckCircleOutlined, CloseCircleOutlined, MinusCircleOutlined, RollbackOutlined, SyncOutlined } from "./icons";

const looks: Record<FlowStatus, { color: string; icon: ReactNode }> = {
  running: { color: "processing", icon: <SyncOutlined /> },
  approved: { color: "success", icon: <CheckCircleOutlined /> },
  rejected: { color: "error", icon: <CloseCircleOutlined /> },
  withdrawn: { color: "default", icon: <RollbackOutlined /> },
  terminated: { color: "default", icon: <MinusCircleOutlined /> },
};

export function isFlowStatus(value: unknown): value is FlowStatus {
  return typeof value === "string" && value in looks;
}

export function StatusTag({ status }: { status: FlowStatus }) {
  const { t } = useTranslation();
  const { color, icon } = looks[status];
  return (
    <Tag color={color} icon={icon} className="status-tag">
      {t(`flow.status.${status}`)}
    </Tag>
  );
}
