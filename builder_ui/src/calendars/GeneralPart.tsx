import { Checkbox, Input, Select } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { CalendarDefinition, Label } from "../api/types";
import { labelText } from "../i18n/label";
import { HoursEditor } from "./HoursEditor";
import { WEEKDAYS } from "./MonthGrid";

interface GeneralPartProps {
  draft: CalendarDefinition;
  onChange: (draft: CalendarDefinition) => void;
}

/** One name where both are the same or only one is given. */
export function titleOf(chinese: string, english: string): Label {
  if (chinese.trim() === "" || english.trim() === "" || chinese === english) return chinese === "" ? english : chinese;
  return { "zh-CN": chinese, en: english };
}

/** Names, the table the calendar stands on, weekdays and hours. */
export function GeneralPart({ draft, onChange }: GeneralPartProps) {
  const { t } = useTranslation();
  const id = useId();
  const chinese = labelText(draft.title, "zh-CN");
  const english = typeof draft.title === "string" ? "" : labelText(draft.title, "en");
  return (
    <div className="calendar-general">
      <label className="stack tight" htmlFor={`${id}-zh`}>
        <span>{t("calendars.name")}</span>
        <Input
          id={`${id}-zh`}
          value={chinese}
          maxLength={100}
          status={chinese.trim() === "" && english.trim() === "" ? "error" : ""}
          onChange={(event) => onChange({ ...draft, title: titleOf(event.target.value, english) })}
        />
      </label>
      <label className="stack tight" htmlFor={`${id}-en`}>
        <span>{t("calendars.nameEnglish")}</span>
        <Input
          id={`${id}-en`}
          value={english}
          maxLength={100}
          onChange={(event) => onChange({ ...draft, title: titleOf(chinese, event.target.value) })}
        />
      </label>
      <label className="stack tight" htmlFor={`${id}-base`}>
        <span>{t("calendars.base")}</span>
        <Select
          id={`${id}-base`}
          value={draft.base ?? "none"}
          onChange={(base) => onChange({ ...draft, base: base === "CN" ? "CN" : null })}
          options={[
            { value: "CN", label: t("calendars.baseChina") },
            { value: "none", label: t("calendars.baseNone") },
          ]}
        />
      </label>
      <div className="stack tight">
        <span>{t("calendars.workdays")}</span>
        <Checkbox.Group
          value={draft.workdays}
          onChange={(workdays) => onChange({ ...draft, workdays: workdays.length === 0 ? draft.workdays : workdays })}
          options={WEEKDAYS.map((day) => ({ value: day, label: t(`calendars.weekdays.${day}`) }))}
        />
      </div>
      <div className="stack tight">
        <span>{t("calendars.hours")}</span>
        <HoursEditor hours={draft.hours} onChange={(hours) => onChange({ ...draft, hours })} />
      </div>
    </div>
  );
}
