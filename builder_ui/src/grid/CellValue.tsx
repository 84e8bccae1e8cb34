import { useTranslation } from "react-i18next";
import type { Field, Json } from "../api/types";
import { FieldShow } from "../fields/registry";
import { rowsOf } from "../forms/wire";
import { isFlowStatus, StatusTag } from "../ui/StatusTag";

/** A value in a narrow place: rows are counted, the flow's state has its own look. */
export function CellValue({ field, value }: { field: Field; value: Json }) {
  const { t } = useTranslation();
  if (field.key === "flow_status" && isFlowStatus(value)) return <StatusTag status={value} />;
  if (field.type === "subform") return <span>{t("fields.rows", { count: rowsOf(value).length })}</span>;
  return <FieldShow field={field} value={value} />;
}
