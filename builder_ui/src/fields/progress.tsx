import { InputNumber, Progress } from "antd";
import type { ProgressField } from "../api/types";
import { usePreferences } from "../app/preferences";
import { described, type EditProps, type FieldParts, type ShowProps } from "./contract";
import { digitsOf, shownNumber, typedNumeral } from "./digits";

const WHOLE = 100;

/** How far the bar goes: no value that is being typed makes it leave its place. */
function drawn(digits: string): number {
  return Math.min(WHOLE, Math.max(0, Number(digits)));
}

function Edit(props: EditProps<ProgressField>) {
  const digits = digitsOf(props.value);
  return (
    <div className="progress-entry">
      <InputNumber<string>
        {...described(props)}
        stringMode
        controls={false}
        inputMode="decimal"
        parser={typedNumeral}
        suffix="%"
        value={digits === "" ? null : digits}
        onChange={(next) => props.onChange(next === null || next === "" ? null : digitsOf(String(next)) || null)}
      />
      <Progress aria-hidden="true" percent={drawn(digits)} showInfo={false} size="small" />
    </div>
  );
}

function Show({ field, value }: ShowProps<ProgressField>) {
  const { language } = usePreferences();
  const shown = `${shownNumber(value, field.decimals ?? 0, language)}%`;
  return (
    <span className="progress-shown">
      <Progress aria-hidden="true" percent={drawn(digitsOf(value))} showInfo={false} size="small" />
      <span className="nowrap">{shown}</span>
    </span>
  );
}

export const progress: FieldParts<ProgressField> = { Edit, Show };
