import { degrees, type Mat3, mat3, type Vec3, vec3 } from "../../util/index.ts";
import {
  anglesToMatch,
  effectiveAxes,
  freeAxes,
  solveGoniometer,
  stackRotation,
  turnBetween,
} from "../goniometer/index.ts";
import type { GoniometerAxis } from "../instrument/profile.ts";

/** A range of turns about Q, from the solution that it belongs to. */
export interface AzimuthRange {
  readonly from_deg: number;
  readonly to_deg: number;
}

/** Ends of ranges closer than this are one. */
const SAME_rad = 1e-11;

/**
 * The turns of the crystal about Q, counted from an aligned solution, for which three free axes reach the orientation
 * within their limits; further axes stay where the solution has them. Exact: a range ends where an axis stands at a
 * limit, and with one axis at a limit the two others follow in closed form, or where axes that are not at right angles
 * reach no farther; between two neighbouring ends one test tells.
 */
export function azimuthRanges(
  stack: readonly GoniometerAxis[],
  readings_deg: readonly number[],
  Q_sample: Vec3,
): readonly AzimuthRange[] {
  const fixed = stack.map((axis, i) =>
    axis.held_deg === undefined ? axis : { ...axis, held_deg: readings_deg[i] ?? axis.held_deg },
  );
  const G = stackRotation(stack, readings_deg);
  const q = vec3.normalize(Q_sample);
  const p = mat3.multiplyVector(G, q);
  const across: Vec3 = vec3.normalize(vec3.cross(p, Math.abs(p[1]) < 0.6 ? [0, 1, 0] : [0, 0, 1]));
  const start = mat3.multiplyVector(mat3.transpose(G), across);
  const ends = limitOrientations(fixed, q, p)
    .map((orientation) => turnBetween(p, across, mat3.multiplyVector(orientation, start)))
    .concat(branchPoints(fixed, p, G))
    .map((azimuth) => Math.atan2(Math.sin(azimuth), Math.cos(azimuth)))
    .concat(-Math.PI, Math.PI)
    .sort((a, b) => a - b);
  const isReached = (azimuth: number): boolean =>
    solveGoniometer(fixed, mat3.multiply(mat3.rotation(p, azimuth), G)).solutions.some(
      ({ withinLimits }) => withinLimits,
    );
  const ranges: [number, number][] = [];
  for (let i = 1; i < ends.length; i++) {
    const [from, to] = [ends[i - 1]!, ends[i]!];
    if (to - from < SAME_rad || !isReached((from + to) / 2)) continue;
    const last = ranges.at(-1);
    if (last !== undefined && from - last[1] < SAME_rad) last[1] = to;
    else ranges.push([from, to]);
  }
  return joined(ranges).map(([from, to]) => ({ from_deg: degrees(from), to_deg: degrees(to) }));
}

/** Ranges that meet at half a turn are one. */
function joined(ranges: readonly [number, number][]): readonly [number, number][] {
  const [first, ...others] = ranges;
  const last = others.at(-1);
  if (first === undefined || last === undefined || first[0] > -Math.PI || last[1] < Math.PI) return ranges;
  return [...others.slice(0, -1), [last[0], first[1] + 2 * Math.PI]];
}

/** Orientations that align Q with one free axis at a limit. */
function limitOrientations(stack: readonly GoniometerAxis[], q: Vec3, p: Vec3) {
  const free = freeAxes(stack);
  return free.flatMap((i) =>
    (stack[i]?.limits_deg ?? []).flatMap((limit_deg) => {
      const [j, k] = free.filter((other) => other !== i) as [number, number];
      const { axes, held } = effectiveAxes(stack, [j, k], { [i]: limit_deg });
      const [outer, inner] = axes as unknown as readonly [Vec3, Vec3];
      const from = mat3.multiplyVector(held, q);
      return anglesToMatch(outer, inner, from, vec3.dot(outer, p)).angles.map((turn) => {
        const R = mat3.rotation(inner, turn);
        const rest = turnBetween(outer, mat3.multiplyVector(R, from), p);
        return mat3.multiply(mat3.multiply(mat3.rotation(outer, rest), R), held);
      });
    }),
  );
}

/** Turns about p at which both branches of motor angles meet: e1.R(p, t) G e3 is as large or small as e2 can make it. */
function branchPoints(stack: readonly GoniometerAxis[], p: Vec3, G: Mat3): readonly number[] {
  const { axes, held } = effectiveAxes(stack, freeAxes(stack));
  const [e1, e2, e3] = axes as unknown as readonly [Vec3, Vec3, Vec3];
  const middle = vec3.dot(e1, e2) * vec3.dot(e2, e3);
  const reach = Math.hypot(vec3.dot(e1, e3) - middle, vec3.dot(e1, vec3.cross(e2, e3)));
  const inner = mat3.multiplyVector(G, mat3.multiplyVector(mat3.transpose(held), e3));
  return [middle - reach, middle + reach].flatMap((component) => anglesToMatch(e1, p, inner, component).angles);
}

/** Length of all ranges together. */
export const totalAzimuth_deg = (ranges: readonly AzimuthRange[]): number =>
  ranges.reduce((sum, { from_deg, to_deg }) => sum + to_deg - from_deg, 0);
