import { useTranslation } from "react-i18next";
import type { Field, Json } from "../api/types";
import { idsOf, isEmpty } from "../fields/contract";
import { filesOf } from "../fields/files";
import { Thumbnails } from "../fields/Pictures";
import { phoneText } from "../fields/phoneText";
import { FieldShow } from "../fields/registry";
import { wordsOf } from "../fields/richText";
import { rowsOf } from "../forms/wire";
import { LinkTitles } from "../links/LinkTitle";
import { isFlowStatus, StatusTag } from "../ui/StatusTag";

const LINKING: readonly string[] = ["email", "url", "phone", "barcode", "rich_text"];

function addressText(field: Field, value: string): string {
  if (field.type === "rich_text") return wordsOf(value);
  return field.type === "phone" ? phoneText(value) : value;
}

/** A value in a narrow place: rows are counted, files named, the flow's state has its own look. */
export function CellValue({ field, value }: { field: Field; value: Json }) {
  const { t } = useTranslation();
  if (field.key === "flow_status" && isFlowStatus(value)) return <StatusTag status={value} />;
  if (field.type === "subform") return <span>{t("fields.rows", { count: rowsOf(value).length })}</span>;
  if (isEmpty(value)) return <FieldShow field={field} value={value} />;
  if (field.type === "image") return <Thumbnails files={filesOf(value)} />;
  // no links: the cell or card around it is one already
  if (field.type === "attachment") {
    return (
      <span>
        {filesOf(value)
          .map((file) => file.name)
          .join(", ")}
      </span>
    );
  }
  if (field.type === "link") return <LinkTitles ids={idsOf(value)} isList={field.multiple === true} />;
  if (typeof value === "string" && LINKING.includes(field.type)) return <span>{addressText(field, value)}</span>;
  return <FieldShow field={field} value={value} />;
}
