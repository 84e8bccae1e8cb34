// A condition that is a formula: what the server finds wrong is said, else how many records it finds.
import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { Field } from "../src/api/types";
import { FilterBuilder } from "../src/grid/FilterBuilder";
import { EMPTY, type FilterDraft } from "../src/grid/filters";
import { Refusal, serve } from "./server";
import { Surroundings } from "./surroundings";

afterEach(() => vi.unstubAllGlobals());

const place = { app: "a", entity: "e" };
const fields: Field[] = [{ key: "budget", type: "number", title: { "zh-CN": "预算", en: "Budget" } }];

function address(formula: string): string {
  const query = new URLSearchParams({ view: "v", filter: JSON.stringify({ formula }) });
  return `GET /api/apps/a/entities/e/records/count?${query.toString()}`;
}

function shown(onApply: (draft: FilterDraft) => void, over = fields): HTMLElement {
  render(<FilterBuilder place={place} view="v" fields={over} initial={EMPTY} onApply={onApply} />, {
    wrapper: Surroundings,
  });
  fireEvent.click(screen.getByRole("button", { name: /Add a formula|添加公式条件/ }));
  return screen.getByRole("textbox", { name: /^(Formula|公式条件)$/ });
}

it("says how many records a formula finds, and applies it with keys for labels", async () => {
  serve({ [address("{budget} > 5")]: () => ({ count: 3 }) });
  const onApply = vi.fn();
  const box = shown(onApply);
  // the label is that of the language the page speaks
  const named = screen.queryByText("添加公式条件") === null ? "Budget" : "预算";
  fireEvent.change(box, { target: { value: `{${named}} > 5` } });
  expect(await screen.findByText(/3 records match|有 3 条/)).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: /^(Apply|应\s?用)$/ }));
  expect(onApply).toHaveBeenCalledWith({ ...EMPTY, formulas: ["{budget} > 5"] });
});

it("takes a label that two fields have for neither of them", () => {
  serve({});
  const onApply = vi.fn();
  const box = shown(onApply, [
    { key: "planned", type: "number", title: "Cost" },
    { key: "actual", type: "number", title: "Cost" },
  ]);
  fireEvent.change(box, { target: { value: "{Cost} > 5" } });
  fireEvent.click(screen.getByRole("button", { name: /^(Apply|应\s?用)$/ }));
  expect(onApply).toHaveBeenCalledWith({ ...EMPTY, formulas: ["{Cost} > 5"] });
});

it("says what the server finds wrong", async () => {
  serve({ [address("{budget} *")]: () => new Refusal(422, "formula_syntax") });
  const box = shown(vi.fn());
  fireEvent.change(box, { target: { value: "{budget} *" } });
  expect(await screen.findByText("formula_syntax")).toBeDefined();
});

it("does not apply an empty formula", () => {
  serve({});
  const onApply = vi.fn();
  shown(onApply);
  fireEvent.click(screen.getByRole("button", { name: /^(Apply|应\s?用)$/ }));
  expect(onApply).not.toHaveBeenCalled();
  expect(screen.getByRole("alert").textContent).toMatch(/Enter the formula|请填写公式/);
});
