// Instants and days as people read them, in the zone of the workspace.
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useSession } from "../app/session";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const two = "2-digit";
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  clocks.set(zone, made);
  return made;
}

/**
 * The clock on the wall in `zone` at an instant, as `2026-11-24T13:02:00`. Not by dayjs: it goes through a date of the
 * browser's zone, which has no such time in the hour that its summer time skips.
 */
export function wallTime(instant: string, zone: string): string {
  const parts = clockOf(zone).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((found) => found.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}`;
}

export function instantText(instant: string, zone: string): string {
  return wallTime(instant, zone).slice(0, -3).replace("T", " ");
}

/** The instant at which the clock on the wall in `zone` shows `wall`. */
export function instantAt(wall: string, zone: string): string {
  return dayjs.tz(wall, zone).toISOString();
}

export interface Times {
  instant: (instant: string) => string;
  duration: (milliseconds: number) => string;
}

export function useTimes(): Times {
  const { t } = useTranslation();
  const { zone } = useSession().workspace;
  return {
    instant: (instant) => instantText(instant, zone),
    duration: (milliseconds) => {
      if (milliseconds < MINUTE) return t("common.underAMinute");
      if (milliseconds < HOUR) return t("common.minutes", { count: Math.floor(milliseconds / MINUTE) });
      if (milliseconds < DAY) return t("common.hours", { count: Math.floor(milliseconds / HOUR) });
      return t("common.days", { count: Math.floor(milliseconds / DAY) });
    },
  };
}
