import { act, cleanup, render, renderHook, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Entity, Evaluation, Form, Json, LocalFormulas, Rights, Values } from "../src/api/types";
import { useEntry } from "../src/forms/entry";
import { FormBody } from "../src/forms/FormBody";
import { LocalForm } from "../src/forms/local/LocalForm";
import { type RowValue, rowsOf } from "../src/forms/wire";
import { ids, Surroundings } from "./surroundings";
import { binary, call, constant, formula, formulas, ref, step } from "./trees";

const entity: Entity = {
  key: "e",
  title: "E",
  fields: [
    {
      key: "lines",
      type: "subform",
      title: "Lines",
      fields: [
        { key: "qty", type: "number", title: "Qty", decimals: 2 },
        { key: "price", type: "number", title: "Price", decimals: 2 },
        { key: "amount", type: "number", title: "Amount", decimals: 2, computed: "{qty}*{price}" },
        { key: "each", type: "number", title: "Each", decimals: 2, computed: "{price}/{qty}" },
      ],
    },
    { key: "total", type: "number", title: "Total", decimals: 2, computed: "SUM({lines.amount})" },
    { key: "rate", type: "number", title: "Rate", decimals: 2 },
    { key: "taxed", type: "number", title: "Taxed", decimals: 2, computed: "{total}*{rate}" },
    { key: "margin", type: "number", title: "Margin", decimals: 2, computed: "{total}-{cost}" },
    { key: "urgent", type: "boolean", title: "Urgent" },
    { key: "note", type: "text", title: "Note", required: true },
    { key: "calm", type: "text", title: "Calm" },
  ],
};
const form: Form = {
  key: "f",
  entity: "e",
  title: "F",
  layout: [
    {
      section: "All",
      items: [
        "lines",
        "total",
        "rate",
        "taxed",
        "margin",
        "urgent",
        { field: "note", visible_when: "{total}>100" },
        { field: "calm", visible_when: "NOT({urgent})" },
      ],
    },
  ],
};
const rights: Rights = {
  lines: "write",
  "lines.qty": "write",
  "lines.price": "write",
  "lines.amount": "read",
  "lines.each": "read",
  total: "read",
  rate: "write",
  taxed: "read",
  margin: "read",
  urgent: "write",
  note: "write",
  calm: "write",
};
const sent: LocalFormulas = formulas({
  steps: [
    step("lines.amount", binary(ref("qty"), "*", ref("price"))),
    step("lines.each", binary(ref("price"), "/", ref("qty"))),
    step("total", call("SUM", "list", ref("lines.amount", "number", true))),
    step("taxed", binary(ref("total"), "*", ref("rate"))),
  ],
  visible: [
    { field: "note", conditions: [formula(binary(ref("total"), ">", constant(100)))] },
    { field: "calm", conditions: [formula(binary(ref("urgent", "boolean"), "=", constant(false)))] },
  ],
  row_defaults: [step("lines.price", binary(ref("rate"), "+", constant(1)))],
});
const conditional: ReadonlySet<string> = new Set(["note", "calm"]);
const [first, second] = [ids.wei, ids.fang];

interface Asked {
  values: Values;
  answer: (given: Partial<Evaluation>) => Promise<void>;
  fail: () => Promise<void>;
}

const atNine = () => 1_767_574_800_000;

function localForm(stored: Values | null, given = sent, allowed = rights): LocalForm {
  const workspace = { zone: "Asia/Shanghai" };
  return new LocalForm({ entity, form, rights: allowed, formulas: given, stored, workspace, now: atNine });
}

interface Start {
  initial?: Values;
  stored?: Values | null;
  given?: LocalFormulas;
  failed?: Record<string, string>;
}

