import { useTranslation } from "react-i18next";
import type { SerialField } from "../api/types";
import { type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";

/** Nobody enters a serial number; before the first submission there is none. */
function Edit({ id, value }: EditProps<SerialField>) {
  const { t } = useTranslation();
  return (
    <span id={id} className="quiet">
      {textOf(value) || t("fields.onSubmit")}
    </span>
  );
}

function Show({ value }: ShowProps<SerialField>) {
  return <span className="nowrap">{textOf(value)}</span>;
}

export const serial: FieldParts<SerialField> = { Edit, Show };
