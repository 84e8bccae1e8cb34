import { describe, expect, it } from "vitest";
import { type SentCalendars, WorkCalendar, workCalendars } from "../../src/formula/calendars";
import { Day, Moment } from "../../src/formula/days";
import { environment } from "../../src/formula/environment";
import { wireValue } from "../../src/formula/exchange";
import { prepare } from "../../src/formula/interpret";
import type { ParameterKind, WireNode } from "../../src/formula/wire";

const sent: SentCalendars = {
  default_calendar: "cn",
  calendars: [
    { key: "cn", base: "CN", workdays: [1, 2, 3, 4, 5], off: ["2026-02-14"], extra: ["2026-02-17"] },
    { key: "factory", base: null, workdays: [1, 2, 3, 4, 5, 6], off: [], extra: [] },
  ],
  tables: { CN: { off: ["2026-02-16", "2026-02-17", "2026-02-18"], extra: ["2026-02-14", "2026-02-28"] } },
};

function day(iso: string): Day {
  const found = Day.read(iso);
  if (found === undefined) throw new Error(iso);
  return found;
}

function worked(calendar: WorkCalendar | undefined): string[] {
  const february = Array.from({ length: 28 }, (_, index) => `2026-02-${String(index + 1).padStart(2, "0")}`);
  return february.filter((iso) => calendar?.isWorkday(day(iso)));
}

describe("the calendars of the workspace", () => {
  const calendars = workCalendars(sent);

  it("have own days that beat the table, and a table that beats weekdays", () => {
    expect(worked(calendars.default).slice(10)).toEqual(
      ["13", "17", "19", "20", "23", "24", "25", "26", "27", "28"].map((of) => `2026-02-${of}`).slice(1),
    );
    expect(calendars.find("CN")?.isWorkday(day("2026-02-14"))).toBe(true);
    expect(worked(calendars.find("factory"))).toHaveLength(24);
    expect(calendars.find("nobody")).toBeUndefined();
  });

  it.each(["cn", "factory"])("%s counts and moves as walking over every day does", (key) => {
    const calendar = calendars.find(key);
    const start = day("2026-01-20");
    let walked = 0;
    for (const ahead of Array.from({ length: 60 }, (_, index) => index + 1)) {
      const end = day(start.plus(ahead)?.iso() ?? "");
      if (calendar?.isWorkday(end)) {
        walked += 1;
        expect(calendar.shift(start, walked)?.iso()).toBe(end.iso());
      }
      expect(calendar?.count(day("2026-01-21"), end)).toBe(walked);
    }
  });

  it("end where there is no working day left", () => {
    const never = new WorkCalendar({ workdays: [], off: [], extra: ["2026-01-02"] });
    expect(never.shift(day("2026-01-01"), 1)?.iso()).toBe("2026-01-02");
    expect(never.shift(day("2026-01-01"), 2)).toBeUndefined();
    expect(never.shift(day("2026-01-01"), -1)).toBeUndefined();
  });
});

const text = (value: string): WireNode => ({ type: "constant", kind: "text", value });

function call(name: string, ...given: WireNode[]): unknown {
  const wanted: ParameterKind[] = ["date", name === "WORKDAY" ? "number" : "date", "list"];
  const takes = wanted.slice(0, given.length);
  const tree: WireNode = { type: "call", kind: "any", is_list: false, name, takes, arguments: given };
  const now = Moment.read("2026-01-05T09:00:00") as Moment;
  return wireValue(
    prepare(tree)(environment(() => null, { now, zone: "Asia/Shanghai", calendars: workCalendars(sent) })),
  );
}

describe("formulas", () => {
  it("count by the default calendar, by another one named, and past days off besides", () => {
    const span = [text("2026-02-09"), text("2026-02-20")];
    expect(call("NETWORKDAYS", ...span)).toEqual({ decimal: "8" });
    expect(call("NETWORKDAYS", ...span, text("factory"))).toEqual({ decimal: "11" });
    expect(call("NETWORKDAYS", ...span, text("2026-02-10"))).toEqual({ decimal: "7" });
    expect(call("WORKDAY", text("2026-02-15"), text("1"))).toEqual({ date: "2026-02-17" });
    expect(call("WORKDAY", text("2026-02-13"), text("1"), text("2026-02-17"))).toEqual({ date: "2026-02-19" });
    expect(call("WORKDAY", text("2026-02-20"), text("-1"), text("CN"))).toEqual({ date: "2026-02-19" });
    expect(call("NETWORKDAYS", ...span, text("nobody"))).toEqual({ error: "#VALUE!" });
  });
});
