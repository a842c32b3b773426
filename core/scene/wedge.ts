import { excess_deg, type GoniometerAxis, stackRotation } from "../experiment/index.ts";
import { degrees, format, type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";

/** Turn of an axis from its zero at a reading of its motor. */
export const turnOf = ({ zero_deg = 0 }: GoniometerAxis, reading_deg: number): number => reading_deg - zero_deg;

/**
 * The wedge between goniometer and crystal with which every axis that is beyond its limits stands at zero:
 * W = S^T G, S the stack with those axes at zero and G the orientation that is wanted.
 */
export function wedgeOf(
  stack: readonly GoniometerAxis[],
  angles_deg: readonly number[],
): { readonly angle_deg: number; readonly axis_holder: Vec3; readonly axes: readonly string[] } | null {
  const exceeded = stack.map((axis, i) => excess_deg(axis, angles_deg[i] ?? 0) > 0);
  if (!exceeded.includes(true)) return null;
  const within = stackRotation(
    stack,
    stack.map(({ zero_deg = 0 }, i) => (exceeded[i] ? zero_deg : (angles_deg[i] ?? zero_deg))),
  );
  const W = mat3.multiply(mat3.transpose(within), stackRotation(stack, angles_deg));
  const twice: Vec3 = [W[2][1] - W[1][2], W[0][2] - W[2][0], W[1][0] - W[0][1]];
  const angle_deg = degrees(Math.atan2(vec3.norm(twice), W[0][0] + W[1][1] + W[2][2] - 1));
  const axes = stack.flatMap(({ name }, i) => (exceeded[i] ? [name] : []));
  return { angle_deg, axis_holder: halfTurnAxis(W, twice), axes };
}

/** At 180 degrees the antisymmetric part of a rotation vanishes: its axis is the longest column of W + 1. */
function halfTurnAxis(W: Mat3, twice: Vec3): Vec3 {
  if (vec3.norm(twice) > 1e-6) return vec3.normalize(twice);
  const columns = mat3.transpose(W).map((column, i) => vec3.add(column, mat3.identity[i]!));
  return vec3.normalize(columns.reduce((best, column) => (vec3.norm(column) > vec3.norm(best) ? column : best)));
}

/** A direction in words: the axis that it is, or its components. */
export function directionWords(direction: Vec3, names = "XYZ"): string {
  const main = direction.findIndex((x) => Math.abs(x) > 1 - 1e-6);
  if (main >= 0) return `${direction[main]! < 0 ? "−" : "+"}${names[main]}`;
  return `(${direction.map((x) => format.fixed(x, 3)).join(", ")})`;
}

const degreesText = (angle_deg: number): string => format.fixed(angle_deg, 4).replace(/\.?0+$/, "");

/** Limits of a motor, without zeros behind the last digit. */
export const limitsText = ([low, high]: readonly [number, number]): string =>
  low === -high ? `±${degreesText(high)}°` : `${degreesText(low)}° to ${degreesText(high)}°`;
