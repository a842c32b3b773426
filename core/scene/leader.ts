import type { LabelRequest, Rectangle } from "./placement.ts";

export type PicturePlace = readonly [x: number, y: number];

const EDGE_px = 2;
/** A leader of a text in a column ends at this part of the distance that the text keeps. */
const COLUMN_END = 0.5;
/** Others end so far before what they point to. */
const END_px = 3;
/** A leader is drawn if it is longer than this: beside a column, and elsewhere, where nearness tells as much. */
const SHORTEST_px = { inColumn: 12, elsewhere: 18 } as const;
/** It may touch the rim of another text. */
const RIM_px = 2;
/** Whether a leader is free is looked up at points so far apart. */
const STEP_px = 4;

/** A line from the edge of a text that is nearest to what it names, towards that; null if it is near, or others lie between. */
export function leaderOf(
  { x, y, standOff = 0, mayCover = false, isRemark = false }: LabelRequest,
  own: Rectangle,
  texts: readonly Rectangle[],
): readonly [PicturePlace, PicturePlace] | null {
  const start = nearestEdge(own, x, y);
  if (start === null || isRemark) return null;
  const length = Math.hypot(x - start[0], y - start[1]);
  const drawn = length - (mayCover ? COLUMN_END * standOff : END_px);
  if (drawn < SHORTEST_px[mayCover ? "inColumn" : "elsewhere"]) return null;
  const at = (distance: number): PicturePlace => [
    start[0] + (distance / length) * (x - start[0]),
    start[1] + (distance / length) * (y - start[1]),
  ];
  const steps = Math.ceil(drawn / STEP_px);
  const isFree = Array.from({ length: steps }, (_, i) => at(((i + 1) / steps) * drawn)).every(
    (place) => !texts.some((other) => other !== own && isDeepIn(other, place)),
  );
  return isFree ? [start, at(drawn)] : null;
}

const isDeepIn = ({ left, top, width, height }: Rectangle, [x, y]: PicturePlace): boolean =>
  x > left + RIM_px && x < left + width - RIM_px && y > top + RIM_px && y < top + height - RIM_px;

/** Where a line from a point meets the text: beside it, else above or below it. Null within the text. */
function nearestEdge({ left, top, width, height }: Rectangle, x: number, y: number): PicturePlace | null {
  const within = (value: number, low: number, size: number): number =>
    Math.min(Math.max(value, low + size / 4), low + (3 * size) / 4);
  if (x < left) return [left - EDGE_px, within(y, top, height)];
  if (x > left + width) return [left + width + EDGE_px, within(y, top, height)];
  if (y < top) return [within(x, left, width), top - EDGE_px];
  return y > top + height ? [within(x, left, width), top + height + EDGE_px] : null;
}
