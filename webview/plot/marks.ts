import type uPlot from "uplot";
import { themeColour } from "../shell/theme.ts";

export interface PlotMarks {
  /** Vertical lines such as absorption edges, dashed. */
  readonly lines: readonly { readonly x: number; readonly label: string }[];
  /** Ranges of x that are shaded, behind everything else. */
  readonly bands?: readonly { readonly from: number; readonly to: number }[];
  /** The value that is planned. */
  readonly chosen: ChosenMark;
}

interface ChosenMark {
  readonly x: number;
  readonly y: number;
  readonly label: string;
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

/** Shades ranges of x, before anything is drawn. */
export function drawBands(u: uPlot, { bands = [] }: PlotMarks): void {
  const { ctx, bbox } = u;
  const right = bbox.left + bbox.width;
  ctx.save();
  ctx.fillStyle = themeColour("--vscode-charts-green", "--vscode-descriptionForeground");
  ctx.globalAlpha = 0.1;
  for (const { from, to } of bands) {
    const start = Math.max(bbox.left, u.valToPos(from, "x", true));
    const end = Math.min(right, u.valToPos(to, "x", true));
    if (end > start) ctx.fillRect(start, bbox.top, end - start, bbox.height);
  }
  ctx.restore();
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
  const lines = marks.lines.filter(({ x }) => isWithin(sheet, x));
  drawLines(sheet, lines);
  drawChosen(sheet, marks.chosen);
  // Over all lines, so that none strikes through a word; the chosen value has the first row.
  const placeLabel = labelPlacer(sheet);
  placeLabel(chosenLabel(sheet, marks.chosen), u.valToPos(marks.chosen.x, "x", true));
  for (const { x, label } of lines) placeLabel(label, u.valToPos(x, "x", true));
  ctx.restore();
}

function isWithin({ u, left, right }: Sheet, x: number): boolean {
  const position = u.valToPos(x, "x", true);
  return position >= left && position <= right;
}

/** A value beyond the window is said with the side on which it lies. */
function chosenLabel(sheet: Sheet, { x, label }: ChosenMark): string {
  if (isWithin(sheet, x)) return label;
  return sheet.u.valToPos(x, "x", true) < sheet.left ? `← ${label}` : `${label} →`;
}

type PlaceLabel = (label: string, left: number) => void;

/** Writes labels along the top, right of their lines where they fit, one row lower where they would overlap. */
function labelPlacer({ ctx, ratio, lineHeight, left, right, top }: Sheet): PlaceLabel {
  const rows: { readonly start: number; readonly end: number }[][] = [];
  return (label, at) => {
    const width = ctx.measureText(label).width;
    const gap = 5 * ratio;
    const line = Math.min(Math.max(at, left), right);
    const start = line + gap + width < right ? line + gap : Math.max(left, line - gap - width);
    const end = start + width;
    const isFree = (row: (typeof rows)[number]): boolean =>
      row.every((other) => end + 3 * gap < other.start || start > other.end + 3 * gap);
    const found = rows.findIndex(isFree);
    const index = found === -1 ? rows.length : found;
    rows[index] = [...(rows[index] ?? []), { start, end }];
    const y = top + 4 * ratio + index * lineHeight;
    ctx.fillStyle = themeColour("--vscode-editor-background");
    ctx.fillRect(start - 2 * ratio, y - ratio, width + 4 * ratio, lineHeight);
    ctx.fillStyle = themeColour("--vscode-foreground");
    ctx.fillText(label, start, y);
  };
}

function drawLines(sheet: Sheet, lines: PlotMarks["lines"]): void {
  const { u, ctx, ratio } = sheet;
  ctx.strokeStyle = themeColour("--vscode-descriptionForeground");
  ctx.lineWidth = ratio;
  ctx.setLineDash([4 * ratio, 4 * ratio]);
  for (const { x } of lines) strokeVertical(sheet, u.valToPos(x, "x", true));
}

function drawChosen(sheet: Sheet, { x, y }: ChosenMark): void {
  const { u, ctx, ratio } = sheet;
  if (!isWithin(sheet, x)) return;
  const left = u.valToPos(x, "x", true);
  ctx.strokeStyle = ctx.fillStyle = themeColour("--vscode-charts-orange", "--vscode-editorWarning-foreground");
  ctx.lineWidth = 1.5 * ratio;
  ctx.setLineDash([]);
  strokeVertical(sheet, left);
  ctx.beginPath();
  ctx.arc(left, u.valToPos(y, "y", true), 4.5 * ratio, 0, 2 * Math.PI);
  ctx.fill();
}

function strokeVertical({ ctx, top, bottom }: Sheet, x: number): void {
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
}
