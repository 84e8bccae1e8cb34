// Where the blocks of a flow stand on the drawing: from top to bottom, branches side by side.
// The tree is sound by construction, so a recursion over it places everything without crossings: every branch has a
// column of its own, and lines that leave it turn only below the whole block.
import type { TreeNode, TreeState } from "../api/types";

export const CARD = { width: 216, height: 84 };
export const PILL = { width: 188, height: 40 };
export const END = { width: 96, height: 36 };
const BELOW = 36;
const BESIDE = 36;

export type DrawnKind = "card" | "block" | "branch" | "end";

export interface DrawnNode {
  id: string;
  kind: DrawnKind;
  /** The block it stands for; null for the end. */
  block: TreeNode | null;
  state: TreeState;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface DrawnEdge {
  id: string;
  source: string;
  target: string;
  /** Where the line turns towards its target. */
  bendY: number;
  isPassed: boolean;
}

export interface DrawnFlow {
  nodes: DrawnNode[];
  edges: DrawnEdge[];
  width: number;
  height: number;
}

interface Exit {
  id: string;
  isPassed: boolean;
}

const BLOCKS: readonly string[] = ["choice", "parallel", "inclusive"];

/** A branch gets a sign with its condition unless it is a single node that says its own name. */
function hasSign(branch: TreeNode): boolean {
  return branch.branch_title !== null || branch.kind === "seq";
}

function total(sizes: number[], gap: number): number {
  return sizes.reduce((sum, size) => sum + size, 0) + gap * Math.max(0, sizes.length - 1);
}

function widthOf(block: TreeNode): number {
  if (block.kind === "seq") return Math.max(PILL.width, ...block.children.map(widthOf));
  if (!BLOCKS.includes(block.kind)) return CARD.width;
  return Math.max(PILL.width, total(block.children.map(columnWidth), BESIDE));
}

function columnWidth(branch: TreeNode): number {
  return Math.max(hasSign(branch) ? PILL.width : 0, widthOf(branch));
}

function isReached(state: TreeState): boolean {
  return state === "active" || state === "passed" || state === "returned";
}

interface Point {
  x: number;
  y: number;
}
const CORNER = 10;

/** Down, across at `bendY`, and down again, with round corners; straight where the two stand above each other. */
export function edgePath(from: Point, to: Point, bendY: number): string {
  const across = to.x - from.x;
  if (Math.abs(across) < 1) return `M${from.x},${from.y} L${to.x},${to.y}`;
  const corner = Math.min(CORNER, Math.abs(across) / 2, Math.abs(bendY - from.y), Math.abs(to.y - bendY));
  const turn = Math.sign(across) * corner;
  return [
    `M${from.x},${from.y}`,
    `L${from.x},${bendY - corner}`,
    `Q${from.x},${bendY} ${from.x + turn},${bendY}`,
    `L${to.x - turn},${bendY}`,
    `Q${to.x},${bendY} ${to.x},${bendY + corner}`,
    `L${to.x},${to.y}`,
  ].join(" ");
}

class Drawing {
  readonly nodes: DrawnNode[] = [];
  readonly edges: DrawnEdge[] = [];
  y = 0;
  private exits: Exit[] = [];

  private put(node: Omit<DrawnNode, "x" | "y">, centre: number): void {
    const y = this.nodes.length === 0 ? 0 : this.y + BELOW;
    this.nodes.push({ ...node, x: centre - node.width / 2, y });
    const isPassed = isReached(node.state);
    for (const exit of this.exits) {
      this.edges.push({
        id: `${exit.id}>${node.id}`,
        source: exit.id,
        target: node.id,
        bendY: y - BELOW / 2,
        isPassed: exit.isPassed && isPassed,
      });
    }
    this.exits = [{ id: node.id, isPassed }];
    this.y = y + node.height;
  }

  block(block: TreeNode, centre: number): void {
    if (block.kind === "seq") for (const child of block.children) this.block(child, centre);
    else if (BLOCKS.includes(block.kind)) this.branches(block, centre);
    else this.put({ id: block.key, kind: "card", block, state: block.state, ...CARD }, centre);
  }

  private branches(block: TreeNode, centre: number): void {
    this.put({ id: block.key, kind: "block", block, state: block.state, ...PILL }, centre);
    const [top, before] = [this.y, this.exits];
    const after: Exit[] = [];
    let [left, bottom] = [centre - total(block.children.map(columnWidth), BESIDE) / 2, top];
    for (const branch of block.children) {
      const width = columnWidth(branch);
      this.y = top;
      this.exits = before;
      this.branch(block, branch, left + width / 2);
      after.push(...this.exits);
      bottom = Math.max(bottom, this.y);
      left += width + BESIDE;
    }
    this.exits = after;
    this.y = bottom;
  }

  private branch(block: TreeNode, branch: TreeNode, centre: number): void {
    if (hasSign(branch)) {
      // a branch whose block waits was chosen when the block was passed
      const state = branch.state === "idle" && branch.children.length === 0 ? branchState(block) : branch.state;
      this.put({ id: `${block.key}/${branch.key}`, kind: "branch", block: branch, state, ...PILL }, centre);
    }
    this.block(branch, centre);
  }

  end(state: TreeState, centre: number): void {
    this.put({ id: "end", kind: "end", block: null, state, ...END }, centre);
  }
}

function branchState(block: TreeNode): TreeState {
  return block.state === "passed" ? "passed" : "idle";
}

/** `isEnded`: the flow came to its regular end. */
export function layoutFlow(tree: TreeNode, isEnded: boolean): DrawnFlow {
  const width = widthOf(tree);
  const drawing = new Drawing();
  drawing.block(tree, width / 2);
  drawing.end(isEnded ? "passed" : "idle", width / 2);
  return { nodes: drawing.nodes, edges: drawing.edges, width, height: drawing.y };
}

interface Pane {
  width: number;
  height: number;
  padding: number;
  zoom: number;
}

/** How far to move the drawing on one axis: the centre where it is seen best, without going past its ends. */
function shift(centre: number, extent: number, size: number, { padding, zoom }: Pane): number {
  const room = size - extent * zoom;
  if (room >= 2 * padding) return room / 2;
  return Math.min(padding, Math.max(room - padding, size / 2 - centre * zoom));
}

/** The part around a node that a pane can show. */
export function viewportAround(drawn: DrawnFlow, node: DrawnNode, pane: Pane): { x: number; y: number; zoom: number } {
  return {
    x: shift(node.x + node.width / 2, drawn.width, pane.width, pane),
    y: shift(node.y + node.height / 2, drawn.height, pane.height, pane),
    zoom: pane.zoom,
  };
}
