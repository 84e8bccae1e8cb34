// The paper of a signature: white whatever the page looks like, with black ink, kept as PNG.

export const WIDTH = 1200;
export const HEIGHT = 480;
const PAPER = "#ffffff";
export const INK = "#111111";
const LARGEST = 180;
const FONT = '"Segoe Script", "Bradley Hand", "Brush Script MT", "STXingkai", "华文行楷", "KaiTi", "楷体", cursive';

type Canvas = HTMLCanvasElement | null;

export function blank(canvas: Canvas): void {
  const paper = canvas?.getContext("2d");
  if (!paper) return;
  paper.fillStyle = PAPER;
  paper.fillRect(0, 0, WIDTH, HEIGHT);
}

/** A typed name across the paper, as large as it fits. */
export function writeName(canvas: Canvas, name: string): void {
  blank(canvas);
  const paper = canvas?.getContext("2d");
  if (!paper) return;
  paper.font = `${LARGEST}px ${FONT}`;
  const size = Math.min(LARGEST, (LARGEST * WIDTH * 0.9) / Math.max(1, paper.measureText(name).width));
  paper.font = `${size}px ${FONT}`;
  paper.fillStyle = INK;
  paper.textAlign = "center";
  paper.textBaseline = "middle";
  paper.fillText(name, WIDTH / 2, HEIGHT / 2);
}

export function pictureOf(canvas: Canvas): Promise<Blob | null> {
  return new Promise((resolve) => {
    if (canvas === null) resolve(null);
    else canvas.toBlob(resolve, "image/png");
  });
}
