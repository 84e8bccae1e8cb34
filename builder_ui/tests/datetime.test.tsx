// In a zone whose clocks jump from 02:00 to 03:00 on 2027-03-14; that of the workspace, Asia/Shanghai, has no such day.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import type { Json } from "../src/api/types";
import { FieldEdit } from "../src/fields/registry";
import { Surroundings } from "./surroundings";

const before = process.env["TZ"];
beforeAll(() => {
  process.env["TZ"] = "America/New_York";
});
afterAll(() => {
  process.env["TZ"] = before;
});
afterEach(cleanup);

function edit(value: Json, type: "datetime" | "date" = "datetime"): { input: HTMLInputElement; seen: Json[] } {
  const seen: Json[] = [];
  render(
    <FieldEdit
      field={{ key: "at", type, title: "At" }}
      value={value}
      id="at"
      label="At"
      isInvalid={false}
      onChange={(next) => seen.push(next)}
    />,
    { wrapper: Surroundings },
  );
  return { input: screen.getByLabelText<HTMLInputElement>("At"), seen };
}

it("takes a time of the workspace's clock that the browser's clock skips", () => {
  expect(new Date(2027, 2, 14, 2, 30).getHours()).toBe(3);
  const { input, seen } = edit(null);
  fireEvent.mouseDown(input);
  fireEvent.focus(input);
  fireEvent.change(input, { target: { value: "2027-03-14 02:30" } });
  fireEvent.click(screen.getByRole("button", { name: "OK" }));
  expect(seen.at(-1)).toBe("2027-03-13T18:30:00.000Z");
});

it("shows such a time as it is", () => {
  expect(edit("2027-03-13T18:30:00.000Z").input.value).toBe("2027-03-14 02:30");
});

it.each(["date", "datetime"] as const)("calls today in a %s what the workspace calls so", async (type) => {
  vi.useFakeTimers({ now: new Date("2027-03-09T20:00:00.000Z"), toFake: ["Date"] });
  try {
    const { input } = edit(null, type);
    fireEvent.mouseDown(input);
    fireEvent.focus(input);
    fireEvent.click(input);
    await waitFor(() =>
      expect(document.querySelector(".ant-picker-cell-today")?.getAttribute("title")).toBe("2027-03-10"),
    );
  } finally {
    vi.useRealTimers();
  }
});
