import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { AddressField, Field, Json, RecordView } from "../src/api/types";
import { usePartFields } from "../src/fields/composite";
import { FieldEdit, FieldShow } from "../src/fields/registry";
import { conditionOf, operandField, toDraft } from "../src/grid/filters";
import { valueAt } from "../src/grid/systemFields";
import { Surroundings } from "./surroundings";

const PERIOD: Field = { key: "f", type: "date_range", title: "Period" };
const HOME: AddressField = { key: "f", type: "address", title: "Home" };
const PLACE: Field = { key: "f", type: "location", title: "Place" };

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function PartList() {
  const parts = usePartFields()({ ...PERIOD, key: "period" });
  return (
    <ul>
      {parts.map(({ key, type: kind, title }) => (
        <li key={key}>{`${key} ${kind} ${String(title)}`}</li>
      ))}
    </ul>
  );
}

function Entered({ field, first, seen }: { field: Field; first: Json; seen: Json[] }) {
  const [value, setValue] = useState<Json>(first);
  const change = (next: Json) => {
    seen.push(next);
    setValue(next);
  };
  return <FieldEdit field={field} value={value} id="f" label="F" isInvalid={false} onChange={change} />;
}

function enter(field: Field, first: Json = null): Json[] {
  const seen: Json[] = [];
  render(<Entered field={field} first={first} seen={seen} />, { wrapper: Surroundings });
  return seen;
}

function type(label: RegExp, value: string) {
  fireEvent.change(screen.getByLabelText(label, { selector: "input" }), { target: { value } });
}

describe("a value of several parts", () => {
  it.each([
    [PERIOD, { start: "2026-01-01", end: "2026-01-31" }, "2026-01-31"],
    [HOME, { province: "北京市", city: "北京市", district: "海淀区", detail: "1 号" }, /海淀区/],
    [PLACE, { longitude: 116.397428, latitude: 39.90923, address: "Gate" }, "116.397428, 39.90923"],
  ] as [Field, Json, string | RegExp][])("is shown whole: %#", (field, value, shown) => {
    render(<FieldShow field={field} value={value} />, { wrapper: Surroundings });
    expect(screen.getByText(shown)).toBeDefined();
  });

  it("is empty while none of its parts is filled", () => {
    render(<FieldShow field={HOME} value={{ province: "", city: "", district: "", detail: "" }} />, {
      wrapper: Surroundings,
    });
    expect(screen.getByText(/Not filled in|未填写/)).toBeDefined();
    cleanup();
    const seen = enter(PLACE, { longitude: 1 });
    type(/F: (Longitude|经度)/, "");
    expect(seen.at(-1)).toBeNull();
  });

  it("names each part by the whole and by itself", () => {
    enter(PERIOD, { start: "2026-01-01", end: "2026-01-31" });
    const start = screen.getByLabelText(/F: (Start|开始日期)/);
    expect([start.id, start.getAttribute("value")]).toEqual(["f", "2026-01-01"]);
    expect(screen.getByLabelText(/F: (End|结束日期)/).getAttribute("value")).toBe("2026-01-31");
  });
});

describe("an address", () => {
  it("offers the divisions within those that were chosen", async () => {
    const seen = enter(HOME, { province: "江苏省", city: "" });
    const city = screen.getByLabelText(/F: (City|城市)/);
    fireEvent.focus(city);
    fireEvent.mouseDown(city);
    fireEvent.click(await screen.findByTitle("苏州市", {}, { timeout: 5000 }));
    expect(seen.at(-1)).toEqual({ province: "江苏省", city: "苏州市" });
  });

  it("drops what lies in another division, and keeps what was typed beside the list", async () => {
    const seen = enter(HOME, { province: "江苏省", city: "苏州市", district: "My own", detail: "1" });
    const province = screen.getByLabelText(/F: (Province|省份)/);
    fireEvent.focus(province);
    fireEvent.mouseDown(province);
    await screen.findByTitle("河北省", {}, { timeout: 5000 });
    type(/F: (Province|省份)/, "河北省");
    expect(seen.at(-1)).toEqual({ province: "河北省", city: "", district: "My own", detail: "1" });
  });

  it("asks no more than its level, and takes any name", () => {
    const seen = enter({ ...HOME, level: "city" });
    expect(screen.queryByLabelText(/F: (District|区县)/)).toBeNull();
    expect(screen.queryByLabelText(/F: (Street and number|详细地址)/)).toBeNull();
    type(/F: (Province|省份)/, "Bavaria");
    expect(seen.at(-1)).toEqual({ province: "Bavaria" });
  });
});

function locating(answer: (found: PositionCallback, failed: PositionErrorCallback) => void) {
  vi.stubGlobal("isSecureContext", true);
  Object.defineProperty(navigator, "geolocation", { configurable: true, value: { getCurrentPosition: answer } });
  const seen = enter(PLACE, { longitude: 1, latitude: 2, address: "Gate" });
  fireEvent.click(screen.getByRole("button", { name: /(Use my position|使用我的位置): F/ }));
  return seen;
}

describe("a location", () => {
  it("is taken from the browser, to a tenth of a metre", async () => {
    const seen = locating((found) =>
      found({ coords: { longitude: 116.39742812, latitude: -39.9092 } } as GeolocationPosition),
    );
    await waitFor(() => expect(seen.at(-1)).toEqual({ longitude: 116.397428, latitude: -39.9092, address: "Gate" }));
  });

  it.each([
    [1, /Allow it in the settings|网站设置中允许/],
    [2, /cannot be found now|暂时无法定位/],
    [3, /too long|定位超时/],
  ])("says why it is not: %s", async (code, told) => {
    const seen = locating((_, failed) => failed({ code } as GeolocationPositionError));
    expect((await screen.findByRole("alert")).textContent).toMatch(told);
    expect(seen).toEqual([]);
  });

  it("is not asked for where browsers do not tell it", async () => {
    vi.stubGlobal("isSecureContext", false);
    enter(PLACE);
    fireEvent.click(screen.getByRole("button", { name: /(Use my position|使用我的位置): F/ }));
    expect((await screen.findByRole("alert")).textContent).toContain("HTTPS");
  });
});

describe("parts in lists", () => {
  it("are fields of their own, by their path", () => {
    render(<PartList />, { wrapper: Surroundings });
    const told = screen.getAllByRole("listitem").map((item) => item.textContent);
    expect(told[0]).toMatch(/^period\.start date Period: (Start|开始日期)$/);
    expect(told[1]).toMatch(/^period\.end date Period: (End|结束日期)$/);
  });

  it("have the values that the whole has", () => {
    const record = { values: { period: { start: "2026-01-01", end: "2026-01-31" } } } as unknown as RecordView;
    expect(valueAt(record, "period.end")).toBe("2026-01-31");
    expect(valueAt(record, "other.end")).toBeNull();
  });

  it("are compared with days, and ranges with two of them", () => {
    expect(operandField(PERIOD, "contains")?.type).toBe("date");
    expect(operandField(HOME, "contains")?.type).toBe("text");
    const line = { field: "f", op: "overlaps" as const, value: ["2026-01-01", "2026-01-31"] };
    expect(conditionOf(line)).toEqual(line);
    expect(conditionOf({ ...line, value: ["2026-01-01", null] })).toBeNull();
    const month = { field: "f", op: "overlaps", value: { this: "month" } };
    expect(toDraft(JSON.stringify(month), [PERIOD]).nested).toEqual([month]);
  });
});
