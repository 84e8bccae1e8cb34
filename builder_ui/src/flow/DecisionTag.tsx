import { Tag } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CheckOutlined, CloseOutlined, RollbackOutlined, SendOutlined } from "../ui/icons";

export type KnownDecision = "approve" | "reject" | "return" | "submit" | "withdraw";

export const decisionLooks: Record<KnownDecision, { color: string; icon: ReactNode }> = {
  approve: { color: "success", icon: <CheckOutlined /> },
  reject: { color: "error", icon: <CloseOutlined /> },
  return: { color: "warning", icon: <RollbackOutlined /> },
  submit: { color: "success", icon: <SendOutlined /> },
  withdraw: { color: "default", icon: <RollbackOutlined /> },
};

export function isKnownDecision(decision: string | null | undefined): decision is KnownDecision {
  return decision !== null && decision !== undefined && decision in decisionLooks;
}

export function DecisionTag({ decision }: { decision: string }) {
  const { t } = useTranslation();
  if (!isKnownDecision(decision)) return <Tag>{decision}</Tag>;
  const { color, icon } = decisionLooks[decision];
  return (
    <Tag color={color} icon={icon} className="status-tag">
      {t(`flow.decisions.${decision}`)}
    </Tag>
  );
}
