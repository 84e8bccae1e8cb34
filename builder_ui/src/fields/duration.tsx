import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DurationField, Json } from "../api/types";
import { described, type EditProps, type FieldParts, type ShowProps } from "./contract";
import { digitsOf } from "./digits";
import { durationText, typedDuration } from "./durations";

const DISPLAY = "h:mm";

/** What the input shows of a value: text that says no length stays as typed, for the server to refuse. */
function useWritten({ field, value }: EditProps<DurationField>) {
  const { t } = useTranslation();
  const display = field.display ?? DISPLAY;
  const [typed, setTyped] = useState("");
  const digits = digitsOf(value);
  const isTyped = digits !== "" && typedDuration(typed, display) === Number(digits);
  const kept = digits === "" ? "" : durationText(Number(digits), display, t("fields.days"));
  return { display, setTyped, shown: isTyped ? typed : kept || (typeof value === "string" ? value : "") };
}

function Edit(props: EditProps<DurationField>) {
  const { display, setTyped, shown } = useWritten(props);
  const read = (text: string): Json => (text.trim() === "" ? null : (typedDuration(text, display) ?? text));
  return (
    <Input
      {...described(props)}
      placeholder={display}
      value={shown}
      onChange={(event) => {
        setTyped(event.target.value);
        props.onChange(read(event.target.value));
      }}
    />
  );
}

function Show({ field, value }: ShowProps<DurationField>) {
  const { t } = useTranslation();
  const seconds = Number(digitsOf(value));
  return <span className="number">{durationText(seconds, field.display ?? DISPLAY, t("fields.days"))}</span>;
}

export const duration: FieldParts<DurationField> = { Edit, Show };
