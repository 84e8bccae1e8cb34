// Typed trees of formulas as the server sends them, written short.
import type { LocalFormulas } from "../src/api/types";
import type { KindName, ParameterKind, WireBinary, WireFormula, WireNode } from "../src/formula/wire";

type Operator = WireBinary["operator"];

export function ref(path: string, kind: KindName = "number", isList = false): WireNode {
  return { type: "reference", kind, is_list: isList, path };
}

export function constant(value: number | string | boolean): WireNode {
  if (typeof value === "number") return { type: "constant", kind: "number", value: String(value) };
  return { type: "constant", kind: typeof value === "string" ? "text" : "boolean", value };
}

export function binary(left: WireNode, operator: Operator, right: WireNode): WireNode {
  const kind = "=<>=".includes(operator) ? "boolean" : "number";
  return { type: "binary", kind, operator, left, right };
}

export function call(name: string, takes: ParameterKind, ...given: WireNode[]): WireNode {
  return { type: "call", kind: "any", is_list: false, name, arguments: given, takes: given.map(() => takes) };
}

function referencesOf(node: WireNode): string[] {
  switch (node.type) {
    case "constant":
      return [];
    case "reference":
      return [node.path];
    case "unary":
      return referencesOf(node.operand);
    case "binary":
      return [...referencesOf(node.left), ...referencesOf(node.right)];
    case "call":
      return node.arguments.flatMap(referencesOf);
  }
}

export function formula(tree: WireNode): WireFormula {
  return { tree, references: [...new Set(referencesOf(tree))].sort(), uses_clock: false, steps: 1 };
}

export function step(path: string, tree: WireNode): LocalFormulas["steps"][number] {
  const [key = "", column] = path.split(".");
  return { path, subform: column === undefined ? null : key, formula: formula(tree) };
}

export function formulas(given: Partial<LocalFormulas>): LocalFormulas {
  return { now: "2026-01-05T01:00:00.000Z", given: {}, steps: [], visible: [], row_defaults: [], ...given };
}
