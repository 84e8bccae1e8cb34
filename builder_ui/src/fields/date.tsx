import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { DateField } from "../api/types";
import { described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";

const DAY = "YYYY-MM-DD";

function limitOf(day: string | null | undefined) {
  return day ? dayjs(day, DAY) : undefined;
}

function Edit(props: EditProps<DateField>) {
  const { t } = useTranslation();
  const day = textOf(props.value);
  return (
    <DatePicker
      {...described(props)}
      className="wide"
      value={day === "" ? null : dayjs(day, DAY)}
      format={DAY}
      minDate={limitOf(props.field.min)}
      maxDate={limitOf(props.field.max)}
      placeholder={t("fields.pickDate")}
      onChange={(next) => props.onChange(next === null ? null : next.format(DAY))}
    />
  );
}

function Show({ value }: ShowProps<DateField>) {
  const day = textOf(value);
  return (
    <time dateTime={day} className="nowrap">
      {day}
    </time>
  );
}

export const date: FieldParts<DateField> = { Edit, Show };
