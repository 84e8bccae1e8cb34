import { Button, TimePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { CalendarDefinition } from "../api/types";
import { DeleteOutlined, PlusOutlined } from "../ui/icons";

type Hours = CalendarDefinition["hours"];

const MOST = 8;
const MIDNIGHT = "24:00";

interface HoursEditorProps {
  hours: Hours;
  onChange: (hours: Hours) => void;
}

/** Working hours of a day; the end of the day is entered as 00:00. */
export function HoursEditor({ hours, onChange }: HoursEditorProps) {
  const { t } = useTranslation();
  const change = (index: number, part: Partial<Hours[number]>) =>
    onChange(hours.map((interval, place) => (place === index ? { ...interval, ...part } : interval)));
  return (
    <fieldset className="plain-group stack" aria-label={t("calendars.hours")}>
      {hours.map((interval, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no other identity
        <div key={index} className="row">
          <Clock
            label={t("calendars.hoursFrom", { number: index + 1 })}
            value={interval.from}
            onChange={(from) => change(index, { from })}
          />
          <span aria-hidden="true">–</span>
          <Clock
            label={t("calendars.hoursTo", { number: index + 1 })}
            value={interval.to}
            onChange={(to) => change(index, { to: to === "00:00" ? MIDNIGHT : to })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t("calendars.hoursRemove", { number: index + 1 })}
            disabled={hours.length === 1}
            onClick={() => onChange(hours.filter((_, place) => place !== index))}
          />
        </div>
      ))}
      <div>
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={hours.length >= MOST}
          onClick={() => onChange([...hours, { from: hours.at(-1)?.to ?? "09:00", to: MIDNIGHT }])}
        >
          {t("calendars.hoursAdd")}
        </Button>
      </div>
    </fieldset>
  );
}

interface ClockProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Clock({ label, value, onChange }: ClockProps) {
  return (
    <TimePicker
      aria-label={label}
      className="clock-input"
      format="HH:mm"
      minuteStep={5}
      allowClear={false}
      needConfirm={false}
      value={dayjs(value === MIDNIGHT ? "00:00" : value, "HH:mm")}
      onChange={(at) => at !== null && onChange(at.format("HH:mm"))}
    />
  );
}
