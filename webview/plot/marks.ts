import type uPlot from "uplot";
import { themeColour } from "../shell/theme.ts";

export interface PlotMarks {
  /** Vertical lines such as absorption edges, dashed. */
  readonly lines: readonly { readonly x: number; readonly label: string }[];
  readonly chosen: ChosenMark;
}

/** The value that is planned; its label stands on the side where the curve leaves room. */
export interface ChosenMark {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly side: "left" | "right";
}

/** What drawing needs to know of the plot, in device pixels. */
interface Sheet {
  readonly u: uPlot;
  readonly ctx: CanvasRenderingContext2D;
  readonly ratio: number;
  readonly lineHeight: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Draws edges and the chosen value over the curve. */
export function drawMarks(u: uPlot, marks: PlotMarks): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const { fontSize, fontFamily } = getComputedStyle(document.body);
  const fontSize_px = Number.parseFloat(fontSize) * ratio;
  const sheet: Sheet = {
    u,
    ctx,
    ratio,
    lineHeight: fontSize_px * 1.25,
    left: bbox.left,
    right: bbox.left + bbox.width,
    top: bbox.top,
    bottom: bbox.top + bbox.height,
  };
  ctx.save();
  ctx.font = `${fontSize_px}px ${fontFamily}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "top";
  drawLines(sheet, marks.lines);
  drawChosen(sheet, marks.chosen);
  ctx.restore();
}

/** Labels that would overlap are set one line lower each. */
function drawLines(sheet: Sheet, lines: PlotMarks["lines"]): void {
  const { u, ctx, ratio, lineHeight } = sheet;
  const rowEnds: number[] = [];
  ctx.strokeStyle = ctx.fillStyle = themeColour("--vscode-descriptionForeground");
  ctx.lineWidth = ratio;
  ctx.setLineDash([4 * ratio, 4 * ratio]);
  for (const { x, label } of lines) {
    const left = u.valToPos(x, "x", true);
    if (left < sheet.left || left > sheet.right) continue;
    strokeVertical(sheet, left);
    const width = ctx.measureText(label).width;
    const start = Math.min(left + 4 * ratio, sheet.right - width);
    const free = rowEnds.findIndex((end) => end < start);
    const row = free === -1 ? rowEnds.length : free;
    rowEnds[row] = start + width + 4 * ratio;
    ctx.fillText(label, start, sheet.top + 4 * ratio + row * lineHeight);
  }
}

function drawChosen(sheet: Sheet, { x, y, label, side }: ChosenMark): void {
  const { u, ctx, ratio, lineHeight } = sheet;
  const left = u.valToPos(x, "x", true);
  if (left < sheet.left || left > sheet.right) return;
  const top = u.valToPos(y, "y", true);
  ctx.strokeStyle = ctx.fillStyle = themeColour("--vscode-charts-orange", "--vscode-editorWarning-foreground");
  ctx.setLineDash([]);
  ctx.lineWidth = 1.5 * ratio;
  strokeVertical(sheet, left);
  ctx.beginPath();
  ctx.arc(left, top, 4.5 * ratio, 0, 2 * Math.PI);
  ctx.fill();

  const width = ctx.measureText(label).width;
  const room = width + 16 * ratio;
  const isRight = side === "right" ? left + room < sheet.right : left - room < sheet.left;
  const start = isRight ? left + 10 * ratio : left - width - 10 * ratio;
  const lowest = sheet.bottom - lineHeight - 4 * ratio;
  const labelTop = Math.max(sheet.top + lineHeight, Math.min(top - lineHeight / 2, lowest));
  ctx.fillStyle = themeColour("--vscode-editor-background");
  ctx.fillRect(start - 3 * ratio, labelTop - 2 * ratio, width + 6 * ratio, lineHeight + 2 * ratio);
  ctx.fillStyle = themeColour("--vscode-foreground");
  ctx.fillText(label, start, labelTop);
}

function strokeVertical({ ctx, top, bottom }: Sheet, x: number): void {
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
}
