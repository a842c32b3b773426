import { radians } from "../util/index.ts";
import type { Cover } from "./cover.ts";

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
  /** So much lower than its anchor [px]. */
  readonly shift?: number;
  /** Rather covers what is drawn than leaves its place: texts that stand in a column. */
  readonly mayCover?: boolean;
  /** Names nothing that is drawn at its anchor, so that no leader goes there. */
  readonly isRemark?: boolean;
  /** What it may cost at most: where every place costs more the text is left out. Absent: as much as it takes. */
  readonly most?: number;
  /** Labels with the smaller rank are placed first. */
  readonly rank: number;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A text in its place, and how it stands to its anchor. */
export interface Spot extends Rectangle {
  /** From the anchor to the text, clockwise from the right [rad]. */
  readonly direction: number;
  /** From the wanted direction to `direction` when this side was chosen [rad]. */
  readonly turn: number;
  /** Beyond the distance that is kept free [px]. */
  readonly distance: number;
}

export interface Surroundings {
  /** Where no text may stand. */
  readonly taken?: readonly Rectangle[];
  /** How much of what is drawn a rectangle would cover. */
  readonly cover?: Cover;
  /** Places in the picture before this one: a text changes its side only where it gains much by that. */
  readonly former?: ReadonlyMap<string, Spot>;
}

const GAP_px = 5;
/** Space between texts: beside each other, less for single letters, and one above the other. */
const BETWEEN_px = { x: 4, y: 3 } as const;
/** Space to the edge of the picture. */
const EDGE_px = 2;
/** Distances that are tried; the far ones need a leader. */
const DISTANCES_px = [0, 12, 28, 48, 74, 104].map((beyond) => GAP_px + beyond);
/** Turns from the wanted direction that are tried. */
const TURNS_deg = [0, 30, -30, 60, -60, 90, -90, 135, -135, 180];

/** A turn by so much costs 1. */
const TURN_OF_COST = radians(15);
const COST_OF_px = 0.4;
/** Of the weight that a text in a column covers, as a part. */
const LITTLE = 0.3;
/** What it is worth to stay. */
const KEPT = 12;
/** What it costs to drive another text from its former place. */
const RESERVED = 4;
/** A kept text follows its wanted direction by no more than this in one picture. */
const SLIDE = radians(3);
/** Small moves by which a kept text makes room: around the anchor and away from it [px]. */
const NUDGES_px: readonly (readonly [around: number, away: number])[] = [
  [0, -4],
  [0, 4],
  [-5, 0],
  [5, 0],
];
const COST_OF_NUDGE = 3;
/** More than a nudge can gain by coming nearer to the wanted place. */
const MOST_OF_NUDGE = 2;

const costOf = (turn: number, distance: number): number =>
  Math.abs(turn) / TURN_OF_COST + (turn < 0 ? 0.5 : 0) + COST_OF_px * (distance - GAP_px);

type Place = Pick<Spot, "direction" | "turn" | "distance">;

const FRESH = DISTANCES_px.flatMap((distance) =>
  TURNS_deg.map(radians).map((turn) => ({ turn, distance, cost: costOf(turn, distance) })),
).sort((a, b) => a.cost - b.cost);

/**
 * Places texts beside their anchors so that none overlaps another or leaves the picture, and so that they cover little
 * of what is drawn. The same input gives the same picture. A text for which there is no room is left out.
 */
