import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import type { CalendarDefinition } from "../src/api/types";
import { isKnown, lookOf, tableDays, toggled, workedIn } from "../src/calendars/draft";
import { titleOf } from "../src/calendars/GeneralPart";
import { YearView } from "../src/calendars/YearView";
import { Surroundings } from "./surroundings";

afterEach(cleanup);

const spring = { "zh-CN": "春节", en: "Spring Festival" };
const table = tableDays([
  {
    year: 2026,
    holidays: [{ name: spring, from: "2026-02-15", to: "2026-02-23", extra_workdays: ["2026-02-14", "2026-02-28"] }],
  },
]);
const draft: CalendarDefinition = {
  title: "x",
  base: "CN",
  workdays: [1, 2, 3, 4, 5],
  hours: [{ from: "09:00", to: "18:00" }],
  holidays: [],
  extra_workdays: [],
  names: {},
  loaded_years: [],
};

describe("a day", () => {
  it.each([
    ["2026-02-13", true, null, null],
    ["2026-02-14", true, "work", spring],
    ["2026-02-15", false, "off", spring],
    ["2026-02-16", false, "off", spring],
    ["2026-03-01", false, null, null],
  ] as const)("%s is as the table and the weekday say", (iso, isWorked, mark, name) => {
    expect(lookOf(draft, table, iso)).toEqual({ iso, isWorked, mark, name, isOwn: false });
  });

  it.each(["2026-02-13", "2026-02-14", "2026-02-16", "2026-03-01"])("%s turns over and back", (iso) => {
    const once = toggled(draft, table, iso);
    expect(lookOf(once, table, iso).isWorked).toBe(!lookOf(draft, table, iso).isWorked);
    expect(lookOf(once, table, iso).isOwn).toBe(true);
    expect(toggled(once, table, iso)).toEqual(draft);
  });

  it("is dropped from the calendar's own when it says nothing new, with its name", () => {
    const own = { ...draft, holidays: ["2026-02-14"], names: { "2026-02-14": "x" } };
    expect(toggled(own, table, "2026-02-14")).toEqual(draft);
  });
});

it("counts the working days of a year", () => {
  expect(workedIn(draft, tableDays([]), 2026)).toBe(261);
  expect(workedIn(draft, table, 2026)).toBe(257);
  expect(workedIn(toggled(draft, table, "2026-03-02"), table, 2026)).toBe(256);
});

it("knows which years have public holidays", () => {
  expect([2026, 2027].map((year) => isKnown(draft, table, year))).toEqual([true, false]);
  expect(isKnown({ ...draft, loaded_years: [2027] }, table, 2027)).toBe(true);
  expect(isKnown({ ...draft, base: null }, table, 2027)).toBe(true);
});

it("keeps one name where there is only one", () => {
  expect(titleOf("工厂", "")).toBe("工厂");
  expect(titleOf("", "Factory")).toBe("Factory");
  expect(titleOf("工厂", "Factory")).toEqual({ "zh-CN": "工厂", en: "Factory" });
});

function Editing() {
  const [edited, setEdited] = useState(draft);
  const [year, setYear] = useState(2026);
  return <YearView draft={edited} table={table} year={year} onYear={setYear} onChange={setEdited} />;
}

it("shows a year, turns days by a click, and goes from day to day by arrows", () => {
  render(<Editing />, { wrapper: Surroundings });
  expect(screen.getByText("工作日 257 天")).toBeDefined();
  const february = within(screen.getByRole("region", { name: "2026 二月" }));
  const day = february.getByRole("button", { name: "16, 春节, 放假" });
  fireEvent.click(day);
  expect(february.getByRole("button", { name: "16, 上班, 本日历单独设置" })).toBe(day);
  expect(screen.getByText("工作日 258 天")).toBeDefined();
  day.focus();
  fireEvent.keyDown(day, { key: "ArrowDown" });
  expect(document.activeElement?.getAttribute("data-day")).toBe("2026-02-23");
  fireEvent.click(screen.getByRole("button", { name: "下一年" }));
  expect(screen.getByText(/2027 年的法定节假日尚未导入/)).toBeDefined();
});
