// The drawn flow with its current position. Nothing can be changed on it; it can be moved and zoomed.
import {
  BaseEdge,
  Controls,
  type Edge,
  type EdgeProps,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { type RefObject, useCallback, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { FlowStatus, TreeNode } from "../api/types";
import { usePreferences } from "../app/preferences";
import { DrawnFlowNode, type FlowNode } from "./FlowNodes";
import { type DrawnFlow, edgePath, layoutFlow, viewportAround } from "./layout";

type FlowEdge = Edge<{ bendY: number; isPassed: boolean }, "drawn">;

function DrawnFlowEdge({ id, sourceX, sourceY, targetX, targetY, data }: EdgeProps<FlowEdge>) {
  const from = { x: sourceX, y: sourceY };
  const path = edgePath(from, { x: targetX, y: targetY }, data?.bendY ?? (sourceY + targetY) / 2);
  return <BaseEdge id={id} path={path} className={data?.isPassed === true ? "flow-edge passed" : "flow-edge"} />;
}

const nodeTypes = { drawn: DrawnFlowNode };
const edgeTypes = { drawn: DrawnFlowEdge };
const PADDING = 24;
const READABLE = 0.62;
/** Below the drawing: the buttons stand beside it and never on a node. */
const STRIP = 36;

function toNodes(drawn: DrawnFlow): FlowNode[] {
  return drawn.nodes.map((node) => ({
    id: node.id,
    type: "drawn",
    position: { x: node.x, y: node.y },
    width: node.width,
    height: node.height,
    data: { drawn: node },
  }));
}

function toEdges(drawn: DrawnFlow): FlowEdge[] {
  return drawn.edges.map(({ id, source, target, bendY, isPassed }) => ({
    id,
    source,
    target,
    type: "drawn",
    // lines say nothing that the states of the nodes do not say
    domAttributes: { "aria-hidden": true },
    data: { bendY, isPassed },
  }));
}

/** All of it where that is readable, else the part where the flow is now. */
async function showPosition(
  flow: ReactFlowInstance<FlowNode, FlowEdge>,
  drawn: DrawnFlow,
  pane: HTMLElement | null,
): Promise<void> {
  await flow.fitView({ padding: `${PADDING}px`, maxZoom: 1 });
  if (flow.getZoom() >= READABLE || pane === null) return;
  const active = drawn.nodes.find((node) => node.kind === "card" && node.state === "active") ?? drawn.nodes[0];
  if (active === undefined) return;
  const size = { width: pane.clientWidth, height: pane.clientHeight - STRIP };
  await flow.setViewport(viewportAround(drawn, active, { ...size, padding: PADDING, zoom: READABLE }));
}

export function FlowDrawing({ tree, status }: { tree: TreeNode; status: FlowStatus }) {
  const { t } = useTranslation();
  const { isDark } = usePreferences();
  const drawn = useMemo(() => layoutFlow(tree, status === "approved"), [tree, status]);
  const section = useRef<HTMLElement>(null);
  const height = Math.min(drawn.height + 2 * PADDING + STRIP, 1000);
  return (
    <section ref={section} className="flow-drawing" style={{ height }} aria-label={t("flow.drawing")}>
      <ReactFlowProvider>
        <Canvas drawn={drawn} section={section} />
        <div className={`react-flow flow-strip${isDark ? " dark" : ""}`} style={{ height: STRIP }}>
          <Controls showInteractive={false} orientation="horizontal" />
        </div>
      </ReactFlowProvider>
    </section>
  );
}

function Canvas({ drawn, section }: { drawn: DrawnFlow; section: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const { isDark } = usePreferences();
  const nodes = useMemo(() => toNodes(drawn), [drawn]);
  const edges = useMemo(() => toEdges(drawn), [drawn]);
  const onInit = useCallback(
    (flow: ReactFlowInstance<FlowNode, FlowEdge>) => void showPosition(flow, drawn, section.current),
    [drawn, section],
  );
  return (
    <ReactFlow<FlowNode, FlowEdge>
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      colorMode={isDark ? "dark" : "light"}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      zoomOnScroll={false}
      zoomOnDoubleClick={false}
      preventScrolling={false}
      minZoom={0.2}
      maxZoom={1.5}
      onInit={onInit}
      ariaLabelConfig={{
        "controls.ariaLabel": t("flow.controls"),
        "controls.zoomIn.ariaLabel": t("flow.zoomIn"),
        "controls.zoomOut.ariaLabel": t("flow.zoomOut"),
        "controls.fitView.ariaLabel": t("flow.fit"),
      }}
    />
  );
}
