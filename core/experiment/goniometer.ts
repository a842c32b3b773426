import { degrees, format, type Mat3, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import type { GoniometerSolution } from "./geometry.types.ts";
import type { GoniometerAxis } from "./instrument/index.ts";

/** Below this |cos| of the middle angle the outer and inner axes are parallel. */
const GIMBAL_LOCK = 1e-9;
/** A motor that stands at its limit within this is within it. */
const LIMIT_TOLERANCE_deg = 1e-9;

/** Rotation of the whole stack: R(axis 1, angle 1) R(axis 2, angle 2) ... */
export const stackRotation = (stack: readonly GoniometerAxis[], angles_deg: readonly number[]): Mat3 =>
  stack.reduce<Mat3>(
    (product, axis, i) => mat3.multiply(product, mat3.rotation(axis.axis_lab, radians(angles_deg[i] ?? 0))),
    mat3.identity,
  );

/** Angle in (-180, 180]. */
function wrap_deg(angle: number): number {
  const wrapped = angle - 360 * Math.round(angle / 360);
  return wrapped === -180 ? 180 : wrapped;
}

/**
 * Angles of three mutually orthogonal axes e1, e2, e3 with R(e1, t1) R(e2, t2) R(e3, t3) = G, both branches.
 * With s = det(e1, e2, e3): e1.G e3 = s sin t2, e2.G e3 = -s cos t2 sin t1, e3.G e3 = cos t2 cos t1,
 * e1.G e2 = -s cos t2 sin t3, e1.G e1 = cos t2 cos t3. At cos t2 = 0 only t1 and t3 together are fixed; t1 is set to 0.
 */
function solveOrthogonal(e1: Vec3, e2: Vec3, e3: Vec3, G: Mat3): { branches: Vec3[]; locked: boolean } {
  const s = Math.sign(vec3.dot(e1, vec3.cross(e2, e3)));
  const element = (row: Vec3, column: Vec3): number => vec3.dot(row, mat3.multiplyVector(G, column));
  const cosT2 = Math.hypot(element(e1, e1), element(e1, e2));
  const t2 = Math.atan2(s * element(e1, e3), cosT2);
  if (cosT2 < GIMBAL_LOCK) {
    return { branches: [[0, t2, Math.atan2(s * element(e2, e1), element(e2, e2))]], locked: true };
  }
  const t1 = Math.atan2(-s * element(e2, e3), element(e3, e3));
  const t3 = Math.atan2(-s * element(e1, e2), element(e1, e1));
  return {
    branches: [
      [t1, t2, t3],
      [t1 + Math.PI, Math.PI - t2, t3 + Math.PI],
    ],
    locked: false,
  };
}

/**
 * Motor angles that bring the sample frame to `sampleToLab`, in closed form, both branches.
 * The stack has three mutually orthogonal axes, and further ones next to the sample that are held at an angle.
 * @returns one solution at gimbal lock, else two
 */
export function goniometerSolutions(
  stack: readonly GoniometerAxis[],
  sampleToLab: Mat3,
): readonly GoniometerSolution[] {
  const free = stack.filter((axis) => axis.held_deg === undefined);
  const held = stack.slice(free.length);
  const heldAngles = held.map((axis) => axis.held_deg ?? 0);
  const [outer, middle, inner] = free as [GoniometerAxis, GoniometerAxis, GoniometerAxis];
  const G = mat3.multiply(sampleToLab, mat3.transpose(stackRotation(held, heldAngles)));
  const { branches, locked } = solveOrthogonal(outer.axis_lab, middle.axis_lab, inner.axis_lab, G);
  return branches.map((branch) => {
    const angles = [...branch.map((angle) => wrap_deg(degrees(angle))), ...heldAngles];
    const violations = stack.flatMap((axis, i) => limitViolation(axis, angles[i] ?? 0));
    return {
      angles: stack.map((axis, i) => ({ axis: axis.name, angle_deg: angles[i] ?? 0 })),
      withinLimits: violations.length === 0,
      violations,
      ...(locked && {
        gimbalLock: `${middle.name} is at ${format.fixed(angles[1] ?? 0, 0)}°: ${outer.name} and ${inner.name} turn about the same axis, only both together are fixed; ${outer.name} was set to 0.`,
      }),
    };
  });
}

function limitViolation(axis: GoniometerAxis, angle_deg: number): readonly string[] {
  if (axis.limits_deg === null) return [];
  const [low, high] = axis.limits_deg;
  const beyond = angle_deg > high ? angle_deg - high : angle_deg < low ? low - angle_deg : 0;
  if (beyond <= LIMIT_TOLERANCE_deg) return [];
  const [side, limit] = angle_deg > high ? ["above", high] : ["below", low];
  return [
    `${axis.name} ${format.angle(angle_deg)} is ${format.fixed(beyond, 4)}° ${side} its limit of ${format.fixed(limit, 0)}°.`,
  ];
}
