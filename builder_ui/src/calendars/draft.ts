// A working calendar being edited: which days it works, and what a click on a day changes.
import type { CalendarDefinition, CalendarView, HolidayYear } from "../api/types";
import type { Label } from "../api/values";

export interface DayLook {
  iso: string;
  isWorked: boolean;
  /** Otherwise than its weekday: a day off, or a day worked to make up for one. */
  mark: "off" | "work" | null;
  name: Label | null;
  /** Set by the calendar itself and not by the table it stands on. */
  isOwn: boolean;
}

export interface TableDays {
  off: ReadonlyMap<string, Label>;
  work: ReadonlyMap<string, Label>;
  years: ReadonlySet<number>;
}

const DAY = 86_400_000;

export function isoOf(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Monday is 1. */
export function weekdayOf(iso: string): number {
  return new Date(`${iso}T00:00:00Z`).getUTCDay() || 7;
}

export function dayAfter(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

export function daysOfMonth(year: number, month: number): string[] {
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Array.from({ length: count }, (_, index) => isoOf(year, month, index + 1));
}

/** The days of a built-in table, each with the name of its holiday. */
export function tableDays(years: readonly HolidayYear[] | undefined): TableDays {
  const off = new Map<string, Label>();
  const work = new Map<string, Label>();
  for (const period of (years ?? []).flatMap((year) => year.holidays)) {
    for (let day = period.from; day <= period.to; day = dayAfter(day, 1)) off.set(day, period.name);
    for (const day of period.extra_workdays ?? []) work.set(day, period.name);
  }
  return { off, work, years: new Set((years ?? []).map(({ year }) => year)) };
}

export const NO_TABLE: TableDays = { off: new Map(), work: new Map(), years: new Set() };

export function draftOf(view: CalendarView): CalendarDefinition {
  const { title, base, workdays, hours, holidays, extra_workdays, names, loaded_years } = view;
  return { title, base, workdays, hours, holidays, extra_workdays, names, loaded_years };
}

/** What a day is without the calendar's own days: the table, then the weekday. */
function isWorkedByTable(draft: CalendarDefinition, table: TableDays, iso: string): boolean {
  if (table.work.has(iso)) return true;
  return !table.off.has(iso) && draft.workdays.includes(weekdayOf(iso));
}

/** A holiday is marked on weekends too; a weekend as such is not. */
function markOf(isWorked: boolean, isUsual: boolean, isHoliday: boolean): DayLook["mark"] {
  if (isWorked) return isUsual ? null : "work";
  return isUsual || isHoliday ? "off" : null;
}

export function lookOf(draft: CalendarDefinition, table: TableDays, iso: string): DayLook {
  const isOwnOff = draft.holidays.includes(iso);
  const isOwn = isOwnOff || draft.extra_workdays.includes(iso);
  const isWorked = isOwn ? !isOwnOff : isWorkedByTable(draft, table, iso);
  const isHoliday = isOwnOff || (!isOwn && table.off.has(iso));
  const mark = markOf(isWorked, draft.workdays.includes(weekdayOf(iso)), isHoliday);
  const ofTable = (isWorked ? table.work : table.off).get(iso);
  return { iso, isWorked, mark, name: draft.names[iso] ?? ofTable ?? null, isOwn };
}

/** The other way round: a day that is worked is free, a free one worked; own days that say nothing new are dropped. */
export function toggled(draft: CalendarDefinition, table: TableDays, iso: string): CalendarDefinition {
  const { isWorked } = lookOf(draft, table, iso);
  const holidays = draft.holidays.filter((day) => day !== iso);
  const extra_workdays = draft.extra_workdays.filter((day) => day !== iso);
  const { [iso]: _gone, ...names } = draft.names;
  if (isWorkedByTable(draft, table, iso) === isWorked) (isWorked ? holidays : extra_workdays).push(iso);
  return { ...draft, holidays: holidays.sort(), extra_workdays: extra_workdays.sort(), names };
}

export function workedIn(draft: CalendarDefinition, table: TableDays, year: number): number {
  const days = Array.from({ length: 12 }, (_, index) => daysOfMonth(year, index + 1)).flat();
  const own = { off: new Set(draft.holidays), work: new Set(draft.extra_workdays) };
  const isWorked = (iso: string) => own.work.has(iso) || (!own.off.has(iso) && isWorkedByTable(draft, table, iso));
  return days.filter(isWorked).length;
}

/** Whether the public holidays of a year are known; a calendar that stands on no table needs none. */
export function isKnown(draft: CalendarDefinition, table: TableDays, year: number): boolean {
  return draft.base === null || table.years.has(year) || draft.loaded_years.includes(year);
}
