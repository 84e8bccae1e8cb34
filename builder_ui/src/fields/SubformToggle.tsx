import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { SubformField } from "../api/types";
import { useLabel } from "../i18n/label";

interface ToggleProps {
  field: SubformField;
  count: number;
  position: number;
  isOpen: boolean;
  /** Id of what is shown and hidden. */
  controls: string;
  fault?: string | undefined;
  onToggle: () => void;
}

/** Shows how many rows a row has inside, and opens and closes them. */
export function InnerToggle({ field, count, position, isOpen, controls, fault, onToggle }: ToggleProps) {
  const { t } = useTranslation();
  const title = useLabel()(field.title);
  const rows = t("fields.rows", { count });
  return (
    <Button
      type="text"
      danger={fault !== undefined}
      className="inner-toggle"
      aria-expanded={isOpen}
      aria-controls={isOpen ? controls : undefined}
      aria-label={`${title}, ${t("fields.row", { number: position + 1 })}: ${rows}`}
      onClick={onToggle}
    >
      <span aria-hidden="true">{isOpen ? "▾" : "▸"}</span>
      {rows}
    </Button>
  );
}
