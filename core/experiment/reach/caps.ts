import { mat3, radians, type Vec3, vec3 } from "../../util/index.ts";
import { turnBetween } from "../goniometer/index.ts";
import type { Alignment } from "./alignment.ts";

/** Directions within `radius` of `centre`, both in rad. */
export interface Cap {
  readonly centre: Vec3;
  readonly radius: number;
}

/** A range of angles; longer than a full turn means all. */
export type Range = readonly [number, number];

const LIMIT_TOLERANCE = radians(1e-9);
export const ROUNDING = 1e-12;

/** Parts of a range of angles that lie within limits, turns of 360 degrees apart counting as the same. */
export function within([low, high]: Range, least: number, most: number): readonly Range[] {
  const TURN = 2 * Math.PI;
  if (high - low >= TURN) return [[least, most]];
  const parts: Range[] = [];
  const first = low - TURN * Math.floor((high - least + LIMIT_TOLERANCE) / TURN);
  for (let start = first; start <= most + LIMIT_TOLERANCE; start += TURN) {
    const part: Range = [Math.max(start, least), Math.min(start + high - low, most)];
    if (part[1] >= part[0] - 2 * LIMIT_TOLERANCE) parts.push([Math.min(...part), Math.max(...part)]);
  }
  return parts;
}

/** Where the axes inside the two outermost can bring q with each turned by up to `half` from `middle`. */
export function innerCap({ axes, q }: Alignment, middle: readonly number[], half: readonly number[]): Cap {
  let centre = q;
  let radius = ROUNDING;
  for (let i = axes.length - 1; i >= 2; i--) {
    const axis = axes[i]!;
    radius += half[i - 2]! * largestSine(vec3.angleBetween(axis, centre), radius);
    centre = mat3.multiplyVector(mat3.rotation(axis, middle[i - 2]!), centre);
  }
  return { centre, radius };
}

/** Largest sine of an angle that differs from `angle` by up to `by`. */
const largestSine = (angle: number, by: number): number =>
  Math.abs(angle - Math.PI / 2) <= by ? 1 : Math.max(Math.sin(angle - by), Math.sin(angle + by), 0);

/** R(axes[0], -t) p has the component C + D cos(t + phase) along axes[1]. */
export function component({ axes, p }: Alignment): { C: number; D: number; phase: number } {
  const [e1, e2] = axes as readonly [Vec3, Vec3];
  const C = vec3.dot(e2, e1) * vec3.dot(e1, p);
  const A = vec3.dot(e2, p) - C;
  const B = vec3.dot(e2, vec3.cross(e1, p));
  return { C, D: Math.hypot(A, B), phase: Math.atan2(B, A) };
}

/** Turns of the two outermost axes, within their limits, among which all are that bring some direction of a cap to p. */
export const outerRanges = (task: Alignment, cap: Cap): readonly (readonly [Range, Range])[] =>
  firstRanges(task, cap).flatMap((range) =>
    within(range, task.low[0]!, task.high[0]!).flatMap((first) =>
      within(secondRange(task, cap, first), task.low[1]!, task.high[1]!).map((second): readonly [Range, Range] => [
        first,
        second,
      ]),
    ),
  );

/** Turns of the outermost axis for which the second one can meet the cap: they must be as far from its axis. */
function firstRanges(task: Alignment, { centre, radius }: Cap): readonly Range[] {
  const { C, D, phase } = component(task);
  const angle = vec3.angleBetween(task.axes[1]!, centre);
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
}

/** Turns of the second axis that bring some direction of the cap to where a range of first turns needs it. */
function secondRange({ axes, p }: Alignment, { centre, radius }: Cap, [low, high]: Range): Range {
  const [e1, e2] = axes as readonly [Vec3, Vec3];
  const needed = mat3.multiplyVector(mat3.rotation(e1, -(low + high) / 2), p);
  const around = ((high - low) / 2) * Math.sin(vec3.angleBetween(e1, p)) + ROUNDING;
  const turn = turnBetween(e2, centre, needed);
  const spread = azimuthSpread(e2, centre, radius) + azimuthSpread(e2, needed, around);
  return [turn - spread, turn + spread];
}

/** Half the range of azimuths about an axis that a cap covers. */
function azimuthSpread(axis: Vec3, centre: Vec3, radius: number): number {
  const angle = vec3.angleBetween(axis, centre);
  const toPole = Math.min(angle, Math.PI - angle);
  return radius >= toPole ? Math.PI : Math.asin(Math.min(1, Math.sin(radius) / Math.sin(angle)));
}