function setUp({ initial = {}, stored = null, given = sent, failed = {} }: Start = {}) {
  const asked: Asked[] = [];
  const evaluate = (values: Values) =>
    new Promise<Evaluation>((resolve, reject) => {
      asked.push({
        values,
        answer: (news) =>
          act(async () => resolve({ values: {}, failed: {}, hidden: [], required: [], errors: [], ...news })),
        fail: () => act(async () => reject(new Error("lost"))),
      });
    });
  const options = { entity, rights, initial: stored ?? initial, evaluate, local: localForm(stored, given), failed };
  const { result } = renderHook(() => useEntry(options, conditional));
  const entry = () => result.current;
  const rows = () => rowsOf(entry().values["lines"]);
  return {
    asked,
    entry,
    rows,
    type: (key: string, value: Json) => act(() => entry().change(key, value)),
    cell: (position: number, key: string, value: Json) =>
      act(() =>
        entry().change(
          "lines",
          rows().map((row, at) => (at === position ? { ...row, [key]: value } : row)),
        ),
      ),
    pause: () => act(() => vi.advanceTimersByTimeAsync(300)),
  };
}

const two: Values = {
  lines: [
    { qty: 2, price: 3 },
    { qty: 1, price: 10 },
  ],
  rate: 2,
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  cleanup();
});

describe("a form that evaluates its formulas here", () => {
  it("computes before the server has said anything", () => {
    const { entry, rows, cell } = setUp({ initial: two });
    expect(entry().values["total"]).toBe(16);
    cell(0, "qty", "4");
    expect(rows().map((row) => row["amount"])).toEqual([12, 10]);
    expect(entry().values).toMatchObject({ total: 22, taxed: 44 });
  });

  it("shows and hides fields at once, and what was entered stays", () => {
    const { entry, type, cell } = setUp({ initial: two });
    expect(entry().isHidden("note")).toBe(true);
    cell(1, "qty", "10");
    expect(entry().isHidden("note")).toBe(false);
    expect(entry().isRequired("note")).toBe(true);
    type("note", "kept");
    cell(1, "qty", "1");
    expect(entry().isHidden("note")).toBe(true);
    expect(entry().current().values["note"]).toBe("kept");
  });

  it("takes a switch that was left alone for no", () => {
    const { entry, type } = setUp();
    expect(entry().isHidden("calm")).toBe(false);
    type("urgent", true);
    expect(entry().isHidden("calm")).toBe(true);
  });
});

describe("the server's answer to a form that evaluates its formulas here", () => {
  it("does not set back what was computed for later values", async () => {
    const { asked, entry, cell, pause } = setUp({ initial: two });
    await pause();
    cell(0, "qty", "4");
    await asked[0]?.answer({ values: { total: 16, margin: 7 }, hidden: ["note"] });
    expect(entry().values).toMatchObject({ total: 22, taxed: 44, margin: 7 });
    cell(1, "qty", "10");
    expect(entry().isHidden("note")).toBe(false);
  });

  it("is kept, for what only the server computes, until the next one", async () => {
    const { asked, entry, cell, pause } = setUp({ initial: two });
    await pause();
    await asked[0]?.answer({ values: { total: 16, taxed: 32, margin: 7 } });
    cell(0, "qty", "4");
    expect(entry().values).toMatchObject({ total: 22, margin: 7 });
    await pause();
    await asked[1]?.answer({ values: { total: 22, taxed: 44, margin: 13 } });
    expect(entry().values).toMatchObject({ total: 22, margin: 13 });
  });

  it("may fail to come", async () => {
    const { asked, entry, cell, pause } = setUp({ initial: two });
    await pause();
    await asked[0]?.fail();
    expect(entry().values["total"]).toBe(16);
    cell(0, "qty", "4");
    expect(entry().values["total"]).toBe(22);
  });

  it("is what counts, and developers are told once where it differs", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const { asked, entry, type, pause } = setUp({ initial: two });
    const lines = [
      { amount: 6, each: 1.5 },
      { amount: 10, each: 10 },
    ];
    await pause();
    await asked[0]?.answer({ values: { lines, total: 17, taxed: 32 }, hidden: ["note"] });
    expect(entry().values["total"]).toBe(17);
    type("rate", "3");
    expect(entry().values["total"]).toBe(16);
    await pause();
    await asked[1]?.answer({ values: { lines, total: 17, taxed: 48 }, hidden: ["note"] });
    expect(warn.mock.calls).toEqual([["total: computed here 16, by the server 17"]]);
  });
});

