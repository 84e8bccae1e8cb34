import { describe, expect, it } from "vitest";
import type { Field, Filter } from "../src/api/types";
import { operandField, operatorsOf, toDraft, toFilter } from "../src/grid/filters";
import { directionOf, sortText, textOfSort } from "../src/grid/sorts";

const kind: Field = { key: "kind", type: "select", title: "Kind", options: [{ key: "it", title: "IT" }] };
const fields: Field[] = [
  kind,
  { key: "name", type: "text", title: "Name" },
  { key: "start", type: "date", title: "Start" },
];

it("writes an order by formulas as JSON", () => {
  expect(sortText([{ field: "name", desc: true }, { field: "kind" }])).toBe("-name,kind");
  const keys = [{ formula: "{finish} - {start}", desc: true }, { field: "name" }];
  expect(JSON.parse(sortText(keys))).toEqual(keys);
  expect(directionOf(sortText(keys), "name")).toBeNull();
});

describe("filter builder", () => {
  it("gives no filter while nothing is complete", () => {
    expect(toFilter({ join: "and", lines: [], formulas: [], nested: [] })).toBeNull();
    expect(
      toFilter({ join: "and", lines: [{ field: "name", op: "contains", value: "" }], formulas: [], nested: [] }),
    ).toBeNull();
    expect(
      toFilter({
        join: "and",
        lines: [{ field: "budget", op: "between", value: ["1", null] }],
        formulas: [],
        nested: [],
      }),
    ).toBeNull();
  });

  it("writes the grammar of the API", () => {
    expect(
      toFilter({ join: "and", lines: [{ field: "budget", op: "ge", value: "1000000" }], formulas: [], nested: [] }),
    ).toEqual({
      field: "budget",
      op: "ge",
      value: "1000000",
    });
    const lines = [
      { field: "owner", op: "is_me" as const, value: null },
      { field: "kind", op: "in" as const, value: ["it"] },
      { field: "start", op: "within" as const, value: "this_month" },
      { field: "budget", op: "between" as const, value: ["1", "2"] },
    ];
    expect(toFilter({ join: "or", lines, formulas: [], nested: [] })).toEqual({
      or: [
        { field: "owner", op: "is_me" },
        { field: "kind", op: "in", value: ["it"] },
        { field: "start", op: "within", value: { this: "month" } },
        { field: "budget", op: "between", value: ["1", "2"] },
      ],
    });
  });

  it("reads back what it wrote, and nothing from nonsense", () => {
    const draft = {
      join: "or" as const,
      lines: [
        { field: "start", op: "within" as const, value: "last_7" },
        { field: "name", op: "empty" as const, value: null },
      ],
      formulas: [],
      nested: [],
    };
    expect(toDraft(JSON.stringify(toFilter(draft)), fields)).toEqual(draft);
    expect(toDraft("{", fields)).toEqual({ join: "and", lines: [], formulas: [], nested: [] });
  });

  it("keeps the parts that no line can show", () => {
    const deep: Filter = { or: [{ field: "name", op: "empty" }, { not: { field: "name", op: "eq", value: "x" } }] };
    const parts: Filter[] = [
      { field: "name", op: "contains", value: "a" },
      deep,
      { field: "start", op: "within", value: { last: "P90D" } },
      { field: "gone", op: "empty" },
      { field: "name", op: "drop" as "eq" },
    ];
    const draft = toDraft(JSON.stringify({ and: parts }), fields);
    expect(draft.lines).toEqual([{ field: "name", op: "contains", value: "a" }]);
    expect(draft.nested).toEqual(parts.slice(1));
    expect(toFilter(draft)).toEqual({ and: parts });
    expect(toDraft(JSON.stringify({ not: deep }), fields).nested).toEqual([{ not: deep }]);
  });

  it("enters several options where the operator takes several", () => {
    expect(operandField(kind, "in")?.type).toBe("multi_select");
    expect(operandField({ key: "owner", type: "member", title: "Owner" }, "in")).toMatchObject({ multiple: true });
    expect(operandField(kind, "empty")).toBeNull();
    expect(operatorsOf({ key: "all", type: "member", title: "All", multiple: true })).toContain("has_any");
  });
});

describe("formulas of a filter", () => {
  it("keeps formulas beside lines, and leaves out empty ones", () => {
    const parts: Filter[] = [{ field: "name", op: "empty" }, { formula: "{start} < TODAY()" }];
    const draft = toDraft(JSON.stringify({ or: parts }), fields);
    expect(draft.formulas).toEqual(["{start} < TODAY()"]);
    expect(toFilter(draft)).toEqual({ or: parts });
    expect(toFilter({ ...draft, lines: [], formulas: [" ", "{name} = 1"] })).toEqual({ formula: "{name} = 1" });
  });
});

describe("order of a grid", () => {
  it("is written and read as the API does", () => {
    expect(sortText([{ field: "budget", desc: true }, { field: "name" }])).toBe("-budget,name");
    expect(directionOf("-budget,name", "budget")).toBe("descend");
    expect(directionOf("-budget,name", "name")).toBeNull();
    expect(textOfSort("name", "ascend")).toBe("name");
    expect(textOfSort("name", undefined)).toBe("");
  });
});
