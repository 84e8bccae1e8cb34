// Working calendars as the server counts them: by arithmetic over weeks, corrected by the days that differ.
import { Day, LAST_ORDINAL } from "./days";

/** ISO weekdays that are worked, days off in spite of them, days worked in spite of all; days as `2026-01-31`. */
export interface CalendarDays {
  workdays: readonly number[];
  off: readonly string[];
  extra: readonly string[];
}

/** A calendar of the workspace as the server sends it; its own days beat those of the table it stands on. */
export interface SentCalendar extends CalendarDays {
  key: string;
  base: string | null;
}

export interface SentCalendars {
  default_calendar: string;
  calendars: readonly SentCalendar[];
  tables: Readonly<Record<string, Omit<CalendarDays, "workdays">>>;
}

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];

function ordinals(days: Iterable<string>): number[] {
  const found = [...days].map((day) => Day.read(day)?.ordinal).filter((ordinal) => ordinal !== undefined);
  return found.sort((first, second) => first - second);
}

/** Monday is 1. */
function weekdayOf(ordinal: number): number {
  return ((ordinal + 6) % 7) + 1;
}

/** How many of the sorted numbers are less than `limit`. */
export function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class WorkCalendar {
  private readonly weekdays: ReadonlySet<number>;
  private readonly inWeek: readonly number[];
  private readonly gained: readonly number[];
  private readonly lost: readonly number[];

  constructor({ workdays, off, extra }: CalendarDays) {
    this.weekdays = new Set(workdays);
    this.inWeek = [0, 1, 2, 3, 4, 5, 6].map((rest) => workdays.filter((weekday) => weekday <= rest).length);
    const worked = new Set(extra);
    this.gained = ordinals(worked).filter((ordinal) => !this.weekdays.has(weekdayOf(ordinal)));
    const free = ordinals(new Set(off.filter((day) => !worked.has(day))));
    this.lost = free.filter((ordinal) => this.weekdays.has(weekdayOf(ordinal)));
  }

  isWorkday(day: Day): boolean {
    return this.before(day.ordinal + 1) > this.before(day.ordinal);
  }

  /** Working days from `first` to `last`, both included; 0 if they are reversed. */
  count(first: Day, last: Day): number {
    return Math.max(0, this.before(last.ordinal + 1) - this.before(first.ordinal));
  }

  /** The working day `days` working days after `start`, before it if negative; none when there are not so many. */
  shift(start: Day, days: number): Day | undefined {
    if (days === 0) return start;
    const wanted = days > 0 ? this.before(start.ordinal + 1) + days : this.before(start.ordinal) + days + 1;
    if (wanted < 1 || this.before(LAST_ORDINAL + 1) < wanted) return undefined;
    let low = days > 0 ? start.ordinal : 0;
    let high = days > 0 ? LAST_ORDINAL : start.ordinal;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.before(middle + 1) < wanted) low = middle;
      else high = middle;
    }
    return Day.at(high);
  }

  /** Working days since the year 1 before a day; its first of January was a Monday. */
  private before(ordinal: number): number {
    const weeks = Math.floor((ordinal - 1) / 7);
    const byWeekday = weeks * this.weekdays.size + (this.inWeek[(ordinal - 1) % 7] ?? 0);
    return byWeekday + countBelow(this.gained, ordinal) - countBelow(this.lost, ordinal);
  }
}

/** The calendars of a workspace: the one in force where none is named, and the others by their keys. */
export interface WorkCalendars {
  readonly default: WorkCalendar;
  find: (key: string) => WorkCalendar | undefined;
}

/** Monday to Friday, and no other calendar. */
export const NO_CALENDARS: WorkCalendars = {
  default: new WorkCalendar({ workdays: MONDAY_TO_FRIDAY, off: [], extra: [] }),
  find: () => undefined,
};

/** The table of a base, overlaid by the calendar's own days. */
function effective(sent: CalendarDays, table: Omit<CalendarDays, "workdays"> | undefined): WorkCalendar {
  const own = { off: new Set(sent.off), extra: new Set(sent.extra) };
  return new WorkCalendar({
    workdays: sent.workdays,
    off: [...sent.off, ...(table?.off ?? []).filter((day) => !own.extra.has(day))],
    extra: [...sent.extra, ...(table?.extra ?? []).filter((day) => !own.off.has(day))],
  });
}

/** The calendars that the server sent; the name of a table is always the built-in calendar, as on the server. */
export function workCalendars({ default_calendar, calendars, tables }: SentCalendars): WorkCalendars {
  const found = new Map<string, WorkCalendar>();
  for (const [name, table] of Object.entries(tables)) {
    found.set(name, new WorkCalendar({ workdays: MONDAY_TO_FRIDAY, ...table }));
  }
  for (const sent of calendars) {
    found.set(sent.key, effective(sent, sent.base === null ? undefined : tables[sent.base]));
  }
  return {
    default: found.get(default_calendar) ?? NO_CALENDARS.default,
    find: (key) => found.get(key),
  };
}
