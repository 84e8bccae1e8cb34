import { describe, expect, it } from "vitest";
import type { TreeNode, TreeState } from "../src/api/types";
import { type DrawnFlow, type DrawnNode, edgePath, layoutFlow, viewportAround } from "../src/flow/layout";

function block(key: string, kind: string, children: TreeNode[] = [], state: TreeState = "idle"): TreeNode {
  const rest = { branch: null, branch_title: null, when: null, members: [], incident: null };
  return { key, kind, title: key, state, children, ...rest };
}
function branch(title: string, inner: TreeNode): TreeNode {
  return { ...inner, branch: title, branch_title: title };
}

const tree = block("root", "seq", [
  block("apply", "initiate", [], "passed"),
  block("by_amount", "choice", [
    branch(
      "large",
      block("big", "seq", [
        block("joint", "parallel", [block("fin", "approve"), block("legal", "approve")]),
        block("committee", "approve"),
      ]),
    ),
    branch("middle", block("vp", "approve")),
    block("small", "seq"),
  ]),
  block("notify", "cc"),
]);

function overlaps(one: DrawnNode, other: DrawnNode): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function nodeOf(drawn: DrawnFlow, id: string): DrawnNode {
  const found = drawn.nodes.find((node) => node.id === id);
  if (found === undefined) throw new Error(`no node ${id}`);
  return found;
}

describe("the drawing of a flow", () => {
  const drawn = layoutFlow(tree, false);

  it("draws every block that is not a sequence, a sign for each condition, and the end", () => {
    expect(drawn.nodes.map((node) => node.id)).toEqual([
      "apply",
      "by_amount",
      "by_amount/big",
      "joint",
      "fin",
      "legal",
      "committee",
      "by_amount/vp",
      "vp",
      "by_amount/small",
      "notify",
      "end",
    ]);
  });

  it("lets no two shapes overlap and keeps all inside", () => {
    for (const [position, one] of drawn.nodes.entries()) {
      for (const other of drawn.nodes.slice(position + 1))
        expect(overlaps(one, other), `${one.id} ${other.id}`).toBe(false);
      expect(one.x).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width).toBeLessThanOrEqual(drawn.width);
      expect(one.y + one.height).toBeLessThanOrEqual(drawn.height);
    }
  });

  it("leads every line downwards", () => {
    for (const edge of drawn.edges) {
      const [from, to] = [nodeOf(drawn, edge.source), nodeOf(drawn, edge.target)];
      expect(edge.bendY).toBeGreaterThanOrEqual(from.y + from.height);
      expect(edge.bendY).toBeLessThanOrEqual(to.y);
    }
  });

  it("joins all branches, the empty one too, below the whole choice", () => {
    const into = drawn.edges.filter((edge) => edge.target === "notify").map((edge) => edge.source);
    expect(into).toEqual(["committee", "vp", "by_amount/small"]);
    expect(nodeOf(drawn, "notify").y).toBeGreaterThan(nodeOf(drawn, "committee").y);
  });

  it("marks only lines between reached blocks as passed", () => {
    expect(drawn.edges.filter((edge) => edge.isPassed)).toEqual([]);
    const ended = layoutFlow(block("root", "seq", [block("a", "initiate", [], "passed")]), true);
    expect(ended.edges).toMatchObject([{ source: "a", target: "end", isPassed: true }]);
  });

  it("draws a straight line between shapes that stand above each other", () => {
    expect(edgePath({ x: 5, y: 0 }, { x: 5, y: 40 }, 20)).toBe("M5,0 L5,40");
    expect(edgePath({ x: 0, y: 0 }, { x: 100, y: 40 }, 20)).toContain("Q100,20");
  });

  it("shows a narrow pane the part around a node, without going past the ends of the drawing", () => {
    const pane = { width: 330, height: 400, padding: 24, zoom: 0.6 };
    const start = viewportAround(drawn, nodeOf(drawn, "apply"), pane);
    expect(start.y).toBe(24);
    const end = viewportAround(drawn, nodeOf(drawn, "end"), pane);
    expect(end.y).toBeCloseTo(400 - 24 - drawn.height * 0.6);
    const middle = nodeOf(drawn, "joint");
    const around = viewportAround(drawn, middle, pane);
    const centre = (middle.x + middle.width / 2) * 0.6 + around.x;
    expect(centre).toBeGreaterThan(0);
    expect(centre).toBeLessThan(330);
  });
});
