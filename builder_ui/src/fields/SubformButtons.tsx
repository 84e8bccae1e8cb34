import { Button, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { CopyOutlined, DeleteOutlined } from "../ui/icons";

/** Buttons of a row. */
export function RowButtons({
  position,
  id,
  isFull,
  onCopy,
  onRemove,
}: {
  position: number;
  id: string;
  isFull: boolean;
  onCopy: (id: string) => void;
  onRemove: (id: string) => void;
}) {
  const { t } = useTranslation();
  const number = position + 1;
  return (
    <span className="row tight">
      <Tooltip title={t("fields.copyRow", { number })}>
        <Button
          type="text"
          icon={<CopyOutlined />}
          disabled={isFull}
          aria-label={t("fields.copyRow", { number })}
          onClick={() => onCopy(id)}
        />
      </Tooltip>
      <Tooltip title={t("fields.removeRow", { number })}>
        <Button
          type="text"
          danger
          icon={<DeleteOutlined />}
          aria-label={t("fields.removeRow", { number })}
          onClick={() => onRemove(id)}
        />
      </Tooltip>
    </span>
  );
}
