import type uPlot from "uplot";
import { themeColour } from "../shell/theme.ts";

export interface PlotMarks {
  /** Vertical lines such as absorption edges, dashed. */
  readonly lines: readonly { readonly x: number; readonly label: string }[];
  /** The value that is planned. */
  readonly chosen: { readonly x: number; readonly y: number; readonly label: string } | null;
}

/** Draws edges and the chosen value over the curve. Labels that would overlap are set one line lower each. */
export function drawMarks(u: uPlot, marks: PlotMarks): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const { fontSize, fontFamily } = getComputedStyle(document.body);
  const lineHeight = Number.parseFloat(fontSize) * ratio * 1.25;
  const isInside = (x: number): boolean => x >= bbox.left && x <= bbox.left + bbox.width;
  ctx.save();
  ctx.font = `${Number.parseFloat(fontSize) * ratio}px ${fontFamily}`;
  ctx.textBaseline = "top";
  ctx.lineWidth = ratio;

  const rowEnds: number[] = [];
  ctx.strokeStyle = themeColour("--vscode-descriptionForeground");
  ctx.fillStyle = themeColour("--vscode-descriptionForeground");
  ctx.setLineDash([4 * ratio, 4 * ratio]);
  for (const { x, label } of marks.lines) {
    const left = u.valToPos(x, "x", true);
    if (!isInside(left)) continue;
    strokeVertical(ctx, left, bbox.top, bbox.top + bbox.height);
    const width = ctx.measureText(label).width;
    const free = rowEnds.findIndex((end) => end < left);
    const row = free === -1 ? rowEnds.length : free;
    rowEnds[row] = left + width + 8 * ratio;
    const start = Math.min(left + 4 * ratio, bbox.left + bbox.width - width);
    ctx.fillText(label, start, bbox.top + 4 * ratio + row * lineHeight);
  }

  const { chosen } = marks;
  if (chosen !== null) {
    const left = u.valToPos(chosen.x, "x", true);
    if (isInside(left)) {
      const top = u.valToPos(chosen.y, "y", true);
      ctx.strokeStyle = ctx.fillStyle = themeColour("--vscode-charts-orange", "--vscode-editorWarning-foreground");
      ctx.setLineDash([]);
      ctx.lineWidth = 1.5 * ratio;
      strokeVertical(ctx, left, bbox.top, bbox.top + bbox.height);
      ctx.beginPath();
      ctx.arc(left, top, 4.5 * ratio, 0, 2 * Math.PI);
      ctx.fill();
      const width = ctx.measureText(chosen.label).width;
      const fitsRight = left + width + 10 * ratio < bbox.left + bbox.width;
      const start = fitsRight ? left + 8 * ratio : left - width - 8 * ratio;
      ctx.fillStyle = themeColour("--vscode-foreground");
      ctx.fillText(chosen.label, start, bbox.top + bbox.height - lineHeight - 4 * ratio);
    }
  }
  ctx.restore();
}

function strokeVertical(ctx: CanvasRenderingContext2D, x: number, top: number, bottom: number): void {
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
}
