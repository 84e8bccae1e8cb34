import { Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { BooleanField } from "../api/types";
import type { EditProps, FieldParts, ShowProps } from "./contract";

function Edit({ id, label, value, onChange, isRequired = false, describedBy }: EditProps<BooleanField>) {
  const { t } = useTranslation();
  return (
    <Switch
      id={id}
      aria-label={label}
      aria-required={isRequired}
      aria-describedby={describedBy}
      checked={value === true}
      checkedChildren={t("common.yes")}
      unCheckedChildren={t("common.no")}
      onChange={(checked) => onChange(checked)}
    />
  );
}

function Show({ value }: ShowProps<BooleanField>) {
  const { t } = useTranslation();
  return <span>{value === true ? t("common.yes") : t("common.no")}</span>;
}

export const boolean: FieldParts<BooleanField> = { Edit, Show };
