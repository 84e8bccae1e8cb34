// A condition that is a formula: what the server finds wrong is said, else how many records it finds.
import { EditorView } from "@codemirror/view";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { ConditionCheck, ConditionNames } from "../src/api/formulas";
import type { Field } from "../src/api/types";
import { FilterBuilder } from "../src/grid/FilterBuilder";
import { EMPTY, type FilterDraft } from "../src/grid/filters";
import { Refusal, serve } from "./server";
import { Surroundings } from "./surroundings";

afterEach(() => vi.unstubAllGlobals());

const place = { app: "a", entity: "e" };
const title = { "zh-CN": "预算", en: "Budget" };
const fields: Field[] = [{ key: "budget", type: "number", title }];
const names: ConditionNames = { items: [{ path: "budget", titles: [title], kind: "number", is_list: false }] };
const fine: ConditionCheck = { problems: [], warnings: [] };
// the label is that of the language the page speaks
const label = () => (screen.queryByText("添加公式条件") === null ? "Budget" : "预算");

function address(formula: string): string {
  const query = new URLSearchParams({ view: "v", filter: JSON.stringify({ formula }) });
  return `GET /api/apps/a/entities/e/records/count?${query.toString()}`;
}

function answering(check: ConditionCheck, more: Parameters<typeof serve>[0] = {}) {
  serve({
    "GET /api/apps/a/entities/e/conditions/names": () => names,
    "GET /api/formula/functions": () => ({ items: [] }),
    "POST /api/apps/a/entities/e/conditions/check": () => check,
    ...more,
  });
}

async function shown(onApply: (draft: FilterDraft) => void): Promise<EditorView> {
  render(<FilterBuilder place={place} view="v" fields={fields} initial={EMPTY} onApply={onApply} />, {
    wrapper: Surroundings,
  });
  fireEvent.click(screen.getByRole("button", { name: /Add a formula|添加公式条件/ }));
  const box = await screen.findByRole("textbox", { name: /^(Formula|公式条件)$/ });
  const view = EditorView.findFromDOM(box);
  if (view === null) throw new Error("no editor");
  return view;
}

function write(view: EditorView, insert: string): void {
  act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } }));
}

it("says how many records a formula finds, and applies it with keys for labels", async () => {
  answering(fine, { [address("{budget} > 5")]: () => ({ count: 3 }) });
  const onApply = vi.fn();
  const view = await shown(onApply);
  write(view, `{${label()}} > 5`);
  expect(await screen.findByText(/3 records match|有 3 条/)).toBeDefined();
  expect(view.contentDOM.textContent).toBe(`${label()} > 5`);
  fireEvent.click(screen.getByRole("button", { name: /^(Apply|应\s?用)$/ }));
  expect(onApply).toHaveBeenCalledWith({ ...EMPTY, formulas: ["{budget} > 5"] });
});

it("takes a label that two fields have for neither of them", async () => {
  const twice = ["planned", "actual"].map((path) => ({
    path,
    titles: ["Cost"],
    kind: "number" as const,
    is_list: false,
  }));
  answering(fine, { "GET /api/apps/a/entities/e/conditions/names": () => ({ items: twice }) });
  const onApply = vi.fn();
  write(await shown(onApply), "{Cost} > 5");
  fireEvent.click(screen.getByRole("button", { name: /^(Apply|应\s?用)$/ }));
  expect(onApply).toHaveBeenCalledWith({ ...EMPTY, formulas: ["{Cost} > 5"] });
});

it("says what the server finds wrong by the label of the field, and counts nothing", async () => {
  const note = { code: "formula_type", message: "{budget}", offset: 0, end: 8, params: {} };
  answering({ ...fine, problems: [{ ...note, expected: "boolean", found: "number" }] });
  const view = await shown(vi.fn());
  write(view, "{budget}");
  const told = await screen.findByRole("button", { name: /boolean.*number/ });
  expect(told.textContent).toContain(`“${label()}”`);
  expect(view.contentDOM.getAttribute("aria-invalid")).toBe("true");
});

it("says why a formula that is right finds nothing", async () => {
  answering(fine, { [address("{budget} = 1")]: () => new Refusal(422, "filter_too_large") });
  write(await shown(vi.fn()), "{budget} = 1");
  expect(await screen.findByText("filter_too_large")).toBeDefined();
});

it("does not apply an empty formula", async () => {
  answering(fine);
  const onApply = vi.fn();
  await shown(onApply);
  fireEvent.click(screen.getByRole("button", { name: /^(Apply|应\s?用)$/ }));
  expect(onApply).not.toHaveBeenCalled();
  expect(screen.getByRole("alert").textContent).toMatch(/Enter the formula|请填写公式/);
});