describe("rows computed here", () => {
  it("follow their rows when some are added, removed and moved", () => {
    const { entry, rows, type, cell } = setUp({ initial: two });
    type("lines", [...rows(), { id: "new-x", qty: "5", price: "1" }]);
    expect(rows().map((row) => row["amount"])).toEqual([6, 10, 5]);
    type("lines", rows().toReversed());
    expect(rows().map((row) => row["amount"])).toEqual([5, 10, 6]);
    type("lines", rows().slice(1));
    expect(entry().values["total"]).toBe(16);
    cell(0, "qty", null);
    expect(rows().map((row) => row["each"])).toEqual([null, 1.5]);
    expect([0, 1].map((position) => entry().failedAt(`/lines/${position}/each`))).toEqual(["#DIV/0!", null]);
  });

  it("stay the same objects where nothing changed", () => {
    const { rows, type, cell } = setUp({ initial: two });
    type("rate", "5");
    const before = rows();
    cell(0, "qty", "4");
    expect(rows()[1]).toBe(before[1]);
    expect(rows()[0]).not.toBe(before[0]);
  });

  it("are not told from an input that cannot be read, nor is what they add up to", () => {
    const { entry, rows, cell } = setUp({ initial: two });
    cell(0, "qty", "4.999");
    expect(rows().map((row) => row["amount"])).toEqual([null, 10]);
    expect(entry().values).toMatchObject({ total: null, taxed: null });
    expect(entry().failedAt("/lines/0/amount")).toBeNull();
    cell(0, "qty", "4.99");
    expect(entry().values["total"]).toBe(24.97);
  });

  it("begin with the defaults of their columns", () => {
    const { entry, type } = setUp({ initial: two });
    type("rate", "4");
    expect(entry().newRow("lines")).toMatchObject({ price: 5 });
  });
});

const stored: Values = {
  lines: [
    { id: first, qty: 2, price: 3, amount: 999, each: 1.5 },
    { id: second, qty: 1, price: 10, amount: 10, each: 10 },
  ],
  total: 1009,
  rate: 2,
  taxed: 5,
  margin: 1,
  urgent: null,
  note: null,
  calm: null,
};

describe("a stored record", () => {
  it("has computed anew only what depends on a change", () => {
    const { entry, rows, type, cell } = setUp({ stored });
    expect(entry().values).toMatchObject({ total: 1009, taxed: 5 });
    type("rate", "3");
    expect(entry().values).toMatchObject({ total: 1009, taxed: 3027 });
    expect(rows()[0]?.["amount"]).toBe(999);
    cell(1, "qty", "2");
    expect(rows().map((row) => row["amount"])).toEqual([6, 20]);
    expect(entry().values).toMatchObject({ total: 26, taxed: 78 });
  });

  it("is as it is stored when a change is taken back", () => {
    const { entry, rows, cell } = setUp({ stored });
    cell(1, "qty", "2");
    cell(1, "qty", "1.00");
    expect(rows().map((row) => row["amount"])).toEqual([999, 10]);
    expect(entry().values).toMatchObject({ total: 1009, taxed: 5 });
  });

  it("says why a value is missing until that changes", async () => {
    const failed = { "/lines/0/each": "#DIV/0!", "/margin": "#N/A", "/lines/1/each": "#VALUE!" };
    const { asked, entry, type, cell, pause } = setUp({ stored, failed });
    await pause();
    type("rate", "3");
    expect(entry().failedAt("/margin")).toBe("#N/A");
    expect(entry().failedAt("/lines/1/each")).toBe("#VALUE!");
    cell(0, "qty", "0");
    expect(entry().failedAt("/lines/0/each")).toBe("#DIV/0!");
    expect(entry().failedAt("/lines/1/each")).toBeNull();
    await pause();
    await asked[1]?.answer({ failed: { "/margin": "#NUM!" } });
    expect(entry().failedAt("/margin")).toBe("#NUM!");
    expect(entry().failedAt("/lines/0/each")).toBeNull();
  });

  it("takes no switch for answered", () => {
    const local = localForm({ ...stored, urgent: null });
    expect(local.evaluate(stored, () => true).shown.get("calm")).toBe(true);
    const unset = formulas({
      visible: [{ field: "calm", conditions: [formula(call("ISBLANK", "lazy", ref("urgent", "boolean")))] }],
    });
    expect(
      localForm(stored, unset)
        .evaluate(stored, () => true)
        .shown.get("calm"),
    ).toBe(true);
    expect(
      localForm(null, unset)
        .evaluate({}, () => true)
        .shown.get("calm"),
    ).toBe(false);
  });
});

