import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Tick } from "../../core/util/index.ts";
import { onThemeChange, themeColour } from "../shell/theme.ts";
import { element, setAttributes, WITHOUT_TEXT } from "../ui/dom.ts";
import { drawBands, drawMarks, type PlotMarks } from "./marks.ts";
import "./plot.css";

export interface PlotAxis {
  readonly label: string;
  readonly isLogarithmic: boolean;
  /** Ticks within a range, each with its text. */
  ticks(min: number, max: number): readonly Tick[];
}

export interface PlotOptions {
  /** What the plot shows, read out with the value at the cursor. */
  readonly label: string;
  readonly x: PlotAxis;
  /** A second scale of x along the top. */
  readonly top?: Pick<PlotAxis, "label" | "ticks">;
  readonly y: PlotAxis;
  /** A second, dashed curve is shown. */
  readonly hasSecond?: boolean;
  /** Value under the cursor in words. */
  describe(x: number, y: number, second: number | undefined): string;
  /** While the plot is dragged, and when it is let go or Enter is pressed: `x` is the chosen value. */
  onDrag(x: number): void;
  onChoose(x: number): void;
}

export interface PlotData {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Of the second curve; null where it has none at present. */
  readonly second?: Float64Array | null;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  readonly marks: PlotMarks;
}

export interface Plot {
  readonly element: HTMLElement;
  show(data: PlotData): void;
}

/** A line plot over uPlot that follows the theme, its size, the pointer and the arrow keys. */
export function createPlot(options: PlotOptions): Plot {
  const readout = element("p", { class: "readout", attributes: { "aria-hidden": "true" } });
  const area = element("div", {
    class: "plot-area",
    attributes: { role: "slider", tabindex: "0", "aria-label": options.label, "aria-valuenow": "0" },
  });
  let data: PlotData | undefined;
  let plot: uPlot | undefined;
  let isDragged = false;

  const readAt = (u: uPlot): void => {
    const index = u.cursor.idx;
    const x = index == null ? undefined : data?.x[index];
    const y = index == null ? undefined : data?.y[index];
    const text = x === undefined || y === undefined ? "" : options.describe(x, y, data?.second?.[index ?? 0]);
    readout.textContent = text;
    if (x !== undefined) setAttributes(area, { "aria-valuenow": String(x), "aria-valuetext": text });
  };

  const start = (first: PlotData): uPlot => {
    const u = new uPlot(
      uplotOptions(options, () => data ?? first, readAt),
      columnsOf(options, first),
      area,
    );
    new ResizeObserver(() => u.setSize(sizeOf(area))).observe(area);
    onThemeChange(() => u.redraw(false));
    followPointer(u, options, (dragged) => {
      isDragged = dragged;
    });
    area.addEventListener("keydown", (event) => moveCursor(u, event, options));
    return u;
  };

  return {
    element: element("div", { class: "plot", attributes: WITHOUT_TEXT }, area, readout),
    show: (next) => {
      // While the user drags, the scale under the pointer stays.
      data = isDragged && data !== undefined ? { ...next, xRange: data.xRange } : next;
      setAttributes(area, { "aria-valuemin": String(data.xRange[0]), "aria-valuemax": String(data.xRange[1]) });
      if (plot === undefined) plot = start(data);
      else plot.setData(columnsOf(options, data));
    },
  };
}

const TICK_GAP_px = 6;

const columnsOf = ({ hasSecond }: PlotOptions, { x, y, second }: PlotData): uPlot.AlignedData =>
  hasSecond ? [x, y, second ?? new Float64Array(x.length).fill(Number.NaN)] : [x, y];

