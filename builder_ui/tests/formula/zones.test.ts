import { describe, expect, it } from "vitest";
import { Moment } from "../../src/formula/days";
import { millisecondsAt, wallClock } from "../../src/formula/zones";

function moment(iso: string): Moment {
  const found = Moment.read(iso);
  if (found === undefined) throw new Error(iso);
  return found;
}

describe("the clock on the wall", () => {
  it.each([
    ["2026-01-05T01:00:00Z", "Asia/Shanghai", "2026-01-05T09:00:00"],
    ["1986-06-01T00:00:00.250Z", "Asia/Shanghai", "1986-06-01T09:00:00.250000"],
    ["1900-01-01T00:00:00Z", "Asia/Shanghai", "1900-01-01T08:05:43"],
    ["2024-03-31T01:00:00Z", "Europe/Berlin", "2024-03-31T03:00:00"],
    ["1969-12-31T23:59:59.999Z", "UTC", "1969-12-31T23:59:59.999000"],
    ["0500-01-01T00:00:00Z", "UTC", "0500-01-01T00:00:00"],
  ])("%s in %s is %s", (instant, zone, wall) => {
    expect(wallClock(Date.parse(instant), zone)?.iso()).toBe(wall);
  });

  it.each([
    ["2026-01-05T09:00:00", "Asia/Shanghai", "2026-01-05T01:00:00.000Z"],
    // skipped by the clock: the offset before the change
    ["2024-03-31T02:30:00", "Europe/Berlin", "2024-03-31T01:30:00.000Z"],
    // shown twice: the earlier one
    ["2024-10-27T02:30:00", "Europe/Berlin", "2024-10-27T00:30:00.000Z"],
    ["2024-10-27T03:00:00", "Europe/Berlin", "2024-10-27T02:00:00.000Z"],
    ["2024-03-10T02:30:00", "America/New_York", "2024-03-10T07:30:00.000Z"],
    ["2011-12-30T12:00:00", "Pacific/Apia", "2011-12-30T22:00:00.000Z"],
  ])("%s in %s is %s", (wall, zone, instant) => {
    const found = millisecondsAt(moment(wall), zone);
    expect(found === undefined ? undefined : new Date(found).toISOString()).toBe(instant);
  });

  it("ends with the calendar", () => {
    expect(millisecondsAt(moment("0001-01-01T00:00:00"), "Asia/Shanghai")).toBeUndefined();
    expect(wallClock(Date.parse("9999-12-31T23:00:00Z"), "Asia/Shanghai")).toBeUndefined();
  });
});
