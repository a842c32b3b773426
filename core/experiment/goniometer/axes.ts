import { type Mat3, mat3, radians, type Vec3, vec3 } from "../../util/index.ts";
import type { GoniometerAxis } from "../instrument/profile.ts";

/** How far an axis is turned from its zero when its motor reads `reading_deg`. */
export const turn_rad = (axis: GoniometerAxis, reading_deg: number): number =>
  radians(reading_deg - (axis.zero_deg ?? 0));

/** Rotation of the whole stack at motor readings: R(axis 1) R(axis 2) ... takes the sample frame to the lab. */
export const stackRotation = (stack: readonly GoniometerAxis[], angles_deg: readonly number[]): Mat3 =>
  stack.reduce<Mat3>(
    (product, axis, i) =>
      mat3.multiply(product, mat3.rotation(axis.axis_lab, turn_rad(axis, angles_deg[i] ?? axis.zero_deg ?? 0))),
    mat3.identity,
  );

export interface EffectiveAxes {
  /** Directions of the free axes with the held ones at their angles and the free ones at zero. */
  readonly axes: readonly Vec3[];
  /** Rotation of all the held axes together: the stack is R(axes[0]) R(axes[1]) ... held. */
  readonly held: Mat3;
}

/**
 * The stack as its free axes alone. A held rotation H between two axes is moved behind all of them:
 * H R(e) = R(H e) H, so each free axis counts in the direction to which the held ones outside it turn it.
 * @param free positions of the free axes; the others stand at `readings_deg`, or where they are held, or at zero
 */
export function effectiveAxes(
  stack: readonly GoniometerAxis[],
  free: readonly number[],
  readings_deg: Readonly<Record<number, number>> = {},
): EffectiveAxes {
  let held: Mat3 = mat3.identity;
  const axes: Vec3[] = [];
  stack.forEach((axis, i) => {
    if (free.includes(i)) {
      axes.push(mat3.multiplyVector(held, axis.axis_lab));
    } else {
      const reading_deg = readings_deg[i] ?? axis.held_deg ?? axis.zero_deg ?? 0;
      held = mat3.multiply(held, mat3.rotation(axis.axis_lab, turn_rad(axis, reading_deg)));
    }
  });
  return { axes, held };
}

/** Angle by which `from`, turned about `axis`, comes nearest to `to`; 0 where one of them lies along the axis. */
export function turnBetween(axis: Vec3, from: Vec3, to: Vec3): number {
  const a = vec3.reject(from, axis);
  const b = vec3.reject(to, axis);
  return Math.atan2(vec3.dot(axis, vec3.cross(a, b)), vec3.dot(a, b));
}

/** Angles at which `vector`, turned about `axis`, has the component `component` along `along` (unit vectors). */
export interface Matches {
  /** Two, one where they coincide, none where no angle does it. */
  readonly angles: readonly number[];
  /** How far `component` lies beyond what can be had; 0 where it can. */
  readonly beyond: number;
}

/** A component that is beyond what can be had by less than this is had: rounding. */
const ROUNDING = 1e-12;

/**
 * along . R(axis, t) vector = A cos t + B sin t + C with A = along.vector - C, B = along.(axis x vector) and
 * C = (along.axis)(axis.vector); its solutions are atan2(B, A) -+ acos((component - C) / hypot(A, B)).
 */
export function anglesToMatch(along: Vec3, axis: Vec3, vector: Vec3, component: number): Matches {
  const C = vec3.dot(along, axis) * vec3.dot(axis, vector);
  const A = vec3.dot(along, vector) - C;
  const B = vec3.dot(along, vec3.cross(axis, vector));
  const reach = Math.hypot(A, B);
  const wanted = component - C;
  const beyond = Math.abs(wanted) - reach;
  if (beyond > ROUNDING) return { angles: [], beyond };
  const middle = Math.atan2(B, A);
  const cosine = reach === 0 ? 1 : Math.min(1, Math.max(-1, wanted / reach));
  const half = Math.acos(cosine);
  return { angles: half === 0 ? [middle] : [middle + half, middle - half], beyond: 0 };
}
