import { degrees, type Vec3, vec3 } from "../../../util/index.ts";
import type { Place } from "./atoms.ts";

/** A length or angle between atoms, with what the digits of their coordinates leave open. */
export interface Measure {
  /** [Angstrom] or [degree]. */
  readonly value: number;
  /** Standard deviation by the rounding of the coordinates, in the same unit. */
  readonly rounding: number;
}

const between = (a: Place, b: Place): Vec3 => vec3.subtract(b.position_A, a.position_A);

/** Joint standard deviation of independent parts; Math.hypot takes ten times as long. */
const root = (a: number, b: number, c = 0): number => Math.sqrt(a * a + b * b + c * c);

/** Distance of two atoms [Angstrom]. */
export const distance = ([a, b]: readonly [Place, Place]): Measure => ({
  value: vec3.norm(between(a, b)),
  rounding: root(a.rounding_A, b.rounding_A),
});

/** Angle at the second of three atoms, 0 to 180 degrees; undefined where two of them coincide. */
export function angle([a, b, c]: readonly [Place, Place, Place]): Measure | undefined {
  const [first, second] = [between(b, a), between(b, c)];
  const [p, q] = [vec3.norm(first), vec3.norm(second)];
  if (p === 0 || q === 0) return undefined;
  const apex = 1 / p + 1 / q;
  return {
    value: degrees(vec3.angleBetween(first, second)),
    rounding: degrees(root(a.rounding_A / p, c.rounding_A / q, b.rounding_A * apex)),
  };
}

/**
 * Torsion angle of four atoms, -180 to 180 degrees, positive where the bond in front turns clockwise onto the one behind
 * (Klyne and Prelog, Experientia 16 (1960) 521). Undefined where three neighbours are on one line, near enough for rounding.
 */
export function torsion([a, b, c, d]: readonly [Place, Place, Place, Place]): Measure | undefined {
  const [ab, bc, cd] = [between(a, b), between(b, c), between(c, d)];
  const [left, right] = [vec3.cross(ab, bc), vec3.cross(bc, cd)];
  const axis = vec3.norm(bc);
  // Distances of the outer atoms from the line of the inner ones.
  const [arm, otherArm] = [vec3.norm(left) / axis, vec3.norm(right) / axis];
  if (!(arm > 0.1 && otherArm > 0.1)) return undefined;
  const value = Math.atan2(vec3.dot(vec3.cross(left, right), bc) / axis, vec3.dot(left, right));
  const inner = root(b.rounding_A, c.rounding_A) * (1 / arm + 1 / otherArm);
  return { value: degrees(value), rounding: degrees(root(a.rounding_A / arm, d.rounding_A / otherArm, inner)) };
}
