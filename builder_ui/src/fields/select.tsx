import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { SelectField } from "../api/types";
import { described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";
import { OptionTag, optionFilter, useOffered } from "./options";

function Edit(props: EditProps<SelectField>) {
  const { t } = useTranslation();
  const chosen = textOf(props.value);
  const offered = useOffered(
    props.field.options,
    useMemo(() => [chosen], [chosen]),
  );
  return (
    <Select<string | null>
      {...described(props)}
      className="wide"
      allowClear
      showSearch={optionFilter}
      placeholder={t("fields.pickOption")}
      options={offered}
      value={chosen === "" ? null : chosen}
      onChange={(next) => props.onChange(next ?? null)}
    />
  );
}

function Show({ field, value }: ShowProps<SelectField>) {
  return <OptionTag options={field.options} chosen={textOf(value)} />;
}

export const select: FieldParts<SelectField> = { Edit, Show };
