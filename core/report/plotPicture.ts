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
  const isRight = spot[0] > (x0 + x1) / 2;
  const isLow = spot[1] > (y0 + y1) / 2;
  const at: Point = [spot[0] + (isRight ? -9 : 9), spot[1] + (isLow ? -9 : 17)];
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
    backing(at, isRight ? -1 : 1, chosen.label),
    { ...(text(at, chosen.label, isRight ? "end" : "start", INK.chosen) as TextMark), bold: true },
  ];
  const curve = line(
    plot.curve.map(([x, y]): Point => [across(x), down(y)]),
    INK.curve,
    1.4,
  );
  return {
    width: WIDTH,
    height: HEIGHT,
    title: plot.title,
    marks: [...grid, ...edges, frame, ...labels, curve, ...marker],
  };
}

/** White behind a label, so that curve and edges do not run through it. */
function backing([x, y]: Point, direction: 1 | -1, label: string): Mark {
  const [near, far] = [x - 2 * direction, x + direction * (0.68 * FONT * label.length + 2)];
  const [top, bottom] = [y - 0.95 * FONT, y + 0.35 * FONT];
  const points: readonly Point[] = [
    [near, top],
    [far, top],
    [far, bottom],
    [near, bottom],
  ];
  return { kind: "area", points, fill: "#ffffff", opacity: 0.9 };
}

function scaleOf({ range, isLogarithmic }: PlotScale, from: number, to: number): (value: number) => number {
  const place = isLogarithmic ? Math.log : (value: number) => value;
  const [low, high] = [place(range[0]), place(range[1])];
  return (value) => from + ((place(value) - low) / (high - low)) * (to - from);
}
