import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../api/types";
import { usePreferences } from "../app/preferences";
import { useLabel } from "../i18n/label";
import { type DayLook, dayAfter, daysOfMonth, weekdayOf } from "./draft";

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function monthName(year: number, month: number, language: Language): string {
  return new Date(Date.UTC(year, month - 1, 1)).toLocaleDateString(language, { month: "long", timeZone: "UTC" });
}

/** From day to day by the arrow keys, over the ends of months too. */
function walk(event: KeyboardEvent<HTMLElement>, from: string) {
  const step = STEPS[event.key];
  if (step === undefined) return;
  event.preventDefault();
  document.querySelector<HTMLElement>(`[data-day="${dayAfter(from, step)}"]`)?.focus();
}

interface MonthGridProps {
  year: number;
  month: number;
  today: string;
  look: (iso: string) => DayLook;
  /** None: the days are only shown. */
  onToggle: ((iso: string) => void) | null;
}

export function MonthGrid({ year, month, today, look, onToggle }: MonthGridProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const days = daysOfMonth(year, month);
  const name = monthName(year, month, language);
  return (
    <section className="month" aria-label={`${year} ${name}`}>
      <h3>{name}</h3>
      <div className="month-days">
        {WEEKDAYS.map((weekday) => (
          <span key={weekday} className="month-weekday" aria-hidden="true">
            {t(`calendars.initials.${weekday}`)}
          </span>
        ))}
        {days.map((iso, index) => (
          <DayCell
            key={iso}
            look={look(iso)}
            column={index === 0 ? weekdayOf(iso) : undefined}
            isToday={iso === today}
            // one day of each month is reached by Tab, the others by arrows
            isStop={days.includes(today) ? iso === today : index === 0}
            onToggle={onToggle}
          />
        ))}
      </div>
    </section>
  );
}

interface DayCellProps {
  look: DayLook;
  column: number | undefined;
  isToday: boolean;
  isStop: boolean;
  onToggle: ((iso: string) => void) | null;
}

function DayCell({ look, column, isToday, isStop, onToggle }: DayCellProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const { iso, isWorked, mark, isOwn } = look;
  const kind = mark ?? (isWorked ? "plain" : "weekend");
  const name = label(look.name);
  const said = [name, t(`calendars.kinds.${kind}`), isOwn ? t("calendars.own") : ""].filter((word) => word !== "");
  const shared = {
    className: `month-day is-${kind}${isOwn ? " is-own" : ""}${isToday ? " is-today" : ""}`,
    style: column === undefined ? undefined : { gridColumnStart: column },
    title: said.join(" · "),
    "data-day": iso,
  };
  const content = (
    <>
      {Number(iso.slice(8))}
      {mark !== null && (
        <span className="month-mark" aria-hidden="true">
          {t(`calendars.marks.${mark}`)}
        </span>
      )}
      <span className="screen-reader">, {said.join(", ")}</span>
    </>
  );
  if (onToggle === null) {
    return <span {...shared}>{content}</span>;
  }
  return (
    <button
      {...shared}
      type="button"
      tabIndex={isStop ? 0 : -1}
      aria-pressed={isWorked}
      onClick={() => onToggle(iso)}
      onKeyDown={(event) => walk(event, iso)}
    >
      {content}
    </button>
  );
}
