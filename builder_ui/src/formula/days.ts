// Calendar days of the years 1 to 9999 and wall-clock times exact to the microsecond, as the server counts them.

export const LAST_ORDINAL = 3_652_059; // 9999-12-31; day 1 is 0001-01-01
export const MICROSECONDS_A_DAY = 86_400_000_000;
const DAYS_IN_400_YEARS = 146_097;
const DAYS_IN_100_YEARS = 36_524;
const DAYS_IN_4_YEARS = 1461;
const LAST_YEAR = 9999;

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function daysBeforeYear(year: number): number {
  const gone = year - 1;
  return gone * 365 + Math.floor(gone / 4) - Math.floor(gone / 100) + Math.floor(gone / 400);
}

const BEFORE_MONTH = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

function daysBeforeMonth(year: number, month: number): number {
  return (BEFORE_MONTH[month] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0);
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** A calendar day without zone. */
export class Day {
  readonly ordinal: number;
  private parts: readonly [number, number, number] | undefined;

  private constructor(ordinal: number) {
    this.ordinal = ordinal;
  }

  /** The day with a number counted from 0001-01-01 = 1; none outside of the years 1 to 9999. */
  static at(ordinal: number): Day | undefined {
    return ordinal >= 1 && ordinal <= LAST_ORDINAL ? new Day(ordinal) : undefined;
  }

  static of(year: number, month: number, ofMonth: number): Day | undefined {
    if (!(year >= 1 && year <= LAST_YEAR && month >= 1 && month <= 12)) return undefined;
    if (!(ofMonth >= 1 && ofMonth <= daysInMonth(year, month))) return undefined;
    return new Day(daysBeforeYear(year) + daysBeforeMonth(year, month) + ofMonth);
  }

  /** Read `2024-01-31`. */
  static read(iso: string): Day | undefined {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
    return match === null ? undefined : Day.of(Number(match[1]), Number(match[2]), Number(match[3]));
  }

  get year(): number {
    return this.civil()[0];
  }

  get month(): number {
    return this.civil()[1];
  }

  get ofMonth(): number {
    return this.civil()[2];
  }

  /** Monday is 0. */
  get weekday(): number {
    return (this.ordinal + 6) % 7;
  }

  plus(days: number): Day | undefined {
    return Day.at(this.ordinal + days);
  }

  iso(): string {
    return `${String(this.year).padStart(4, "0")}-${two(this.month)}-${two(this.ofMonth)}`;
  }

  private civil(): readonly [number, number, number] {
    this.parts ??= civilOf(this.ordinal);
    return this.parts;
  }
}

function civilOf(ordinal: number): readonly [number, number, number] {
  let left = ordinal - 1;
  const cycles = Math.floor(left / DAYS_IN_400_YEARS);
  left -= cycles * DAYS_IN_400_YEARS;
  const centuries = Math.min(3, Math.floor(left / DAYS_IN_100_YEARS));
  left -= centuries * DAYS_IN_100_YEARS;
  const leaps = Math.floor(left / DAYS_IN_4_YEARS);
  left -= leaps * DAYS_IN_4_YEARS;
  const years = Math.min(3, Math.floor(left / 365));
  left -= years * 365;
  const year = cycles * 400 + centuries * 100 + leaps * 4 + years + 1;
  let month = 1;
  while (left >= daysInMonth(year, month)) {
    left -= daysInMonth(year, month);
    month += 1;
  }
  return [year, month, left + 1];
}

/** A time on the wall of the workspace: a day and the microseconds gone of it. */
export class Moment {
  readonly day: Day;
  readonly microseconds: number;

  constructor(day: Day, microseconds = 0) {
    this.day = day;
    this.microseconds = microseconds;
  }

  /** Read `2024-01-31T08:30:00` with up to six decimals of the second. */
  static read(iso: string): Moment | undefined {
    const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$/.exec(iso);
    const day = match === null ? undefined : Day.read(match[1] ?? "");
    if (match === null || day === undefined) return undefined;
    const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
    if (hour > 23 || minute > 59 || second > 59) return undefined;
    return new Moment(day, ((hour * 60 + minute) * 60 + second) * 1e6 + Number((match[5] ?? "").padEnd(6, "0")));
  }

  get hour(): number {
    return Math.floor(this.microseconds / 3.6e9);
  }

  get minute(): number {
    return Math.floor(this.microseconds / 6e7) % 60;
  }

  get second(): number {
    return Math.floor(this.microseconds / 1e6) % 60;
  }

  /** Whole microseconds since 0001-01-01. */
  total(): bigint {
    return BigInt(this.day.ordinal) * BigInt(MICROSECONDS_A_DAY) + BigInt(this.microseconds);
  }

  plus(microseconds: bigint): Moment | undefined {
    const total = this.total() + microseconds;
    if (total < 0n) return undefined;
    const day = Day.at(Number(total / BigInt(MICROSECONDS_A_DAY)));
    return day === undefined ? undefined : new Moment(day, Number(total % BigInt(MICROSECONDS_A_DAY)));
  }

  /** `08:30:00`. */
  clock(): string {
    return `${two(this.hour)}:${two(this.minute)}:${two(this.second)}`;
  }

  /** `2024-01-31T08:30:00`, with six decimals where there are any. */
  iso(): string {
    const part = this.microseconds % 1e6;
    return `${this.day.iso()}T${this.clock()}${part === 0 ? "" : `.${String(part).padStart(6, "0")}`}`;
  }
}

export function compareMoments(left: Moment, right: Moment): number {
  if (left.day.ordinal !== right.day.ordinal) return left.day.ordinal < right.day.ordinal ? -1 : 1;
  return Math.sign(left.microseconds - right.microseconds);
}
