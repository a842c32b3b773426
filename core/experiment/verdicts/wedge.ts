import { mat3, radians, type Vec3 } from "../../util/index.ts";
import { goniometerSolutions } from "../goniometer/index.ts";
import { type Margin, smallestMargin } from "./motors.ts";
import type { Subject } from "./subject.ts";

/** A holder that tilts the sample. */
export interface Wedge {
  readonly about: "x" | "y" | "z";
  /** Right-handed about the sample axis. */
  readonly angle_deg: number;
  /** Of the motors with it. */
  readonly margin: Margin;
}

const AXES: readonly (readonly [Wedge["about"], Vec3])[] = [
  ["x", [1, 0, 0]],
  ["y", [0, 1, 0]],
  ["z", [0, 0, 1]],
];
const LARGEST_deg = 90;

/**
 * The smallest wedge, in whole degrees about one axis of the sample, with which all motors are within their limits by
 * the wanted margin: the sample is turned by W in its holder, so the stack has to make G W^-1.
 */
export function wedgeFor(subject: Subject, margin_deg: number): Wedge | null {
  const { geometry, instrument } = subject;
  for (let angle = 1; angle <= LARGEST_deg; angle++) {
    for (const [about, axis] of AXES) {
      for (const angle_deg of [angle, -angle]) {
        const turned = mat3.multiply(geometry.sampleToLab, mat3.rotation(axis, radians(-angle_deg)));
        const margin = smallestMargin(goniometerSolutions(instrument.stack, turned), instrument);
        if (margin !== null && margin.margin_deg >= margin_deg) return { about, angle_deg, margin };
      }
    }
  }
  return null;
}

/** In words: which side of the sample goes where. */
export function wedgeText({ about, angle_deg }: Wedge): string {
  const sign = angle_deg > 0 ? 1 : -1;
  const towards = { x: sign > 0 ? "−y" : "+y", y: sign > 0 ? "+x" : "−x", z: sign > 0 ? "+y" : "−y" }[about];
  const side = about === "z" ? "exit normal" : "top";
  return `a wedge of ${Math.abs(angle_deg)}° under the sample, about its ${about} axis (${side} towards ${towards})`;
}
