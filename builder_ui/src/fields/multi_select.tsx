import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { MultiSelectField } from "../api/types";
import { described, type EditProps, type FieldParts, type ShowProps, textsOf } from "./contract";
import { OptionTag, optionFilter, useOffered } from "./options";

function Edit(props: EditProps<MultiSelectField>) {
  const { t } = useTranslation();
  const chosen = useMemo(() => textsOf(props.value), [props.value]);
  return (
    <Select<string[]>
      {...described(props)}
      className="wide"
      mode="multiple"
      allowClear
      showSearch={optionFilter}
      placeholder={t("fields.pickOption")}
      options={useOffered(props.field.options, chosen)}
      value={chosen}
      onChange={(next) => props.onChange(next)}
    />
  );
}

function Show({ field, value }: ShowProps<MultiSelectField>) {
  return (
    <span className="row wrap tight">
      {textsOf(value).map((chosen) => (
        <OptionTag key={chosen} options={field.options} chosen={chosen} />
      ))}
    </span>
  );
}

export const multiSelect: FieldParts<MultiSelectField> = { Edit, Show };
