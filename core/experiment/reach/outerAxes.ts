import { radians, type Vec3, vec3 } from "../../util/index.ts";
import { turnBetween } from "../goniometer/index.ts";
import type { Alignment } from "./alignment.ts";

/** Directions within `radius` of `centre`, both in rad. */
export interface Cap {
  readonly centre: Vec3;
  readonly radius: number;
}

/** A range of angles; longer than a full turn means all. */
export type Range = readonly [number, number];

/** What the two outermost axes of a stack can do with what the ones inside bring them. */
export interface OuterAxes {
  /** Turns within the limits among which all are that bring some direction of a cap to p. */
  ranges(cap: Cap): readonly (readonly [Range, Range])[];
  /** The least turns within the limits that bring a direction to p; undefined where none do. */
  turns(direction: Vec3): readonly [number, number] | undefined;
}

const LIMIT_TOLERANCE = radians(1e-9);
export const ROUNDING = 1e-12;

export function outerAxes({ axes, low, high, p }: Alignment): OuterAxes {
  const [e1, e2] = axes as readonly [Vec3, Vec3];
  const [low1, low2] = low as readonly [number, number];
  const [high1, high2] = high as readonly [number, number];
  // R(e1, -t) p has the component C + D cos(t + phase) along e2.
  const C = vec3.dot(e2, e1) * vec3.dot(e1, p);
  const A = vec3.dot(e2, p) - C;
  const B = vec3.dot(e2, vec3.cross(e1, p));
  const D = Math.hypot(A, B);
  const phase = Math.atan2(B, A);
  const sine = vec3.norm(vec3.cross(e1, p));

  /** Turns of the first axis for which the second one can meet the cap: they must be as far from its axis. */
  const firstRanges = ({ radius }: Cap, angle: number): readonly Range[] => {
    const most = Math.cos(Math.max(0, angle - radius)) - C;
    const least = Math.cos(Math.min(Math.PI, angle + radius)) - C;
    if (least > D + ROUNDING || most < -D - ROUNDING) return [];
    if (D < ROUNDING) return [[-Math.PI, Math.PI]];
    const near = Math.acos(Math.min(1, most / D));
    const far = Math.acos(Math.max(-1, least / D));
    return [
      [near - phase, far - phase],
      [-far - phase, -near - phase],
    ];
  };
  /** Turns of the second axis that bring some direction of the cap to where a range of first turns needs it. */
  const secondRange = ({ centre, radius }: Cap, angle: number, [from, to]: Range): Range => {
    const needed = vec3.turn(p, e1, -(from + to) / 2);
    const around = ((to - from) / 2) * sine + ROUNDING;
    const turn = turnBetween(e2, centre, needed);
    const spread = azimuthSpread(angle, radius) + azimuthSpread(vec3.angleBetween(e2, needed), around);
    return [turn - spread, turn + spread];
  };
  const turnsFrom = (direction: Vec3, turn: number): readonly (readonly [number, number])[] => {
    const first = least(within([turn, turn], low1, high1));
    if (first === undefined) return [];
    const rest = turnBetween(e2, direction, vec3.turn(p, e1, -first));
    const second = least(within([rest, rest], low2, high2));
    return second === undefined ? [] : [[first, second]];
  };

  return {
    ranges: (cap) => {
      const angle = vec3.angleBetween(e2, cap.centre);
      return firstRanges(cap, angle).flatMap((range) =>
        within(range, low1, high1).flatMap((first) =>
          within(secondRange(cap, angle, first), low2, high2).map((second): readonly [Range, Range] => [first, second]),
        ),
      );
    },
    turns: (direction) => {
      const wanted = (vec3.dot(e2, direction) - C) / (D || 1);
      if (Math.abs(wanted) > 1 + ROUNDING) return undefined;
      const half = Math.acos(Math.min(1, Math.max(-1, wanted)));
      const [one, other] = [half - phase, -half - phase].flatMap((turn) => turnsFrom(direction, turn));
      return one && other && Math.hypot(...other) < Math.hypot(...one) ? other : one;
    },
  };
}

/** Of ranges without extent the one of least turn. */
const least = (ranges: readonly Range[]): number | undefined =>
  ranges.length === 0
    ? undefined
    : ranges.reduce((best, [at]) => (Math.abs(at) < Math.abs(best) ? at : best), Number.POSITIVE_INFINITY);

/** Parts of a range of angles that lie within limits, turns of 360 degrees apart counting as the same. */
function within([low, high]: Range, least: number, most: number): readonly Range[] {
  const TURN = 2 * Math.PI;
  if (high - low >= TURN) return [[least, most]];
  const parts: Range[] = [];
  const first = low - TURN * Math.floor((high - least + LIMIT_TOLERANCE) / TURN);
  for (let start = first; start <= most + LIMIT_TOLERANCE; start += TURN) {
    const from = Math.max(start, least);
    const to = Math.min(start + high - low, most);
    if (to >= from - 2 * LIMIT_TOLERANCE) parts.push([Math.min(from, to), Math.max(from, to)]);
  }
  return parts;
}

/** Half the range of azimuths about an axis that a cap at an angle from it covers. */
function azimuthSpread(angle: number, radius: number): number {
  const toPole = Math.min(angle, Math.PI - angle);
  return radius >= toPole ? Math.PI : Math.asin(Math.min(1, Math.sin(radius) / Math.sin(angle)));
}

/** Where the axes inside the two outermost can bring q with each turned by up to `half` from `middle`. */
export function innerCap({ axes, q }: Alignment, middle: readonly number[], half: readonly number[]): Cap {
  let centre = q;
  let radius = ROUNDING;
  for (let i = axes.length - 1; i >= 2; i--) {
    const axis = axes[i]!;
    radius += half[i - 2]! * largestSine(vec3.angleBetween(axis, centre), radius);
    centre = vec3.turn(centre, axis, middle[i - 2]!);
  }
  return { centre, radius };
}

/** Largest sine of an angle that differs from `angle` by up to `by`. */
const largestSine = (angle: number, by: number): number =>
  Math.abs(angle - Math.PI / 2) <= by ? 1 : Math.max(Math.sin(angle - by), Math.sin(angle + by), 0);
