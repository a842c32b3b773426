import { type Mat3, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import type { Shape } from "./scene.ts";

/** Thickness of the fixed and of the moving part of a stage, scene units. */
export const GUIDE = 0.11;
export const MOVING = 0.1;
export const ARC_STEP_deg = 4;
const GUIDE_MARGIN_deg = 15;
const MOVING_SPAN_deg = 9;

export interface Stage {
  readonly guide: Shape;
  readonly moving: Shape;
  readonly zeroMark: Shape;
  readonly angleMark: Shape;
}

/** Arc about a horizontal axis; the moving part slides along it. */
export function cradle(axis: Vec3, angle_deg: number, frame: Mat3, turned: Mat3, inner: number, outer: number): Stage {
  const middle = inner + MOVING;
  const width = 0.16 + 0.1 * inner;
  const from = Math.min(0, angle_deg) - GUIDE_MARGIN_deg;
  const to = Math.max(0, angle_deg) + GUIDE_MARGIN_deg;
  const mark = (basis: Mat3, low: number, high: number): Shape => {
    const front = frontSide(basis, axis);
    return {
      kind: "segments",
      points: [low, high].map((r) => onArc(axis, basis, 0, r, (front * (width + 0.012)) / 2)),
    };
  };
  return {
    guide: band(axis, frame, from, to, middle, outer, width),
    moving: band(axis, turned, -MOVING_SPAN_deg, MOVING_SPAN_deg, inner, middle, width * 0.86),
    zeroMark: mark(frame, middle, outer),
    angleMark: mark(turned, inner, middle),
  };
}

/** Turntable about a vertical axis. */
export function turntable(
  _axis: Vec3,
  _angle_deg: number,
  frame: Mat3,
  turned: Mat3,
  inner: number,
  outer: number,
): Stage {
  const at = (basis: Mat3, x: number, y: number, z: number): Vec3 => mat3.multiplyVector(basis, [x, y, z]);
  const middle = inner + MOVING;
  const [fixedRadius, movingRadius] = [0.3 * outer, 0.25 * outer];
  return {
    guide: { kind: "cylinder", from: at(frame, 0, 0, -outer), to: at(frame, 0, 0, -middle), radius: fixedRadius },
    moving: { kind: "cylinder", from: at(turned, 0, 0, -middle), to: at(turned, 0, 0, -inner), radius: movingRadius },
    zeroMark: {
      kind: "segments",
      points: [at(frame, 0, -fixedRadius * 1.01, -middle), at(frame, 0, -fixedRadius * 1.01, -outer)],
    },
    angleMark: {
      kind: "segments",
      points: [at(turned, 0, -movingRadius * 1.01, -inner), at(turned, 0, -movingRadius * 1.01, -middle)],
    },
  };
}

/** The side of a cradle that is seen in the first view: 1 along its axis, -1 against it. */
export function frontSide(basis: Mat3, axis: Vec3): 1 | -1 {
  const side = mat3.multiplyVector(basis, axis);
  return vec3.dot(side, [0, 1, 0]) > 0 || vec3.dot(side, [1, 0, 0]) > 0 ? -1 : 1;
}

/** Point of a rim about a vertical axis at the height `z`; 0 degrees is at -Y, where the marks are. */
export const onRim = (axis: Vec3, angle_deg: number, radius: number, z: number): Vec3 =>
  vec3.add(mat3.multiplyVector(mat3.rotation(axis, radians(angle_deg)), [0, -radius, 0]), [0, 0, z]);

/** Point of an arc about `axis` through the lowest point, `along` is the distance along the axis. */
export function onArc(axis: Vec3, basis: Mat3, angle_deg: number, radius: number, along: number): Vec3 {
  const down = mat3.multiplyVector(mat3.rotation(axis, radians(angle_deg)), [0, 0, -radius]);
  return mat3.multiplyVector(basis, vec3.add(down, vec3.scale(axis, along)));
}

/** Part of a hollow cylinder about `axis` between two angles from straight down. */
function band(
  axis: Vec3,
  basis: Mat3,
  from_deg: number,
  to_deg: number,
  inner: number,
  outer: number,
  width: number,
): Shape {
  const steps = Math.max(2, Math.ceil((to_deg - from_deg) / ARC_STEP_deg));
  const vertices: Vec3[] = [];
  const faces: number[][] = [];
  for (let i = 0; i <= steps; i++) {
    const angle = from_deg + ((to_deg - from_deg) * i) / steps;
    for (const [radius, along] of [
      [inner, -width / 2],
      [inner, width / 2],
      [outer, width / 2],
      [outer, -width / 2],
    ] as const) {
      vertices.push(onArc(axis, basis, angle, radius, along));
    }
    if (i === 0) continue;
    const [a, b] = [4 * (i - 1), 4 * i];
    for (let side = 0; side < 4; side++) {
      const next = (side + 1) % 4;
      faces.push([a + side, a + next, b + next, b + side]);
    }
  }
  faces.push(
    [3, 2, 1, 0],
    [0, 1, 2, 3].map((k) => 4 * steps + k),
  );
  return { kind: "mesh", vertices, faces };
}
