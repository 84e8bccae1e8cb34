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

interface StatusTagProps {
  status: FlowStatus;
  /** It waits for its initiator again. */
  isReturned?: boolean;
}

export function StatusTag({ status, isReturned = false }: StatusTagProps) {
  const { t } = useTranslation();
  const { color, icon } = looks[status];
  if (isReturned && status === "running") {
    return (
      <Tag color="warning" icon={<RollbackOutlined />} className="status-tag">
        {t("flow.returned")}
      </Tag>
    );
  }
  return (
    <Tag color={color} icon={icon} className="status-tag">
      {t(`flow.status.${status}`)}
    </Tag>
  );
}
