import { describe, expect, it } from "vitest";
import type { FormulaFunction, FunctionList } from "../src/api/formulas";
import type { Label } from "../src/api/types";
import { offersAt } from "../src/formula-editor/completion";
import { labelChanges } from "../src/formula-editor/labels";
import { toUnits } from "../src/formula-editor/offsets";
import { editAddress, placeOf } from "../src/formula-editor/places";
import { callAt, parameterOf } from "../src/formula-editor/signature";
import { partner, tokenize } from "../src/formula-editor/tokens";
import { kindOf, knownFields, makeVocabulary, signatureText } from "../src/formula-editor/vocabulary";
import { labelText } from "../src/i18n/label";

const speak = (label: Label) => labelText(label, "zh-CN");
const takes = (kind: string) => ({ number: "数字" })[kind] ?? kind;

function kinds(source: string): string[] {
  return tokenize(source).map((token) => `${token.kind}:${token.text}`);
}

describe("pieces of a formula", () => {
  it("are those of the server's lexer, with full-width signs", () => {
    expect(kinds('IF（{金额}≥1.5e3，"a""b"&“引”，−1)')).toEqual([
      "name:IF",
      "open:（",
      "reference:{金额}",
      "operator:≥",
      "number:1.5e3",
      "comma:，",
      'text:"a""b"',
      "operator:&",
      "text:“引”",
      "comma:，",
      "unknown:−",
      "number:1",
      "close:)",
    ]);
  });

  it("are found in what is half typed", () => {
    expect(kinds('LEN("项目 ')).toEqual(["name:LEN", "open:(", 'unclosed:"项目 ']);
    expect(kinds("{预算")).toEqual(["unknown:{", "unknown:预", "unknown:算"]);
    expect(kinds("1<=2!=3")).toEqual(["number:1", "operator:<=", "number:2", "operator:!=", "number:3"]);
  });

  it("keep signs beyond 16 bits whole and know their places", () => {
    const [text, operator] = tokenize('"𠮷𠮷"&1');
    expect([text?.from, text?.to, operator?.from]).toEqual([0, 6, 6]);
    expect(tokenize("𠮷").map((token) => [token.from, token.to])).toEqual([[0, 2]]);
  });

  it("find the bracket that belongs to one, over texts that hold brackets", () => {
    const tokens = tokenize('IF((1),")",2)');
    expect(partner(tokens, 1)).toBe(tokens.length - 1);
    expect(partner(tokens, tokens.length - 1)).toBe(1);
    expect(partner(tokenize("(1"), 0)).toBeNull();
  });
});

describe("places of the server in the editor", () => {
  it.each([
    ["abc", 2, 2],
    ["𠮷b𠮷d", 1, 2],
    ["𠮷b𠮷d", 3, 5],
    ["𠮷", 9, 2],
    ["", 1, 0],
  ])("%s at code point %i is unit %i", (text, points, units) => {
    expect(toUnits(text, points)).toBe(units);
  });
});

function fn(name: string, parameters: [string, string][], more: Partial<FormulaFunction> = {}): FormulaFunction {
  return {
    name,
    main_name: name,
    group: "logic",
    parameters: parameters.map(([title, shape]) => ({
      title,
      kind: "any",
      optional: shape === "?" || shape === "*",
      repeats: shape === "*",
    })),
    together: 1,
    returns: null,
    uses_clock: false,
    help: { "zh-CN": `${name} 的说明`, en: `help of ${name}` },
    example: "1",
    result: "1",
    ...more,
  };
}

const round = fn("ROUND", [
  ["数字", ""],
  ["小数位数", "?"],
]);
const ifs = fn(
  "IFS",
  [
    ["条件1", ""],
    ["值1", ""],
    ["条件2", "*"],
    ["值2", "*"],
  ],
  { together: 2 },
);
const sum = fn("SUM", [["列表", "*"]], { help: { "zh-CN": "求和", en: "Sum" } });
const list: FunctionList = { groups: [{ key: "logic", title: "逻辑" }], items: [round, ifs, sum] };
const scope = [
  { path: "budget", titles: ["预算合计"], kind: "number", is_list: false },
  { path: "lines.amount", titles: ["预算明细", "金额"], kind: "number", is_list: true },
  { path: "created_by", titles: ["创建人"], kind: "member", is_list: false },
  { path: "name", titles: ["名称"], kind: "text", is_list: false },
  { path: "other_name", titles: ["名称"], kind: "text", is_list: false },
] as const;
const own = new Set(["budget", "lines", "name", "other_name"]);
const fields = knownFields(
  { scope: [...scope].map((item) => ({ ...item, titles: [...item.titles] })), row: [], own },
  speak,
);
const words = makeVocabulary(fields, list);

