// Requests that were sent back: whether one is now, and by what.
import type { InstanceView, TimelineEntry, TreeNode } from "../api/types";

function isAtStart(node: TreeNode): boolean {
  return (node.kind === "initiate" && node.state === "active") || node.children.some(isAtStart);
}

/** The request waits for its initiator again. */
export function isReturned({ instance, tree }: InstanceView): boolean {
  return instance.status === "running" && isAtStart(tree);
}

/** What sent a request back to the node: a person's return, or the rejection that the flow turned into one. */
export function whatReturned({ timeline }: InstanceView, nodeKey: string): TimelineEntry | null {
  const at = timeline.findLastIndex((entry) => entry.kind === "returned" && entry.to === nodeKey);
  const returned = timeline[at];
  if (returned === undefined) return null;
  const isRejection = (entry: TimelineEntry) =>
    entry.kind === "voted" && entry.decision === "reject" && entry.node_key === returned.node_key;
  if (returned.waited_ms !== null) return returned;
  return timeline.slice(0, at).findLast(isRejection) ?? returned;
}