export function placeLabels(
  requests: readonly LabelRequest[],
  bounds: { readonly width: number; readonly height: number },
  { taken = [], cover = () => 0, former = new Map() }: Surroundings = {},
): ReadonlyMap<string, Spot> {
  const placed = new Map<string, Spot>();
  const occupied = [...taken];
  const reserved = new Map<string, Rectangle>();
  const kept = new Map<string, Place>();
  for (const request of requests) {
    const spot = former.get(request.id);
    const place = spot && followed(request, spot);
    if (!place) continue;
    kept.set(request.id, place);
    reserved.set(request.id, besideAnchor(request, place.direction, place.distance));
  }
  for (const request of [...requests].sort((a, b) => a.rank - b.rank)) {
    let best: Spot | undefined;
    let lowest = request.most ?? Number.POSITIVE_INFINITY;
    const wanted = wantedDirection(request);
    const ofCover = request.mayCover ? LITTLE : 1;
    const consider = (direction: number, turn: number, distance: number, cost: number, isFresh: boolean): void => {
      const rectangle = besideAnchor(request, direction, distance);
      if (!isInside(rectangle, bounds)) return;
      const roomy = widened(rectangle);
      if (meets(roomy, occupied)) return;
      let total = cost + ofCover * cover(rectangle);
      if (isFresh) for (const other of reserved.values()) if (overlap(roomy, other)) total += RESERVED;
      if (total >= lowest) return;
      lowest = total;
      best = { ...rectangle, direction, turn, distance };
    };
    reserved.delete(request.id);
    const own = kept.get(request.id);
    if (own) {
      const costAt = (direction: number, distance: number): number =>
        costOf(wrapped(direction - wanted), distance) - KEPT;
      const cost = costAt(own.direction, own.distance);
      consider(own.direction, own.turn, own.distance, cost, false);
      const reach = own.distance + (request.standOff ?? 0) + request.width / 2;
      for (const [around, away] of NUDGES_px) {
        if (lowest <= cost + COST_OF_NUDGE - MOST_OF_NUDGE) break;
        const nudge = around / reach;
        const distance = Math.max(GAP_px, own.distance + away);
        const nudged = costAt(own.direction + nudge, distance) + COST_OF_NUDGE;
        if (nudged < lowest) consider(own.direction + nudge, own.turn + nudge, distance, nudged, false);
      }
    }
    for (const { turn, distance, cost } of FRESH) {
      if (cost >= lowest) break;
      consider(wanted + turn, turn, distance, cost, true);
    }
    if (!best) continue;
    placed.set(request.id, best);
    occupied.push(best);
  }
  return placed;
}

function meets(rectangle: Rectangle, others: readonly Rectangle[]): boolean {
  for (const other of others) if (overlap(rectangle, other)) return true;
  return false;
}

const wantedDirection = ({ away: [dx, dy] }: LabelRequest): number =>
  Math.hypot(dx, dy) < 1e-6 ? 0 : Math.atan2(dy, dx);

/** The former place, turned a little with the wanted direction. Texts of a column stay on the side that is wanted. */
function followed(request: LabelRequest, { direction, turn, distance }: Spot): Place | undefined {
  const wanted = wantedDirection(request);
  if (request.mayCover) return Math.cos(direction - wanted) < 0 ? undefined : { direction, turn, distance };
  const lag = wrapped(wanted + turn - direction);
  return { direction: direction + Math.max(-SLIDE, Math.min(SLIDE, lag)), turn, distance };
}

/** An angle between -pi and pi. */
const wrapped = (angle: number): number => Math.atan2(Math.sin(angle), Math.cos(angle));

/**
 * The text at a distance from its anchor: centred above, below or beside it in the four main directions, with its
 * corner at the anchor in the diagonal ones.
 */
function besideAnchor(
  { x, y, width, height, standOff = 0, shift = 0 }: LabelRequest,
  direction: number,
  distance: number,
): Rectangle {
  const [c, s] = [Math.cos(direction), Math.sin(direction)];
  return {
    left: x + (distance + standOff) * c + (width * (clamped(c) - 1)) / 2,
    top: y + shift + (distance + standOff) * s + (height * (clamped(s) - 1)) / 2,
    width,
    height,
  };
}

const clamped = (part: number): number => Math.max(-1, Math.min(1, part * Math.SQRT2));

function widened({ left, top, width, height }: Rectangle): Rectangle {
  const [x, y] = [Math.min(BETWEEN_px.x, width / 4), Math.min(BETWEEN_px.y, width / 4)];
  return { left: left - x, top: top - y, width: width + 2 * x, height: height + 2 * y };
}

const isInside = (r: Rectangle, bounds: { readonly width: number; readonly height: number }): boolean =>
  r.left >= EDGE_px &&
  r.top >= EDGE_px &&
  r.left + r.width <= bounds.width - EDGE_px &&
  r.top + r.height <= bounds.height - EDGE_px;

export const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