function offered(source: string, position = source.length, isAsked = false): string[] | null {
  const found = offersAt(source, position, words, { speak, isAsked });
  return found?.items.map((item) => (item.kind === "field" ? item.field.path : item.found.name)) ?? null;
}

describe("what is offered", () => {
  it("is found by label, by key and by name in any case", () => {
    expect(offered("1+预算")?.slice(0, 2)).toEqual(["budget", "lines.amount"]);
    expect(offered("1+金额")).toEqual(["lines.amount"]);
    expect(offered("bud")).toEqual(["budget"]);
    expect(offered("rou")).toEqual(["ROUND"]);
  });

  it("is found by what a function does", () => {
    expect(offered("求和")).toEqual(["SUM"]);
  });

  it("is fields alone after a brace, of either width", () => {
    expect(offered("SUM({")).toEqual(["budget", "name", "other_name", "lines.amount", "created_by"]);
    expect(offered("SUM(｛金")).toEqual(["lines.amount"]);
  });

  it("replaces what was typed, brace and all, and nothing before it", () => {
    expect(offersAt("1+{预算", 5, words, { speak, isAsked: false })?.from).toBe(2);
    expect(offersAt("1*ROU", 5, words, { speak, isAsked: false })?.from).toBe(2);
  });

  it("is nothing in texts, after numbers and where nothing is typed, unless somebody asks", () => {
    expect(offered('"SU')).toBeNull();
    expect(offered('"SU"', 3)).toBeNull();
    expect(offered("12")).toBeNull();
    expect(offered("1+")).toBeNull();
    expect(offered("1+", 2, true)).toContain("SUM");
    expect(offered("无此字段")).toBeNull();
  });
});

describe("fields by label", () => {
  it("become keys, but not where a label means two fields or is a key itself", () => {
    expect(labelChanges("{预算合计}+{名称}+{budget}+{无}", words)).toEqual([{ from: 0, to: 6, insert: "{budget}" }]);
    expect(labelChanges('"{预算合计}"&{预算合计', words)).toEqual([]);
    expect(labelChanges("SUM({预算明细.金额})", words)).toEqual([{ from: 4, to: 13, insert: "{lines.amount}" }]);
  });

  it("of the row come first and hide those of the record", () => {
    const row = [{ path: "budget", titles: ["本行预算"], kind: "number" as const, is_list: false }];
    const known = knownFields(
      { scope: [...scope].map((item) => ({ ...item, titles: [...item.titles] })), row, own },
      speak,
    );
    expect([...known.keys()][0]).toBe("budget");
    expect(known.get("budget")?.label).toBe("本行预算");
    expect(known.get("created_by")?.group).toBe("system");
  });
});

describe("the call around the cursor", () => {
  it("is the innermost one, with the argument that is typed", () => {
    expect(callAt("ROUND(SUM(1,2),", 15)).toEqual({ name: "ROUND", argument: 1 });
    expect(callAt("ROUND(SUM(1,2),", 12)).toEqual({ name: "SUM", argument: 1 });
    expect(callAt("round((1+2)*3", 9)).toEqual({ name: "ROUND", argument: 0 });
    expect(callAt('IFS(1="a,b",', 12)).toEqual({ name: "IFS", argument: 1 });
    expect(callAt("1+2", 3)).toBeNull();
    expect(callAt("SUM(1)", 6)).toBeNull();
  });

  it("comes back to parameters that repeat together", () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((argument) => parameterOf(ifs, argument))).toEqual([0, 1, 2, 3, 2, 3, 2]);
    expect([0, 3].map((argument) => parameterOf(sum, argument))).toEqual([0, 0]);
  });

  it("is written with what may be left out in brackets", () => {
    expect(signatureText(round, speak)).toBe("ROUND(数字, [小数位数])");
    expect(signatureText(sum, speak)).toBe("SUM([列表 …])");
  });

  it("is written with what repeats together in the same brackets", () => {
    expect(signatureText(ifs, speak)).toBe("IFS(条件1, 值1, [条件2, 值2 …])");
  });

  it("says what kind a parameter takes unless its name does or it takes anything", () => {
    const parameter = { title: "小数位数", optional: true, repeats: false };
    expect(kindOf({ ...parameter, kind: "number" }, speak, takes)).toBe("小数位数: 数字");
    expect(kindOf({ ...parameter, title: "数字", kind: "number" }, speak, takes)).toBeNull();
    expect(kindOf({ ...parameter, kind: "lazy" }, speak, takes)).toBeNull();
  });
});

describe("addresses", () => {
  it("lead back to the place they were made of", () => {
    const place = { kind: "visibility", form: "apply", section: 0, field: "vendor", rule: null } as const;
    const address = editAddress("a", "e", place);
    expect(placeOf(new URLSearchParams(address.split("?")[1]))).toEqual(place);
    expect(placeOf(new URLSearchParams("kind=nowhere"))).toBeNull();
  });
});
