/** A text to be placed at a point of the picture; pixels, y downwards. */
export interface LabelRequest {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Direction in which the text should stand off its anchor; need not be a unit vector. */
  readonly away: readonly [number, number];
  /** Distance from the anchor that is kept free. */
  readonly standOff?: number;
  /** Takes the first place that is free of other texts, whatever is drawn there: texts that stand in a column. */
  readonly mayCover?: boolean;
  /** Labels with the smaller rank are placed first. */
  readonly rank: number;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 5;
/** Turns from the wanted direction that are tried, in this order, at each distance. */
const TURNS_deg = [0, 30, -30, 60, -60, 90, -90, 135, -135, 180];
const DISTANCES = [GAP, GAP + 12, GAP + 28, GAP + 48];

/** A text may go one candidate farther for each so many points that it then covers less. */
const COST_OF_POINT = 1.5;

/**
 * Places texts beside their anchors so that none overlaps another or leaves the picture, and so that they cover little
 * of what is drawn. The same input gives the same picture. A text for which there is no room is left out.
 * @param drawn points of lines that had better stay free
 */
export function placeLabels(
  requests: readonly LabelRequest[],
  bounds: { readonly width: number; readonly height: number },
  taken: readonly Rectangle[] = [],
  drawn: readonly (readonly [number, number])[] = [],
): ReadonlyMap<string, Rectangle> {
  const placed = new Map<string, Rectangle>();
  const occupied = [...taken];
  const covered = counterOf(drawn, bounds);
  for (const request of [...requests].sort((a, b) => a.rank - b.rank)) {
    let spot: Rectangle | undefined;
    let lowest = Number.POSITIVE_INFINITY;
    candidates(request).forEach((rectangle, i) => {
      if (i >= lowest || !isInside(rectangle, bounds) || occupied.some((other) => overlap(rectangle, other))) return;
      const cost = i + (request.mayCover ? 0 : COST_OF_POINT * covered(rectangle));
      if (cost >= lowest) return;
      lowest = cost;
      spot = rectangle;
    });
    if (!spot) continue;
    placed.set(request.id, spot);
    occupied.push(spot);
  }
  return placed;
}

const CELL_px = 5;

/** Counts the points in a rectangle, to whole cells of a grid: each entry holds the points above and to the left of it. */
function counterOf(
  points: readonly (readonly [number, number])[],
  bounds: { readonly width: number; readonly height: number },
): (rectangle: Rectangle) => number {
  if (points.length === 0) return () => 0;
  const columns = Math.ceil(bounds.width / CELL_px) + 1;
  const rows = Math.ceil(bounds.height / CELL_px) + 1;
  const sums = new Uint32Array(columns * rows);
  for (const [x, y] of points) {
    const [column, row] = [Math.floor(x / CELL_px) + 1, Math.floor(y / CELL_px) + 1];
    if (column > 0 && row > 0 && column < columns && row < rows) sums[row * columns + column]!++;
  }
  for (let row = 1; row < rows; row++) {
    for (let column = 1, inRow = 0; column < columns; column++) {
      const i = row * columns + column;
      inRow += sums[i]!;
      sums[i] = inRow + sums[i - columns]!;
    }
  }
  const within = (px: number, count: number): number => Math.max(0, Math.min(count - 1, px));
  return ({ left, top, width, height }) => {
    const [a, b] = [within(Math.floor(left / CELL_px), columns), within(Math.ceil((left + width) / CELL_px), columns)];
    const [c, d] = [within(Math.floor(top / CELL_px), rows), within(Math.ceil((top + height) / CELL_px), rows)];
    return sums[d * columns + b]! - sums[c * columns + b]! - sums[d * columns + a]! + sums[c * columns + a]!;
  };
}

function candidates(request: LabelRequest): readonly Rectangle[] {
  const [dx, dy] = request.away;
  const wanted = Math.hypot(dx, dy) < 1e-6 ? 0 : Math.atan2(dy, dx);
  return DISTANCES.map((distance) => distance + (request.standOff ?? 0)).flatMap((distance) =>
    TURNS_deg.map((turn) => besideAnchor(request, wanted + (turn * Math.PI) / 180, distance)),
  );
}

/**
 * The text at a distance from its anchor: centred above, below or beside it in the four main directions, with its
 * corner at the anchor in the diagonal ones.
 */
function besideAnchor({ x, y, width, height }: LabelRequest, direction: number, distance: number): Rectangle {
  const [c, s] = [Math.cos(direction), Math.sin(direction)];
  const clamp = (part: number): number => Math.max(-1, Math.min(1, part * Math.SQRT2));
  return {
    left: x + distance * c + (width * (clamp(c) - 1)) / 2,
    top: y + distance * s + (height * (clamp(s) - 1)) / 2,
    width,
    height,
  };
}

const isInside = (r: Rectangle, bounds: { readonly width: number; readonly height: number }): boolean =>
  r.left >= 0 && r.top >= 0 && r.left + r.width <= bounds.width && r.top + r.height <= bounds.height;

export const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
