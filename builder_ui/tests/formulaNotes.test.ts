// What is wrong with a formula, in the words of the editor.
import { createInstance, type i18n } from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import type { FormulaNote } from "../src/api/formulas";
import { noteText } from "../src/formula-editor/useNoteText";
import type { Known } from "../src/formula-editor/vocabulary";
import en from "../src/locales/en/formulas.json";
import zh from "../src/locales/zh-CN/formulas.json";

const known = (path: string, label: string): [string, Known] => [
  path,
  { path, label, title: label, within: null, kind: "number", isList: false, group: "record" },
];
const rows: Known = { ...known("lines", "明细")[1], kind: "any", isList: true };
const fields = new Map([
  known("budget", "总预算"),
  known("name", "项目名称"),
  known("lines.amount", "明细.金额"),
  ["lines", rows],
]);
let words: i18n;

beforeAll(async () => {
  words = createInstance();
  const resources = { zh: { translation: { formulas: zh } }, en: { translation: { formulas: en } } };
  await words.init({ lng: "zh", resources, interpolation: { escapeValue: false } });
});

function told(source: string, note: Partial<FormulaNote>, language = "zh"): string {
  const whole = { code: "", message: "", offset: 0, end: 0, expected: null, found: null, params: {}, ...note };
  return noteText(whole, { source, fields, t: words.getFixedT(language) });
}

describe("a note", () => {
  it("names a field by its label and counts no characters", () => {
    const note = { code: "formula_converts", offset: 4, expected: "数字", found: "文本" };
    expect(told("ABS({name}*2)", note)).toBe("字段 “项目名称”: 按 Excel 规则把文本当作数字, 请确认是否符合本意");
    const wrong = { code: "formula_type", offset: 3, expected: "text", found: "number" };
    expect(told('"𠮷"{budget}', wrong, "en")).toBe("Field “总预算”: expected text, found number");
  });

  it("names the result of what computes, and what was written as it stands", () => {
    const note = { code: "formula_type", expected: "真假值", found: "数字" };
    expect(told("{budget}+1", { ...note, offset: 8 })).toBe("“+” 的结果: 应为真假值, 实为数字");
    expect(told("SUM(1)", note)).toBe("“SUM” 的结果: 应为真假值, 实为数字");
    expect(told("12", note)).toBe("“12”: 应为真假值, 实为数字");
  });

  it("calls what a subform holds its rows", () => {
    const note = { code: "formula_type", offset: 2, expected: "数字", found: "任意值列表" };
    expect(told("1+{lines}", note)).toBe("字段 “明细”: 应为数字, 实为明细行");
  });

  it("tells what is missing at the end, and what does not belong where it stands", () => {
    const note = { code: "formula_syntax", expected: "逗号或 )", found: "" };
    expect(told("SUM({budget}", { ...note, offset: 12 })).toBe("公式没有写完: 还缺逗号或 )");
    expect(told("SUM({budget} {name}", { ...note, offset: 13 })).toBe("字段 “项目名称” 处: 应为逗号或 )");
  });

  it("suggests a field by its label", () => {
    const note = { code: "formula_unknown_field", params: { name: "budgett", suggestion: " (budget?)" } };
    expect(told("{budgett}", note)).toBe("没有字段 “budgett”, 是否指 “总预算”?");
    expect(told("{x}", { ...note, params: { name: "x", suggestion: "" } }, "en")).toBe("There is no field “x”");
  });

  it("says what lists cannot compute, once", () => {
    const note = { code: "formula_not_in_sql", offset: 9 };
    const rest = "不能用于筛选和排序; 请建一个计算字段, 再按该字段筛选或排序";
    expect(told("{budget} * 2 > 1", { ...note, found: "*" })).toBe(`“*” ${rest}`);
    const field = { ...note, offset: 0, found: "把文本当作数字" };
    expect(told("{name}+1", field)).toBe(`字段 “项目名称” (把文本当作数字) ${rest}`);
  });

  it("names fields of a cycle and of messages that quote them", () => {
    const cycle = { code: "computed_cycle", message: "互相依赖: budget → name → budget" };
    expect(told("1", { ...cycle, params: { cycle: "budget → name → budget" } })).toBe(
      "互相依赖: 总预算 → 项目名称 → 总预算",
    );
    const quoted = { code: "saving_in_computed", message: "不能使用 “budget”: 它", params: { field: "budget" } };
    expect(told("1", quoted)).toBe("不能使用 “总预算”: 它");
  });
});
