// Lengths of time, as people write them and as whole seconds.
import type { DurationField } from "../api/types";

type Display = NonNullable<DurationField["display"]>;

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];
const PARTS = /^(?:(\d+)(?:d|天))?(?:(\d+)(?:h|小时|时))?(?:(\d+)(?:m|min|分钟|分))?(?:(\d+)(?:s|秒))?$/;
const CLOCK = /^(?:(\d+)(?:d|天))?(\d+):([0-5]\d)(?::([0-5]\d))?$/;
const LONGEST = 999_999_999_999;

/** Seconds for reading; those that the display has no place for are added, so that nothing is lost. */
export function durationText(seconds: number, display: Display, day = "d"): string {
  const sign = seconds < 0 ? "-" : "";
  const all = Math.abs(seconds);
  if (display === "m:ss") return `${sign}${Math.floor(all / MINUTE)}:${two(all % MINUTE)}`;
  const days = display === "d h:mm" ? Math.floor(all / DAY) : 0;
  const rest = all - days * DAY;
  const shown = `${Math.floor(rest / HOUR)}:${two(Math.floor(rest / MINUTE) % MINUTE)}`;
  const hasSeconds = display === "h:mm:ss" || all % MINUTE !== 0;
  return `${sign}${days === 0 ? "" : `${days}${day} `}${shown}${hasSeconds ? `:${two(all % MINUTE)}` : ""}`;
}

function two(part: number): string {
  return String(part).padStart(2, "0");
}

/** The seconds that somebody means by `1:30`, `1h 30m` or `1小时30分`; null: it says no length. */
export function typedDuration(text: string, display: Display): number | null {
  const plain = text.normalize("NFKC").toLowerCase().replaceAll(/\s/g, "").replace("个", "");
  const isNegative = plain.startsWith("-");
  const seconds = secondsOf(plain.replace(/^[+-]/, ""), display);
  if (seconds === null || seconds > LONGEST) return null;
  return isNegative && seconds !== 0 ? -seconds : seconds;
}

function secondsOf(text: string, display: Display): number | null {
  const clock = CLOCK.exec(text);
  if (clock !== null) {
    const [days, first, second, third] = clock.slice(1).map((part) => Number(part ?? 0)) as number[];
    if (display === "m:ss" && clock[4] === undefined && clock[1] === undefined) return sum(0, 0, first, second);
    return sum(days, first, second, third);
  }
  const parts = text === "" ? null : PARTS.exec(text);
  if (parts === null) return null;
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as number[];
  return sum(days, hours, minutes, seconds);
}

function sum(days = 0, hours = 0, minutes = 0, seconds = 0): number {
  return days * DAY + hours * HOUR + minutes * MINUTE + seconds;
}
