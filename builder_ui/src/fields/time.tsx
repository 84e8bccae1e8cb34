import { TimePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { TimeField } from "../api/types";
import { described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";

// any day will do: only its clock is looked at
const DAY = "2000-01-01T";

function Edit(props: EditProps<TimeField>) {
  const { t } = useTranslation();
  const clock = textOf(props.value);
  const format = props.field.precision === "second" ? "HH:mm:ss" : "HH:mm";
  return (
    <TimePicker
      {...described(props)}
      className="wide"
      needConfirm={false}
      showNow={false}
      format={format}
      placeholder={t("fields.pickTime")}
      value={clock === "" ? null : dayjs(DAY + clock)}
      onChange={(next) => props.onChange(next === null ? null : next.format(format))}
    />
  );
}

function Show({ value }: ShowProps<TimeField>) {
  const clock = textOf(value);
  return (
    <time dateTime={clock} className="nowrap">
      {clock}
    </time>
  );
}

export const time: FieldParts<TimeField> = { Edit, Show };
