import { describe, expect, it } from "vitest";
import type { FormulaCheck } from "../src/api/formulas";
import type { Entity, Field, RecordView } from "../src/api/types";
import { NO_CALENDARS } from "../src/formula/calendars";
import { type Linked, readLinked } from "../src/formula-editor/linked";
import { evaluateOn } from "../src/formula-editor/live";
import type { Sample } from "../src/formula-editor/sample";

type Formula = NonNullable<FormulaCheck["formula"]>;
type Node = Formula["tree"];

const budget: Field = { key: "budget", type: "number", title: "预算", decimals: 2, digits: 6 };
const entity: Entity = {
  key: "order",
  title: "订单",
  fields: [
    { key: "name", type: "text", title: "名称" },
    budget,
    { key: "start", type: "date", title: "开始" },
    { key: "at", type: "datetime", title: "时间" },
    { key: "tags", type: "multi_select", title: "标签", options: [{ key: "a", title: "A" }] },
    {
      key: "lines",
      type: "subform",
      title: "明细",
      fields: [
        { key: "qty", type: "number", title: "数量" },
        { key: "name", type: "text", title: "品名" },
      ],
    },
  ],
};
const record: RecordView = {
  id: "0".repeat(24),
  version: 3,
  title: "x",
  flow_status: "running",
  created_at: "2026-03-01T16:00:00.000Z",
  created_by: "1".repeat(24),
  created_department: null,
  updated_at: "2026-03-01T16:00:00.000Z",
  updated_by: null,
  values: {
    name: "项目",
    budget: 12.5,
    start: "2026-03-01",
    at: "2026-03-01T16:30:00.000Z",
    tags: ["a", "b"],
    lines: [
      { id: "2".repeat(24), qty: 2, name: "纸" },
      { id: "3".repeat(24), qty: null, name: "笔" },
    ],
  },
};
const sample: Sample = {
  entity,
  record,
  subform: null,
  row: null,
  zone: "Asia/Shanghai",
  calendars: NO_CALENDARS,
  memberId: "9".repeat(24),
  departmentId: null,
};
const now = "2026-03-02T01:00:00.000Z";

function path(name: string): Node {
  return { type: "reference", kind: "any", is_list: false, path: name };
}
function number(value: string): Node {
  return { type: "constant", kind: "number", value };
}
function call(name: string, ...given: [Node, "list" | "any" | "number" | "date"][]): Node {
  const [nodes, takes] = [given.map(([node]) => node), given.map(([, take]) => take)];
  return { type: "call", kind: "any", is_list: false, name, arguments: nodes, takes };
}
function on(tree: Node, given: Partial<Sample> = {}, target: Field | null = null, linked: Linked = new Map()) {
  const formula: Formula = { tree, references: [], uses_clock: false, steps: 1 };
  return evaluateOn(formula, { sample: { ...sample, ...given }, linked, target, now });
}
function text(tree: Node, given: Partial<Sample> = {}): string {
  const found = on(tree, given);
  return found.kind === "value" ? found.text : found.kind;
}

describe("the result on a sample record", () => {
  it.each([
    ["budget", "12.5"],
    ["start", "2026-03-01"],
    ["at", "2026-03-02 00:30:00"],
    ["tags", "a, b"],
    ["lines.qty", "2, "],
    ["lines.name", "纸, 笔"],
    ["current.user", "9".repeat(24)],
    ["created_by", "1".repeat(24)],
    ["version", "3"],
    ["flow_status", "running"],
    ["created_department", ""],
  ])("finds %s as formulas see it", (name, shown) => {
    expect(text(path(name))).toBe(shown);
  });

  it("aggregates over rows, and over none", () => {
    const sum = call("SUM", [path("lines.qty"), "list"]);
    expect(text(sum)).toBe("2");
    expect(text(sum, { record: null })).toBe("0");
  });

  it("sees the chosen row before the record", () => {
    const row = { id: "2".repeat(24), qty: 2, name: "纸" };
    expect(text(path("name"), { subform: "lines", row })).toBe("纸");
    expect(text(path("budget"), { subform: "lines", row })).toBe("12.5");
    expect(text(path("qty"), { subform: "lines", row: null })).toBe("");
  });

  it("is rounded and refused as the field does it", () => {
    const product: Node = {
      type: "binary",
      kind: "number",
      operator: "*",
      left: path("budget"),
      right: number("0.0812"),
    };
    expect(on(product, {}, budget)).toMatchObject({ kind: "value", shown: 1.02 });
    expect(on(number("123456"), {}, budget)).toEqual({ kind: "error", code: "#NUM!" });
    expect(on(path("name"), {}, budget)).toEqual({ kind: "error", code: "#VALUE!" });
  });

  it("counts by the time at which it is asked, in the workspace's zone", () => {
    expect(text(call("NOW"))).toBe("2026-03-02 09:00:00");
  });

  it("says what it cannot know, and fails for what it does not know", () => {
    expect(on(path("project.owner"))).toEqual({ kind: "unknown", path: "project.owner" });
    expect(on(call("OF_A_NEWER_SERVER"))).toEqual({ kind: "failed" });
  });
});

describe("what lies behind links", () => {
  const customer: Entity = {
    key: "customer",
    title: "客户",
    fields: [
      { key: "rate", type: "number", title: "费率" },
      {
        key: "visits",
        type: "subform",
        title: "拜访",
        fields: [{ key: "hours", type: "number", title: "时长" }],
      },
    ],
  };
  const project: Entity = {
    key: "project",
    title: "项目",
    fields: [{ key: "customer", type: "link", title: "客户", entity: "customer" }],
  };
  const order: Entity = {
    key: "order",
    title: "订单",
    fields: [{ key: "project", type: "link", title: "项目", entity: "project" }],
  };
  const stored: Record<string, RecordView> = {
    project: { ...record, values: { customer: "c".repeat(24) } },
    customer: { ...record, version: 8, values: { rate: 0.5, visits: [{ hours: 1 }, { hours: 2 }] } },
  };
  const entities = { order, project, customer };
  const start: Partial<Sample> = { entity: order, record: { ...record, values: { project: "a".repeat(24) } } };

  const read = async (key: string) => stored[key] ?? null;

  async function reading(name: string, given: Partial<Sample> = start) {
    const linked = await readLinked({ entities, read }, { ...sample, ...given }, [name]);
    const found = on(path(name), given, null, linked);
    return found.kind === "value" ? found.text : found.kind;
  }

  it("is read over several records, columns and system fields too", async () => {
    expect(await reading("project.customer.rate")).toBe("0.5");
    expect(await reading("project.customer.visits.hours")).toBe("1, 2");
    expect(await reading("project.customer.version")).toBe("8");
    expect(await reading("project.customer")).toBe("c".repeat(24));
  });

  it("is empty where the link is empty or the record is gone", async () => {
    expect(await reading("project.customer.rate", { ...start, record: { ...record, values: {} } })).toBe("");
    delete stored["customer"];
    expect(await reading("project.customer.rate")).toBe("");
  });
});
