import { InputNumber } from "antd";
import type { NumberField } from "../api/types";
import { usePreferences } from "../app/preferences";
import { useLabel } from "../i18n/label";
import { described, type EditProps, type FieldParts, type ShowProps } from "./contract";
import { digitsOf, shifted, shownNumber, typedNumeral } from "./digits";

// a percentage is kept as the fraction
const PLACES = 2;

/** The sign that people of a language write for a currency. */
function signOf(currency: string, language: string): string {
  const format = new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  return format.formatToParts(0).find((part) => part.type === "currency")?.value ?? currency;
}

/** What stands before and after the digits in an input. */
function useSurroundings(field: NumberField): { prefix?: string; suffix?: string } {
  const unit = useLabel()(field.unit);
  const { language } = usePreferences();
  const after = field.percent === true ? "%" : unit;
  const before = typeof field.currency === "string" ? signOf(field.currency, language) : "";
  return { ...(before === "" ? {} : { prefix: before }), ...(after === "" ? {} : { suffix: after }) };
}

function Edit(props: EditProps<NumberField>) {
  const surroundings = useSurroundings(props.field);
  const places = props.field.percent === true ? PLACES : 0;
  const kept = digitsOf(props.value);
  const digits = places === 0 ? kept : shifted(kept, places);
  const read = (typed: string) => (places === 0 ? typed : shifted(typed, -places));
  return (
    <InputNumber<string>
      {...described(props)}
      className="wide"
      stringMode
      controls={false}
      inputMode="decimal"
      parser={typedNumeral}
      value={digits === "" ? null : digits}
      {...surroundings}
      onChange={(next) => props.onChange(next === null || next === "" ? null : read(digitsOf(String(next))) || null)}
    />
  );
}

function shownAs(field: NumberField, value: ShowProps["value"], language: string): string {
  const decimals = field.decimals ?? 0;
  if (field.percent === true) {
    const points = shownNumber(shifted(digitsOf(value), PLACES), Math.max(0, decimals - PLACES), language);
    return points === "" ? "" : `${points}%`;
  }
  if (typeof field.currency !== "string") return shownNumber(value, decimals, language);
  return shownNumber(value, decimals, language, {
    style: "currency",
    currency: field.currency,
    currencyDisplay: "narrowSymbol",
  });
}

function Show({ field, value }: ShowProps<NumberField>) {
  const { language } = usePreferences();
  const unit = useLabel()(field.unit);
  const shown = shownAs(field, value, language);
  return (
    <span className="number">
      {shown}
      {unit !== "" && shown !== "" && <span className="unit"> {unit}</span>}
    </span>
  );
}

export const number: FieldParts<NumberField> = { Edit, Show };
