import { describe, expect, it } from "vitest";
import { Moment } from "../../src/formula/days";
import { environment } from "../../src/formula/environment";
import { readValue, type WireValue, wireValue } from "../../src/formula/exchange";
import { prepare, UnknownFunction } from "../../src/formula/interpret";
import { BudgetExceeded } from "../../src/formula/values";
import type { KindName, ParameterKind, WireNode } from "../../src/formula/wire";

const NOW = new Moment(Moment.read("2026-01-05T09:00:00")?.day ?? fail());

function fail(): never {
  throw new Error("unreadable");
}

function constant(value: string | boolean | null, kind: KindName): WireNode {
  return { type: "constant", kind, value };
}

const num = (digits: string) => constant(digits, "number");
const str = (value: string) => constant(value, "text");

function field(path: string, kind: KindName, isList = false): WireNode {
  return { type: "reference", kind, is_list: isList, path };
}

function call(name: string, takes: ParameterKind[], ...given: WireNode[]): WireNode {
  return { type: "call", kind: "any", is_list: false, name, takes, arguments: given };
}

function binary(left: WireNode, operator: "+" | "-" | "*" | "/" | "^" | "&" | "=" | "<", right: WireNode): WireNode {
  return { type: "binary", kind: "any", operator, left, right };
}

function evaluated(tree: WireNode, values: Record<string, WireValue> = {}, steps = 100_000): WireValue {
  const env = environment((path) => readValue(values[path] ?? null), { now: NOW, zone: "Asia/Shanghai", steps });
  return wireValue(prepare(tree)(env));
}

describe("numbers are decimals", () => {
  it.each([
    ["0.1", "+", "0.2", "0.3"],
    ["1", "/", "3", "0.3333333333333333333333333333333333"],
    ["2", "/", "3", "0.6666666666666666666666666666666667"],
    ["9007199254740993", "+", "1", "9007199254740994"],
    ["1234567890123456789012345678901234", "+", "0.5", "1234567890123456789012345678901235"],
    ["-2", "^", "2", "4"],
    ["1.1", "^", "20", "6.72749994932560009201"],
    ["2", "^", "0.5", "1.4142135623731"],
    ["2", "^", "-2", "0.25"],
  ] as const)("%s %s %s is %s", (left, operator, right, result) => {
    expect(evaluated(binary(num(left), operator, num(right)))).toEqual({ decimal: result });
  });

  it.each([
    ["1E+300", "*", "1E+300", "#NUM!"],
    ["1", "/", "0", "#DIV/0!"],
    ["0", "^", "0", "#NUM!"],
    ["0", "^", "-1", "#DIV/0!"],
    ["-8", "^", "0.5", "#NUM!"],
  ] as const)("%s %s %s is %s", (left, operator, right, code) => {
    expect(evaluated(binary(num(left), operator, num(right)))).toEqual({ error: code });
  });

  it.each([
    ["ROUND", "1.005", "2", "1.01"],
    ["ROUND", "-2.345", "2", "-2.35"],
    ["ROUND", "1250", "-2", "1300"],
    ["ROUNDUP", "2.1", "0", "3"],
    ["ROUNDDOWN", "-2.9", "0", "-2"],
    ["MOD", "10", "-3", "-2"],
    ["CEILING", "-7", "-5", "-10"],
    ["FLOOR", "-7", "5", "-10"],
  ])("%s(%s,%s) is %s", (name, value, other, result) => {
    expect(evaluated(call(name, ["number", "number"], num(value), num(other)))).toEqual({ decimal: result });
  });
});

describe("texts count code points", () => {
  it.each([
    [call("LEN", ["text"], str("𠮷野家😀")), { decimal: "4" }],
    [call("LEFT", ["text", "number"], str("𠮷野家"), num("1")), "𠮷"],
    [call("RIGHT", ["text", "number"], str("a😀b"), num("2")), "😀b"],
    [call("MID", ["text", "number", "number"], str("a😀b"), num("2"), num("2")), "😀b"],
    [call("FIND", ["text", "text"], str("家"), str("𠮷野家")), { decimal: "3" }],
    [call("SEARCH", ["text", "text"], str("?B"), str("😀𠮷b")), { decimal: "2" }],
    [call("REPLACE", ["text", "number", "number", "text"], str("😀b"), num("1"), num("1"), str("-")), "-b"],
    [call("UPPER", ["text"], str("straße")), "STRASSE"],
    [call("LEN", ["text"], call("LOWER", ["text"], str("İ"))), { decimal: "2" }],
    [call("PROPER", ["text"], str("ßa o'neil")), "SSa O'Neil"],
    [binary(str("𠮷"), "<", str("ﬁ")), false],
    [binary(str("a"), "=", str("A")), false],
  ])("case %#", (tree, result) => {
    expect(evaluated(tree)).toEqual(result);
  });
});

