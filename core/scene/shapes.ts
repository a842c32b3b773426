import { format, type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";
import type { Item, LabelShape, Role } from "./scene.ts";

/** Corners of a box, the index counting x fastest: 0 is (-,-,-), 1 is (+,-,-), 7 is (+,+,+). */
export function boxCorners(centre: Vec3, size: Vec3, rotation: Mat3): readonly Vec3[] {
  return [0, 1, 2, 3, 4, 5, 6, 7].map((i) => {
    const corner: Vec3 = [
      ((i & 1 ? 1 : -1) * size[0]) / 2,
      ((i & 2 ? 1 : -1) * size[1]) / 2,
      ((i & 4 ? 1 : -1) * size[2]) / 2,
    ];
    return vec3.add(centre, mat3.multiplyVector(rotation, corner));
  });
}

/** A chain of points as pairs of ends. */
export const chain = (points: readonly Vec3[]): readonly Vec3[] =>
  points.slice(1).flatMap((point, i): readonly Vec3[] => [points[i]!, point]);

export const midpoint = (a: Vec3, b: Vec3): Vec3 => vec3.scale(vec3.add(a, b), 0.5);

/** A number of an input as it would be typed: no zeros behind its last digit. */
const trimmed = (text: string): string => text.replace(/(\.\d*?)0+(?=\s|$)/, "$1").replace(/\.(?=\s|$)/, "");
export const lengthText = (value_um: number): string => trimmed(format.length(value_um, 5));
export const energyText = (energy_keV: number): string => `${trimmed(format.significant(energy_keV, 6))} keV`;

export function label(
  id: string,
  role: Role,
  text: string,
  at: Vec3,
  away: Vec3,
  weight: LabelShape["weight"],
  title = text,
  more: Pick<LabelShape, "short" | "detail" | "facing" | "standOff" | "isRemark"> = {},
): Item {
  return { id, role, title, shape: { kind: "label", at, text, away, weight, ...more } };
}
