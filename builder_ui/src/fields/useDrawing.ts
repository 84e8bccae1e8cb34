// Lines drawn on a canvas with whatever points: mouse, finger, pen.
import { type PointerEvent, type RefObject, useRef } from "react";
import { HEIGHT, INK, WIDTH } from "./signaturePaper";

interface Point {
  x: number;
  y: number;
}

const PEN = 7;

/** Where the pointer is on the paper, however large that is shown. */
function pointAt(event: PointerEvent<HTMLCanvasElement>): Point {
  const shown = event.currentTarget.getBoundingClientRect();
  const across = shown.width === 0 ? 1 : WIDTH / shown.width;
  const down = shown.height === 0 ? 1 : HEIGHT / shown.height;
  return { x: (event.clientX - shown.left) * across, y: (event.clientY - shown.top) * down };
}

/** The handlers of the canvas; `onDrawn` hears of every line. */
export function useDrawing(canvas: RefObject<HTMLCanvasElement | null>, onDrawn: () => void) {
  const last = useRef<Point | null>(null);
  const draw = (to: Point) => {
    const paper = canvas.current?.getContext("2d");
    const from = last.current;
    if (!paper || from === null) return;
    paper.strokeStyle = INK;
    paper.lineWidth = PEN;
    paper.lineCap = "round";
    paper.lineJoin = "round";
    paper.beginPath();
    paper.moveTo(from.x, from.y);
    paper.lineTo(to.x, to.y);
    paper.stroke();
    last.current = to;
  };
  const end = () => {
    last.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture?.(event.pointerId);
      last.current = pointAt(event);
      // a dot is ink too
      draw(last.current);
      onDrawn();
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => draw(pointAt(event)),
    onPointerUp: end,
    onPointerCancel: end,
  };
}
