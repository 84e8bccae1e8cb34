import { InputNumber } from "antd";
import type { NumberField } from "../api/types";
import { usePreferences } from "../app/preferences";
import { useLabel } from "../i18n/label";
import { described, type EditProps, type FieldParts, type ShowProps } from "./contract";
import { digitsOf, shownNumber, typedNumeral } from "./digits";

function Edit(props: EditProps<NumberField>) {
  const unit = useLabel()(props.field.unit);
  const digits = digitsOf(props.value);
  return (
    <InputNumber<string>
      {...described(props)}
      className="wide"
      stringMode
      controls={false}
      inputMode="decimal"
      parser={typedNumeral}
      value={digits === "" ? null : digits}
      {...(unit === "" ? {} : { suffix: unit })}
      onChange={(next) => props.onChange(next === null || next === "" ? null : digitsOf(String(next)) || null)}
    />
  );
}

function Show({ field, value }: ShowProps<NumberField>) {
  const { language } = usePreferences();
  const unit = useLabel()(field.unit);
  const shown = shownNumber(value, field.decimals ?? 0, language);
  return (
    <span className="number">
      {shown}
      {unit !== "" && shown !== "" && <span className="unit"> {unit}</span>}
    </span>
  );
}

export const number: FieldParts<NumberField> = { Edit, Show };
