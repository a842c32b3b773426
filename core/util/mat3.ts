import { cross, dot, normalize, scale, type Vec3 } from "./vec3.ts";

/** 3 x 3 matrix as a tuple of its rows; it acts on column vectors. */
export type Mat3 = readonly [Vec3, Vec3, Vec3];

export const identity: Mat3 = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

export const multiplyVector = (m: Mat3, v: Vec3): Vec3 => [dot(m[0], v), dot(m[1], v), dot(m[2], v)];

export const transpose = (m: Mat3): Mat3 => [
  [m[0][0], m[1][0], m[2][0]],
  [m[0][1], m[1][1], m[2][1]],
  [m[0][2], m[1][2], m[2][2]],
];

export function multiply(a: Mat3, b: Mat3): Mat3 {
  const columns = transpose(b);
  const row = (r: Vec3): Vec3 => [dot(r, columns[0]), dot(r, columns[1]), dot(r, columns[2])];
  return [row(a[0]), row(a[1]), row(a[2])];
}

export const determinant = (m: Mat3): number => dot(m[0], cross(m[1], m[2]));

/** Inverse by the adjugate; a singular matrix gives infinities, so callers test `determinant` first. */
export function inverse(m: Mat3): Mat3 {
  const factor = 1 / determinant(m);
  return transpose([
    scale(cross(m[1], m[2]), factor),
    scale(cross(m[2], m[0]), factor),
    scale(cross(m[0], m[1]), factor),
  ]);
}

/** Right-handed rotation by `angle_rad` about `axis` (Rodrigues' formula). */
export function rotation(axis: Vec3, angle_rad: number): Mat3 {
  const [x, y, z] = normalize(axis);
  const c = Math.cos(angle_rad);
  const s = Math.sin(angle_rad);
  const t = 1 - c;
  return [
    [t * x * x + c, t * x * y - s * z, t * x * z + s * y],
    [t * x * y + s * z, t * y * y + c, t * y * z - s * x],
    [t * x * z - s * y, t * y * z + s * x, t * z * z + c],
  ];
}
