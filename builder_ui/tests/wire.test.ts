import { describe, expect, it } from "vitest";
import type { Entity, Rights } from "../src/api/types";
import { fromWire, rowId, rowIds, rowsOf, toWire, withComputed } from "../src/forms/wire";

const stored = "0123456789abcdef01234567";
const entity: Entity = {
  key: "proposal",
  title: "Proposal",
  fields: [
    { key: "code", type: "serial", title: "Code", pattern: "LX-{seq}" },
    { key: "name", type: "text", title: "Name" },
    { key: "note", type: "text", title: "Note" },
    { key: "total", type: "number", title: "Total", computed: "SUM({lines.amount})" },
    {
      key: "lines",
      type: "subform",
      title: "Lines",
      fields: [
        { key: "qty", type: "number", title: "Quantity" },
        { key: "price", type: "number", title: "Price" },
        { key: "amount", type: "number", title: "Amount", computed: "{qty}*{price}" },
      ],
    },
  ],
};
const rights: Rights = {
  code: "read",
  name: "write",
  note: "read",
  total: "read",
  lines: "write",
  "lines.qty": "write",
  "lines.price": "write",
  "lines.amount": "read",
};

describe("values on the wire", () => {
  it("sends what may be written, without computed values and local row ids", () => {
    const held = fromWire(entity, {
      code: "X-1",
      name: "A",
      note: "n",
      total: 9,
      lines: [{ id: stored, qty: "2", price: 3, amount: 6 }, { qty: 1 }],
    });
    expect(toWire(entity, rights, held)).toEqual({
      name: "A",
      lines: [
        { id: stored, qty: "2", price: 3 },
        { qty: 1, price: null },
      ],
    });
  });

  it("sends columns that may be written even where rows may not be added", () => {
    const held = fromWire(entity, { lines: [{ id: stored, qty: 2, price: 3 }] });
    const narrow: Rights = { ...rights, name: "read", lines: "read", "lines.price": "read" };
    expect(toWire(entity, narrow, held)).toEqual({ lines: [{ id: stored, qty: 2 }] });
  });

  it("gives every row an id of its own", () => {
    const rows = rowsOf(fromWire(entity, { lines: [{ qty: 1 }, { qty: 1 }] })["lines"]);
    expect(new Set(rows.map(rowId)).size).toBe(2);
  });

  it("puts computed values onto the rows they were computed for, also when rows were removed since", () => {
    const sent = fromWire(entity, { lines: [{ qty: 1 }, { qty: 2 }] });
    const ids = rowIds(entity, sent);
    const now = { ...sent, lines: rowsOf(sent["lines"]).slice(1) };
    const merged = withComputed(entity, now, ids, { total: 30, lines: [{ amount: 10 }, { amount: 20 }] });
    expect(merged["total"]).toBe(30);
    expect(rowsOf(merged["lines"]).map((row) => row["amount"])).toEqual([20]);
  });
});