describe("days and times", () => {
  it.each([
    ["2026-01-31", "30", { date: "2026-03-02" }],
    ["1969-12-31", "1", { date: "1970-01-01" }],
    ["0001-01-01", "-1", { error: "#NUM!" }],
    ["9999-12-31", "1", { error: "#NUM!" }],
    ["1900-02-28", "1", { date: "1900-03-01" }],
    ["2026-01-31", "0.5", { datetime: "2026-01-31T12:00:00" }],
  ])("%s + %s", (day, days, result) => {
    expect(evaluated(binary(field("d", "date"), "+", num(days)), { d: { date: day } })).toEqual(result);
  });

  it("keeps microseconds exact", () => {
    const moved = evaluated(binary(field("t", "datetime"), "+", num("0.000001")), {
      t: { datetime: "1969-12-31T23:59:59.999999" },
    });
    expect(moved).toEqual({ datetime: "1970-01-01T00:00:00.086399" });
  });

  it.each([
    ["2024-01-31", "1", "2024-02-29"],
    ["2024-03-31", "-1", "2024-02-29"],
    ["2023-11-30", "3", "2024-02-29"],
    ["2024-12-31", "-12", "2023-12-31"],
  ])("EDATE(%s,%s) is %s", (day, months, result) => {
    const tree = call("EDATE", ["date", "number"], field("d", "date"), num(months));
    expect(evaluated(tree, { d: { date: day } })).toEqual({ date: result });
  });
});

describe("criteria", () => {
  const names = ["桌子", "椅子", "a*b", "A", "", null, { decimal: "5" }] as const;
  it.each([
    ["*子", "2"],
    ["?子", "2"],
    ["a~*b", "1"],
    ["a", "0"],
    ["<>桌子", "6"],
    [">4", "1"],
    ["", "2"],
    ["5", "1"],
  ])("%s is met %s times", (wanted, times) => {
    const tree = call("COUNTIF", ["list", "list"], field("names", "any", true), str(wanted));
    expect(evaluated(tree, { names })).toEqual({ decimal: times });
  });
});

describe("evaluation", () => {
  const broken = binary(num("1"), "/", num("0"));

  it("leaves out what is not needed", () => {
    expect(evaluated(call("IF", ["lazy", "lazy", "lazy"], constant(false, "boolean"), broken, num("5")))).toEqual({
      decimal: "5",
    });
  });

  it("evaluates every argument of AND", () => {
    expect(evaluated(call("AND", ["list", "list"], constant(false, "boolean"), broken))).toEqual({ error: "#DIV/0!" });
  });

  it("catches what is too large in IFERROR", () => {
    const large = binary(num("1E+300"), "*", num("1E+300"));
    expect(evaluated(call("IFERROR", ["lazy", "lazy"], large, num("0")))).toEqual({ decimal: "0" });
  });

  it("stops when the budget is used up", () => {
    const sum = call("SUM", ["list"], field("rows", "number", true));
    const rows = Array.from({ length: 20 }, () => ({ decimal: "1" }));
    expect(evaluated(sum, { rows }, 20)).toEqual({ decimal: "20" });
    expect(() => evaluated(sum, { rows }, 19)).toThrow(BudgetExceeded);
  });

  it("says so when the server knows a function that the page does not", () => {
    expect(() => prepare(call("NEWER", [], num("1")))).toThrow(UnknownFunction);
  });

  it("takes a text that reads as a number for one", () => {
    expect(evaluated(binary(str(" 1,250.5 "), "*", str("１２%")))).toEqual({ decimal: "150.06" });
    expect(evaluated(binary(str("0x10"), "+", num("1")))).toEqual({ error: "#VALUE!" });
  });
});
