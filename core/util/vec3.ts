/** Vectors of three numbers as readonly tuples. */
export type Vec3 = readonly [number, number, number];

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vec3, factor: number): Vec3 => [a[0] * factor, a[1] * factor, a[2] * factor];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
/** Without the care of `Math.hypot` for overflow, which takes ten times as long. */
export const norm = (a: Vec3): number => Math.sqrt(dot(a, a));
/** Unit vector along `a`; a zero vector gives NaN, so callers test `norm` first. */
export const normalize = (a: Vec3): Vec3 => scale(a, 1 / norm(a));
/** Part of `a` orthogonal to the unit vector `axis`. */
export const reject = (a: Vec3, axis: Vec3): Vec3 => subtract(a, scale(axis, dot(a, axis)));
/** Right-handed turn of `a` by `angle_rad` about the unit vector `axis` (Rodrigues' formula). */
export function turn(a: Vec3, axis: Vec3, angle_rad: number): Vec3 {
  const c = Math.cos(angle_rad);
  const s = Math.sin(angle_rad);
  const t = (1 - c) * dot(axis, a);
  return [
    c * a[0] + s * (axis[1] * a[2] - axis[2] * a[1]) + t * axis[0],
    c * a[1] + s * (axis[2] * a[0] - axis[0] * a[2]) + t * axis[1],
    c * a[2] + s * (axis[0] * a[1] - axis[1] * a[0]) + t * axis[2],
  ];
}
/** Angle between two vectors in radians, accurate near 0 and pi. */
export const angleBetween = (a: Vec3, b: Vec3): number => Math.atan2(norm(cross(a, b)), dot(a, b));
