import { Alert, Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CalendarDefinition } from "../api/types";
import { useSession } from "../app/session";
import { wallTime } from "../i18n/times";
import { useNow } from "../inbox/useNow";
import { LeftOutlined, RightOutlined } from "../ui/icons";
import { isKnown, lookOf, type TableDays, toggled, workedIn } from "./draft";
import { MonthGrid } from "./MonthGrid";

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;
const kinds = ["off", "work", "weekend", "own"] as const;

interface YearViewProps {
  draft: CalendarDefinition;
  table: TableDays;
  year: number;
  onYear: (year: number) => void;
  /** None: the calendar is only shown. */
  onChange: ((draft: CalendarDefinition) => void) | null;
}

/** The twelve months of a year; a click on a day turns it from worked to free or back. */
export function YearView({ draft, table, year, onYear, onChange }: YearViewProps) {
  const { t } = useTranslation();
  const { zone } = useSession().workspace;
  const now = useNow();
  const today = wallTime(new Date(now).toISOString(), zone).slice(0, 10);
  const worked = useMemo(() => workedIn(draft, table, year), [draft, table, year]);
  return (
    <div className="stack">
      <div className="row between wrap">
        <div className="row">
          <Button
            icon={<LeftOutlined />}
            aria-label={t("calendars.yearBefore")}
            disabled={year <= FIRST_YEAR}
            onClick={() => onYear(year - 1)}
          />
          <strong className="calendar-year" aria-live="polite">
            {t("calendars.year", { year })}
          </strong>
          <Button
            icon={<RightOutlined />}
            aria-label={t("calendars.yearAfter")}
            disabled={year >= LAST_YEAR}
            onClick={() => onYear(year + 1)}
          />
        </div>
        <span className="quiet">{t("calendars.worked", { count: worked })}</span>
      </div>
      {!isKnown(draft, table, year) && <Alert type="warning" showIcon title={t("calendars.unknownYear", { year })} />}
      <div className="calendar-legend quiet row wrap">
        {kinds.map((kind) => (
          <span key={kind} className="row tight">
            <span className={`month-day is-${kind} is-sample`} aria-hidden="true" />
            {t(`calendars.legend.${kind}`)}
          </span>
        ))}
      </div>
      <div className="year-months">
        {MONTHS.map((month) => (
          <MonthGrid
            key={month}
            year={year}
            month={month}
            today={today}
            look={(iso) => lookOf(draft, table, iso)}
            onToggle={onChange === null ? null : (iso) => onChange(toggled(draft, table, iso))}
          />
        ))}
      </div>
    </div>
  );
}
