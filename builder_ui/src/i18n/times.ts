// Instants and days as people read them, in the zone of the workspace.
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useSession } from "../app/session";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function instantText(instant: string, zone: string): string {
  return dayjs(instant).tz(zone).format("YYYY-MM-DD HH:mm");
}

/** The clock on the wall in `zone` at an instant, as `2026-11-24T13:02:00`. */
export function wallTime(instant: string, zone: string): string {
  return dayjs(instant).tz(zone).format("YYYY-MM-DDTHH:mm:ss");
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
