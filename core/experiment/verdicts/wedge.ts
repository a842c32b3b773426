import { degrees, format, mat3, radians, type Vec3 } from "../../util/index.ts";
import { goniometerSolutions } from "../goniometer/index.ts";
import { type Margin, smallestMargin } from "./motors.ts";
import type { Subject } from "./subject.ts";

/** A holder that tilts the sample. */
export interface Wedge {
  readonly about: "x" | "y" | "z" | "across";
  /** Right-handed about `axis_sample`. */
  readonly angle_deg: number;
  readonly axis_sample: Vec3;
  /** Of the motors with it. */
  readonly margin: Margin;
}

const AXES: readonly (readonly [Wedge["about"], Vec3])[] = [
  ["x", [1, 0, 0]],
  ["y", [0, 1, 0]],
  ["z", [0, 0, 1]],
];
const LARGEST_deg = 90;

/** The level axis about which Q tilts straight up, which may be none of the sample's own. */
function acrossAxis([x, y]: Vec3): readonly (readonly [Wedge["about"], Vec3])[] {
  const level = Math.hypot(x, y);
  return Math.min(Math.abs(x), Math.abs(y)) < 1e-3 * level || level === 0
    ? []
    : [["across", [-y / level, x / level, 0]]];
}

/**
 * The smallest wedge, in whole degrees about an axis of the sample or the level one orthogonal to Q, with which all motors are within their limits by
 * the wanted margin: the sample is turned by W in its holder, so the stack has to make G W^-1.
 */
export function wedgeFor(subject: Subject, margin_deg: number): Wedge | null {
  const { geometry, instrument } = subject;
  const axes = [...AXES, ...acrossAxis(geometry.Q_sample_invA)];
  for (let angle = 1; angle <= LARGEST_deg; angle++) {
    for (const [about, axis] of axes) {
      for (const angle_deg of [angle, -angle]) {
        const turned = mat3.multiply(geometry.sampleToLab, mat3.rotation(axis, radians(-angle_deg)));
        const margin = smallestMargin(goniometerSolutions(instrument.stack, turned), instrument);
        if (margin !== null && margin.margin_deg >= margin_deg) return { about, angle_deg, axis_sample: axis, margin };
      }
    }
  }
  return null;
}

/** In words: which side of the sample goes where. */
export function wedgeText({ about, angle_deg, axis_sample: [x, y] }: Wedge): string {
  const sign = angle_deg > 0 ? 1 : -1;
  const size = `a wedge of ${Math.abs(angle_deg)}° under the sample`;
  if (about === "across") {
    // Right-handed about the axis the top goes along axis x z.
    const azimuth_deg = degrees(Math.atan2(-sign * x, sign * y));
    const side = azimuth_deg < 0 ? "−y" : "+y";
    return `${size} (its top leans ${format.fixed(Math.abs(azimuth_deg), 0)}° from +x towards ${side})`;
  }
  const towards = { x: sign > 0 ? "−y" : "+y", y: sign > 0 ? "+x" : "−x", z: sign > 0 ? "+y" : "−y" }[about];
  return `${size}, about its ${about} axis (${about === "z" ? "exit normal" : "top"} towards ${towards})`;
}
