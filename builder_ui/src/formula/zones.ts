// Between instants and the clock on the wall of a zone, by the rules of the server's calendar.
import { Day, MICROSECONDS_A_DAY, Moment } from "./days";

const UNIX_DAY = 719_163; // 1970-01-01
const MILLISECONDS_A_DAY = 86_400_000;
const MICROSECONDS = 1000;
const FIRST = -62_135_596_800_000; // 0001-01-01T00:00Z
const AFTER_LAST = 253_402_300_800_000; // 10000-01-01T00:00Z

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  clocks.set(zone, made);
  return made;
}

/** How far the wall is ahead of UTC at an instant, in milliseconds. */
function offsetAt(milliseconds: number, zone: string): number {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(milliseconds)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = parts.get("era") === "BC" ? 1 - part("year") : part("year");
  const wall = new Date(0);
  wall.setUTCFullYear(year, part("month") - 1, part("day"));
  wall.setUTCHours(part("hour"), part("minute"), part("second"));
  return wall.getTime() - Math.floor(milliseconds / 1000) * 1000;
}

function wallMilliseconds(wall: Moment): number {
  return (wall.day.ordinal - UNIX_DAY) * MILLISECONDS_A_DAY + Math.floor(wall.microseconds / MICROSECONDS);
}

/** The clock on the wall at an instant; none outside of the years 1 to 9999. */
export function wallClock(milliseconds: number, zone: string): Moment | undefined {
  const wall = milliseconds + offsetAt(milliseconds, zone);
  const days = Math.floor(wall / MILLISECONDS_A_DAY);
  const day = Day.at(days + UNIX_DAY);
  return day === undefined ? undefined : new Moment(day, (wall - days * MILLISECONDS_A_DAY) * MICROSECONDS);
}

/**
 * The instant, in whole milliseconds since 1970, at which the wall shows `wall`. Of two such instants it is the
 * earlier; a time that the clock skips is taken by the offset before the change. None outside of the years 1 to 9999.
 */
export function millisecondsAt(wall: Moment, zone: string): number | undefined {
  const shown = wallMilliseconds(wall);
  const [before, after] = [offsetAt(shown - MILLISECONDS_A_DAY, zone), offsetAt(shown + MILLISECONDS_A_DAY, zone)];
  const isAfter = before !== after && offsetAt(shown - Math.max(before, after), zone) === after;
  const found = shown - (isAfter ? after : before);
  const isInCalendar = found >= FIRST && found < AFTER_LAST && wall.microseconds < MICROSECONDS_A_DAY;
  return isInCalendar ? found : undefined;
}
