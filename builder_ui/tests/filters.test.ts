import { describe, expect, it } from "vitest";
import type { Field } from "../src/api/types";
import { operandField, operatorsOf, toDraft, toFilter } from "../src/grid/filters";
import { directionOf, sortText, textOfSort } from "../src/grid/sorts";

const kind: Field = { key: "kind", type: "select", title: "Kind", options: [{ key: "it", title: "IT" }] };

describe("filter builder", () => {
  it("gives no filter while nothing is complete", () => {
    expect(toFilter({ join: "and", lines: [] })).toBeNull();
    expect(toFilter({ join: "and", lines: [{ field: "name", op: "contains", value: "" }] })).toBeNull();
    expect(toFilter({ join: "and", lines: [{ field: "budget", op: "between", value: ["1", null] }] })).toBeNull();
  });

  it("writes the grammar of the API", () => {
    expect(toFilter({ join: "and", lines: [{ field: "budget", op: "ge", value: "1000000" }] })).toEqual({
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
    expect(toFilter({ join: "or", lines })).toEqual({
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
    };
    expect(toDraft(JSON.stringify(toFilter(draft)))).toEqual(draft);
    expect(toDraft("{")).toEqual({ join: "and", lines: [] });
    expect(toDraft('{"field":"name","op":"drop"}').lines).toEqual([]);
  });

  it("enters several options where the operator takes several", () => {
    expect(operandField(kind, "in")?.type).toBe("multi_select");
    expect(operandField({ key: "owner", type: "member", title: "Owner" }, "in")).toMatchObject({ multiple: true });
    expect(operandField(kind, "empty")).toBeNull();
    expect(operatorsOf({ key: "all", type: "member", title: "All", multiple: true })).toContain("has_any");
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