function uplotOptions(options: PlotOptions, data: () => PlotData, onCursor: (u: uPlot) => void): uPlot.Options {
  const font = bodyFont();
  const text = (): string => themeColour("--vscode-foreground");
  const grid = (): string => themeColour("--vscode-editorRuler-foreground", "--vscode-descriptionForeground");
  const axis = (own: Pick<PlotAxis, "label" | "ticks">, scale: "x" | "y", side: 0 | 1 | 2 | 3): uPlot.Axis => ({
    scale,
    side: side as uPlot.Axis.Side,
    label: own.label,
    labelSize: 22,
    labelGap: 2,
    size: side === 3 ? 62 : 34,
    stroke: text,
    font,
    labelFont: font,
    grid: { show: side !== 0, stroke: grid, width: 0.5 },
    ticks: { stroke: grid, width: 1, size: 5 },
    splits: (_u, _index, min, max) => own.ticks(min, max).map(({ at }) => at),
    values: (u, splits) => {
      const ticks = own.ticks(splits[0] ?? 0, splits.at(-1) ?? 0);
      const texts = splits.map((split) => ticks.find(({ at }) => at === split)?.text ?? "");
      return scale === "x" ? withoutCollisions(u, splits, texts) : texts;
    },
    filter: (_u, splits) => splits,
  });
  return {
    width: 300,
    height: 200,
    legend: { show: false },
    padding: [8, 24, 0, 0],
    cursor: { drag: { x: false, y: false, setScale: false }, points: { size: 7 } },
    scales: {
      x: { time: false, distr: options.x.isLogarithmic ? 3 : 1, range: () => [...data().xRange] },
      y: { distr: options.y.isLogarithmic ? 3 : 1, range: () => [...data().yRange] },
    },
    series: [
      {},
      {
        stroke: () => themeColour("--vscode-charts-blue", "--vscode-focusBorder"),
        width: 2,
        points: { show: false },
        pxAlign: 0,
      },
      ...(options.hasSecond
        ? [
            {
              stroke: () => themeColour("--vscode-charts-purple", "--vscode-foreground"),
              width: 2,
              dash: [6, 4],
              points: { show: false },
              pxAlign: 0,
            },
          ]
        : []),
    ],
    axes: [axis(options.x, "x", 2), axis(options.y, "y", 3), ...(options.top ? [axis(options.top, "x", 0)] : [])],
    hooks: {
      drawClear: [(u) => drawBands(u, data().marks)],
      draw: [(u) => drawMarks(u, data().marks)],
      setCursor: [onCursor],
    },
  };
}

/** Texts of ticks from left to right, those left out that would run into the one before. */
function withoutCollisions(u: uPlot, splits: readonly number[], texts: readonly string[]): string[] {
  u.ctx.save();
  u.ctx.font = bodyFont();
  let end = Number.NEGATIVE_INFINITY;
  const kept = texts.map((text, i) => {
    const half = u.ctx.measureText(text).width / 2;
    const middle = u.valToPos(splits[i] ?? 0, "x");
    if (middle - half < end) return "";
    end = middle + half + TICK_GAP_px;
    return text;
  });
  u.ctx.restore();
  return kept;
}

/** uPlot scales the font by the pixel ratio itself. */
function bodyFont(): string {
  const { fontSize, fontFamily } = getComputedStyle(document.body);
  return `${fontSize} ${fontFamily}`;
}

const sizeOf = (area: HTMLElement): { width: number; height: number } => ({
  width: Math.max(area.clientWidth, 120),
  height: Math.max(area.clientHeight, 120),
});

function followPointer(u: uPlot, options: PlotOptions, setDragged: (isDragged: boolean) => void): void {
  const valueAt = (event: PointerEvent): number => {
    const { left, width } = u.over.getBoundingClientRect();
    return u.posToVal(Math.min(Math.max(event.clientX - left, 0), width), "x");
  };
  const over = u.over;
  over.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    over.setPointerCapture(event.pointerId);
    setDragged(true);
    options.onDrag(valueAt(event));
  });
  over.addEventListener("pointermove", (event) => {
    if (over.hasPointerCapture(event.pointerId)) options.onDrag(valueAt(event));
  });
  over.addEventListener("pointerup", (event) => {
    if (!over.hasPointerCapture(event.pointerId)) return;
    over.releasePointerCapture(event.pointerId);
    setDragged(false);
    options.onChoose(valueAt(event));
  });
}

const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 10,
  PageDown: -10,
};

/** Arrow keys move the cursor by a hundredth of the width, with Shift by a tenth; Enter takes its value. */
function moveCursor(u: uPlot, event: KeyboardEvent, options: PlotOptions): void {
  const width = u.over.clientWidth;
  const left = u.cursor.left ?? -1;
  const present = left >= 0 ? left : width / 2;
  if (event.key === "Enter") options.onChoose(u.posToVal(present, "x"));
  const steps = KEYS[event.key];
  const target =
    event.key === "Home"
      ? 0
      : event.key === "End"
        ? width
        : steps === undefined
          ? undefined
          : present + steps * width * (event.shiftKey ? 0.1 : 0.01);
  if (target === undefined) return;
  event.preventDefault();
  u.setCursor({ left: Math.min(Math.max(target, 0), width), top: u.over.clientHeight / 2 });
}
