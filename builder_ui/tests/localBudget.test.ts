// A form whose formulas would hold up typing: they are left to the server.
import { describe, expect, it } from "vitest";
import type { Entity, LocalFormulas } from "../src/api/types";
import { LocalForm } from "../src/forms/local/LocalForm";
import { binary, call, formulas, ref, step } from "./trees";

const columns = ["qty", "price", "amount", "each"].map(
  (key) => ({ key, type: "number", title: key, decimals: 2 }) as const,
);
const entity: Entity = {
  key: "e",
  title: "E",
  fields: [
    { key: "lines", type: "subform", title: "Lines", fields: columns },
    { key: "total", type: "number", title: "Total", decimals: 2 },
  ],
};
const rights = { lines: "write", total: "read" } as const;
const each = step("lines.each", binary(ref("price"), "/", ref("qty")));

/** The computed columns and fields of a new record with so many rows. */
function computed(steps: LocalFormulas["steps"], rows: number): string[] {
  const lines = Array.from({ length: rows }, (_, at) => ({ id: `new-${at}`, qty: at + 1, price: 1 }));
  const workspace = { zone: "Asia/Shanghai" };
  const form = { key: "f", entity: "e", title: "F", layout: [{ section: "All", items: ["lines", "total"] }] };
  const options = { entity, form, rights, formulas: formulas({ steps }), stored: null, workspace, now: () => 0 };
  const found = new LocalForm(options).evaluate({ lines }, () => true);
  return [...found.cells.keys(), ...found.fields.keys()];
}

describe("formulas that take long together", () => {
  it("are left to the server beyond a budget, the others are computed", () => {
    const long = step("lines.amount", binary(ref("qty"), "*", ref("price")));
    const total = step("total", call("SUM", "list", ref("lines.amount", "number", true)));
    expect(computed([long, total, each], 2)).toEqual(["lines.amount", "lines.each", "total"]);
    const longer = { ...long, formula: { ...long.formula, steps: 300_000 } };
    expect(computed([longer, total, each], 2)).toEqual(["lines.each"]);
  });

  it("count the lists that they go through", () => {
    const sums = Array.from({ length: 60 }, () => ref("lines.qty", "number", true));
    const amount = step("lines.amount", call("SUM", "list", ...sums));
    expect(computed([amount], 20)).toEqual(["lines.amount"]);
    expect(computed([amount, each], 200)).toEqual([]);
  });
});
