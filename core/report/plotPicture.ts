import type { Tick } from "../util/index.ts";
import { INK, type Mark, type Picture, type Point, type TextMark } from "./picture.ts";

export interface PlotScale {
  readonly label: string;
  readonly range: readonly [number, number];
  readonly isLogarithmic: boolean;
  readonly ticks: readonly Tick[];
}

export interface PlotContent {
  readonly title: string;
  readonly x: PlotScale;
  /** A second scale of x along the top: its ticks are given in x. */
  readonly top?: { readonly label: string; readonly ticks: readonly Tick[] };
  readonly y: PlotScale;
  readonly curve: readonly Point[];
  /** Upright lines with a name, such as absorption edges. */
  readonly lines?: readonly { readonly x: number; readonly label: string }[];
  readonly chosen: { readonly x: number; readonly y: number; readonly label: string };
}

const WIDTH = 480;
const HEIGHT = 250;
const LEFT = 58;
const RIGHT = 16;
const TOP = 40;
const TOP_WITHOUT_SCALE = 12;
const BOTTOM = 40;
const FONT = 9;

/** A curve with its axes, to be printed. */
export function plotPicture(plot: PlotContent): Picture {
  const across = scaleOf(plot.x, LEFT, WIDTH - RIGHT);
  const top = plot.top ? TOP : TOP_WITHOUT_SCALE;
  const down = scaleOf(plot.y, HEIGHT - BOTTOM, top);
  const [x0, x1, y0, y1] = [LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM, top];
  const line = (points: readonly Point[], colour: string, width: number, dash?: readonly number[]): Mark => ({
    kind: "line",
    points,
    colour,
    width,
    ...(dash && { dash }),
  });
  const text = (at: Point, content: string, anchor: "start" | "middle" | "end", colour: string = INK.text): Mark => ({
    kind: "text",
    at,
    text: content,
    size: FONT,
    anchor,
    colour,
  });
  const grid = [
    ...plot.x.ticks.map(({ at }) =>
      line(
        [
          [across(at), y0],
          [across(at), y1],
        ],
        INK.grid,
        0.5,
      ),
    ),
    ...plot.y.ticks.map(({ at }) =>
      line(
        [
          [x0, down(at)],
          [x1, down(at)],
        ],
        INK.grid,
        0.5,
      ),
    ),
  ];
  const frame = line(
    [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
      [x0, y0],
    ],
    INK.axis,
    0.8,
  );
  const labels = [
    ...plot.x.ticks.map((tick) => text([across(tick.at), y0 + 12], tick.text, "middle")),
    ...plot.y.ticks.map((tick) => text([x0 - 5, down(tick.at) + FONT / 3], tick.text, "end")),
    text([(x0 + x1) / 2, HEIGHT - 10], plot.x.label, "middle"),
    { ...(text([13, (y0 + y1) / 2], plot.y.label, "middle") as TextMark), rotation_deg: 90 },
    ...(plot.top
      ? [
          ...plot.top.ticks.flatMap((tick) => [
            line(
              [
                [across(tick.at), y1],
                [across(tick.at), y1 - 3],
              ],
              INK.axis,
              0.8,
            ),
            text([across(tick.at), y1 - 6], tick.text, "middle"),
          ]),
          text([(x0 + x1) / 2, y1 - 22], plot.top.label, "middle"),
        ]
      : []),
  ];
  const edges = (plot.lines ?? []).flatMap(({ x, label }, i) => [
    line(
      [
        [across(x), y0],
        [across(x), y1],
      ],
      INK.quiet,
      0.6,
      [3, 2],
    ),
    text([across(x) + 2, y1 + 10 + 10 * (i % 3)], label, "start", INK.quiet),
  ]);
  const { chosen } = plot;
  const spot: Point = [across(chosen.x), down(chosen.y)];
  const path = plot.curve.map(([x, y]): Point => [across(x), down(y)]);
  const { at, isLeft } = labelPlace(spot, chosen.label, path, [x0, y1, x1, y0]);
  const marker: readonly Mark[] = [
    line(
      [
        [spot[0], y0],
        [spot[0], y1],
      ],
      INK.chosen,
      0.8,
      [1.5, 1.5],
    ),
    line(
      [
        [x0, spot[1]],
        [x1, spot[1]],
      ],
      INK.chosen,
      0.8,
      [1.5, 1.5],
    ),
    { kind: "circle", centre: spot, radius: 3, fill: INK.chosen },
    backing(at, isLeft, chosen.label),
    { ...(text(at, chosen.label, isLeft ? "end" : "start", INK.chosen) as TextMark), bold: true },
  ];
  const curve = line(path, INK.curve, 1.4);
  return {
    width: WIDTH,
    height: HEIGHT,
    title: plot.title,
    marks: [...grid, ...edges, frame, ...labels, curve, ...marker],
  };
}

const STEPS = 8;

/** Edges of what a label covers: left, top, right, bottom. */
type Edges = readonly [number, number, number, number];

function edgesOf([x, y]: Point, isLeft: boolean, label: string): Edges {
  const direction = isLeft ? -1 : 1;
  const [near, far] = [x - 2 * direction, x + direction * (0.68 * FONT * label.length + 2)];
  return [Math.min(near, far), y - 0.95 * FONT, Math.max(near, far), y + 0.35 * FONT];
}

/** Where a label beside a spot hides the least of the curve, within the frame; inwards where that is the same. */
function labelPlace(
  spot: Point,
  label: string,
  curve: readonly Point[],
  frame: Edges,
): { readonly at: Point; readonly isLeft: boolean } {
  // A curve that falls at an edge has no points of its own on the way down.
  const points = curve.flatMap(([x, y], i) => {
    const [nextX, nextY] = curve[i + 1] ?? [x, y];
    return Array.from(
      { length: STEPS },
      (_, k): Point => [x + ((nextX - x) * k) / STEPS, y + ((nextY - y) * k) / STEPS],
    );
  });
  const isRightHalf = spot[0] > (frame[0] + frame[2]) / 2;
  const isLowHalf = spot[1] > (frame[1] + frame[3]) / 2;
  const places = [isRightHalf, !isRightHalf].flatMap((isLeft) =>
    [isLowHalf, !isLowHalf].map((isAbove) => {
      const at: Point = [spot[0] + (isLeft ? -9 : 9), spot[1] + (isAbove ? -9 : 17)];
      const [left, top, right, bottom] = edgesOf(at, isLeft, label);
      const isOutside = left < frame[0] || right > frame[2] || top < frame[1] || bottom > frame[3];
      const hidden = points.filter(([x, y]) => x > left && x < right && y > top && y < bottom).length;
      return { at, isLeft, cost: hidden + (isOutside ? points.length : 0) };
    }),
  );
  return places.reduce((best, place) => (place.cost < best.cost ? place : best));
}

/** White behind a label, so that curve and edges do not run through it. */
function backing(at: Point, isLeft: boolean, label: string): Mark {
  const [left, top, right, bottom] = edgesOf(at, isLeft, label);
  const points: readonly Point[] = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  return { kind: "area", points, fill: "#ffffff", opacity: 0.9 };
}

function scaleOf({ range, isLogarithmic }: PlotScale, from: number, to: number): (value: number) => number {
  const place = isLogarithmic ? Math.log : (value: number) => value;
  const [low, high] = [place(range[0]), place(range[1])];
  return (value) => from + ((place(value) - low) / (high - low)) * (to - from);
}
