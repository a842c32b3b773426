import { format, radians } from "../../../util/index.ts";
import type { FigureItem, FigureRole, Point } from "./figure.types.ts";

/** The sheet of the figure, and where sample, lens and detector are on it whatever the distances. */

export const WIDTH = 1000;
export const HEIGHT = 650;
export const SAMPLE: Point = [80, 520];
/** The angle at which the diffracted beam is drawn, whatever 2theta is. */
export const DRAWN_deg = 25;
/** Lengths in the picture of d1, the box and d2: each has room for its number. */
const DRAWN = { d1: 240, dL: 230, d2: 340 } as const;
/** Ends of d1, the box and d2 along the drawn beam. */
export const ENDS = [0, DRAWN.d1, DRAWN.d1 + DRAWN.dL, DRAWN.d1 + DRAWN.dL + DRAWN.d2] as const;
export const TOTAL = ENDS[3];
/** Height of the numbers: they are read across a room, and in a narrow panel. */
export const SIZE = 38;

export const cosine = Math.cos(radians(DRAWN_deg));
const sine = Math.sin(radians(DRAWN_deg));

/** A point `along` the drawn beam from the sample and `across` it, upwards. */
export const onBeam = (along: number, across = 0): Point => [
  SAMPLE[0] + along * cosine - across * sine,
  SAMPLE[1] - along * sine - across * cosine,
];

/** A distance in mm: two decimals, as motors are read. */
export const mm = (value: number | undefined): string => (value === undefined ? "–" : format.fixed(value, 2));

export const line = (role: FigureRole, from: Point, to: Point): FigureItem => ({ kind: "line", role, from, to });

export const dashed = (role: FigureRole, from: Point, to: Point): FigureItem => ({
  kind: "line",
  role,
  from,
  to,
  isDashed: true,
});
