import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { SaveOutlined, SendOutlined } from "../ui/icons";

interface FormButtonsProps {
  submitText: string;
  isSending: boolean;
  /** What went wrong, right above the buttons that were pressed. */
  problem: ReactNode;
  onSubmit: () => void;
  onSaveDraft: () => void;
}

/** The bar that stays at the foot of a form. */
export function FormButtons({ submitText, isSending, problem, onSubmit, onSaveDraft }: FormButtonsProps) {
  const { t } = useTranslation();
  return (
    <div className="action-bar">
      {problem}
      <Button icon={<SaveOutlined />} onClick={onSaveDraft} disabled={isSending}>
        {t("form.saveDraft")}
      </Button>
      <Button type="primary" icon={<SendOutlined />} loading={isSending} onClick={onSubmit}>
        {submitText}
      </Button>
    </div>
  );
}

/** Said while something waits for files; it goes on by itself. */
export function AwaitingUploads() {
  const { t } = useTranslation();
  return <Alert type="info" showIcon title={t("form.awaitingUploads")} />;
}

/** The answer to an earlier attempt was lost: the form did arrive, as it was then. */
export function SentBefore({ address }: { address: string }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t("form.sentBefore")}
      action={<Link to={address}>{t("form.toSent")}</Link>}
    />
  );
}