describe("a stored value", () => {
  it("counts as it is, though its field would refuse it today", () => {
    const finer = { ...stored, rate: 0.125 };
    const local = localForm(finer, sent, { ...rights, rate: "read" });
    const [row] = rowsOf(stored["lines"]);
    const found = local.evaluate({ ...finer, lines: [{ ...row, qty: 4, price: 10 }] }, () => true);
    expect(found.fields.get("total")).toBe(40);
    expect(found.fields.get("taxed")).toBe(5);
  });
});

describe("a formula that this page cannot evaluate", () => {
  it("is left to the server with all that is made from it", () => {
    const steps = [
      step("lines.amount", call("TOMORROWS", "any", ref("qty"))),
      step("total", call("SUM", "list", ref("lines.amount", "number", true))),
      step("lines.each", binary(ref("price"), "/", ref("qty"))),
    ];
    const visible = [{ field: "note", conditions: [formula(binary(ref("total"), ">", constant(100)))] }];
    const found = localForm(null, formulas({ steps, visible })).evaluate({}, () => true);
    expect([...found.fields.keys(), ...found.cells.keys(), ...found.shown.keys()]).toEqual(["lines.each"]);
  });
});

function Page({ initial, given }: { initial: Values; given: LocalFormulas }) {
  const local = localForm(null, given);
  const entry = useEntry({ entity, rights, initial, evaluate: null, local }, conditional);
  return <FormBody form={form} entry={entry} />;
}

describe("a value that a formula does not come to", () => {
  it("is empty with a hint when something was divided by an empty field", () => {
    const rows: RowValue[] = [{ id: "new-1", price: 3 }];
    render(<Page initial={{ lines: rows }} given={sent} />, { wrapper: Surroundings });
    expect(screen.getByText(/除数为空或为 0|The divisor is empty or 0/).textContent).toMatch(/^– /);
  });

  it("says what went wrong otherwise", () => {
    const given = formulas({ steps: [step("total", binary(constant("x"), "*", ref("rate")))] });
    render(<Page initial={{}} given={given} />, { wrapper: Surroundings });
    const said = screen.getByText(/参与计算的内容类型不符|A value is of the wrong kind/);
    expect(said.closest("[data-field]")?.getAttribute("data-field")).toBe("total");
  });
});

describe("an evaluation that breaks", () => {
  it("leaves everything to the server", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    vi.spyOn(LocalForm.prototype, "evaluate").mockImplementation(() => {
      throw new TypeError("broken");
    });
    const { asked, entry, pause } = setUp({ initial: two });
    await pause();
    await asked[0]?.answer({ values: { total: 16 } });
    expect(entry().values["total"]).toBe(16);
    expect(entry().isHidden("note")).toBe(false);
  });
});
