import { describe, expect, it } from "vitest";
import { toText } from "../../src/formula/coercion";
import { Moment } from "../../src/formula/days";
import { environment } from "../../src/formula/environment";
import { prepare } from "../../src/formula/interpret";
import { ErrorValue, type FormulaResult } from "../../src/formula/values";
import type { WireNode } from "../../src/formula/wire";
import examples from "./examples.json";

function shown(result: FormulaResult): string {
  return result instanceof ErrorValue ? result.code : toText(result);
}

describe("the example of every function comes to what its help says", () => {
  it.each(examples as unknown as [string, string, WireNode][])("%s is %s", (_formula, result, tree) => {
    const now = Moment.read("2026-03-02T09:00:00");
    if (now === undefined) throw new Error("unreadable");
    const env = environment(() => null, { now, zone: "Asia/Shanghai" });
    expect(shown(prepare(tree)(env))).toBe(result);
  });
});
