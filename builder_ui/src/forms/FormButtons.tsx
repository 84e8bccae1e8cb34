import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { SaveOutlined, SendOutlined } from "../ui/icons";

interface FormButtonsProps {
  submitText: string;
  isSending: boolean;
  onSubmit: () => void;
  onSaveDraft: () => void;
}

/** The bar that stays at the foot of a form. */
export function FormButtons({ submitText, isSending, onSubmit, onSaveDraft }: FormButtonsProps) {
  const { t } = useTranslation();
  return (
    <div className="action-bar">
      <Button icon={<SaveOutlined />} onClick={onSaveDraft} disabled={isSending}>
        {t("form.saveDraft")}
      </Button>
      <Button type="primary" icon={<SendOutlined />} loading={isSending} onClick={onSubmit}>
        {submitText}
      </Button>
    </div>
  );
}
