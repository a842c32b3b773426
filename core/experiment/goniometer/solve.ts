import { degrees, format, type Mat3, mat3, type Vec3, vec3 } from "../../util/index.ts";
import type { GoniometerSolution } from "../geometry.types.ts";
import type { GoniometerAxis } from "../instrument/profile.ts";
import { anglesToMatch, effectiveAxes, turnBetween } from "./axes.ts";
import { excess_deg, limitViolation, margin_deg, readingOf } from "./limits.ts";

/** Below this sine of the angle between them the outer and the turned inner axis are parallel. */
const GIMBAL_LOCK = 1e-9;
const ORTHOGONAL = 1e-12;

/** Positions of the axes that are not held. */
export const freeAxes = (stack: readonly GoniometerAxis[]): readonly number[] =>
  stack.flatMap(({ held_deg }, i) => (held_deg === undefined ? [i] : []));

export interface Goniometer {
  /**
   * Both branches, one at gimbal lock, none where the orientation is out of reach. The one within its limits comes
   * first; where that is true of both or neither, the one of less motion from the zeros.
   */
  readonly solutions: readonly GoniometerSolution[];
  /** Why there is no solution, as a sentence. */
  readonly obstacle: string | null;
}

/**
 * Motor readings that bring the sample frame to `sampleToLab`, in closed form, whatever the directions of the three
 * free axes and wherever in the stack further ones are held (general Euler angles: Davenport, AIAA J. 11 (1973) 853;
 * Piovan and Bullo, Int. J. Robotics Research 31 (2012) 1225).
 */
export function solveGoniometer(stack: readonly GoniometerAxis[], sampleToLab: Mat3): Goniometer {
  const free = freeAxes(stack);
  const [a, b, c, ...more] = free;
  if (a === undefined || b === undefined || c === undefined || more.length > 0) {
    const obstacle = `motor angles follow only where three axes are free, and here ${free.length} are.`;
    return { solutions: [], obstacle };
  }
  const { axes, held } = effectiveAxes(stack, free);
  const [outer, middle, inner] = axes as unknown as readonly [Vec3, Vec3, Vec3];
  const G = mat3.multiply(sampleToLab, mat3.transpose(held));
  const { branches, locked, beyond } = solveThree(outer, middle, inner, G);
  if (branches.length === 0) {
    const obstacle =
      `${stack[a]?.name}, ${stack[b]?.name} and ${stack[c]?.name} are not at right angles to one another and cannot bring the sample ` +
      `into this orientation; the nearest one is ${format.fixed(degrees(beyond), 2)}° away. Mount the crystal otherwise.`;
    return { solutions: [], obstacle };
  }
  const solutions = branches.map((turns) => {
    const readings = stack.map((axis, i) => {
      const turn = turns[free.indexOf(i)];
      return turn === undefined ? (axis.held_deg ?? 0) : readingOf(axis, degrees(turn));
    });
    return solutionAt(stack, readings, locked ? lockSentence(stack, [a, b, c], readings) : undefined);
  });
  return { solutions: solutions.toSorted(byUse(stack)), obstacle: null };
}

const byUse =
  (stack: readonly GoniometerAxis[]) =>
  (a: GoniometerSolution, b: GoniometerSolution): number =>
    Number(b.withinLimits) - Number(a.withinLimits) || motion_deg(stack, a) - motion_deg(stack, b);

/** Norm of the turns of all axes from their zeros. */
const motion_deg = (stack: readonly GoniometerAxis[], { angles }: GoniometerSolution): number =>
  Math.hypot(...angles.map(({ angle_deg }, i) => angle_deg - (stack[i]?.zero_deg ?? 0)));

export const goniometerSolutions = (
  stack: readonly GoniometerAxis[],
  sampleToLab: Mat3,
): readonly GoniometerSolution[] => solveGoniometer(stack, sampleToLab).solutions;

/** What motor readings mean: margins, violated limits. */
export function solutionAt(
  stack: readonly GoniometerAxis[],
  readings_deg: readonly number[],
  gimbalLock?: string,
): GoniometerSolution {
  const at = (i: number): number => readings_deg[i] ?? 0;
  return {
    angles: stack.map((axis, i) => ({ axis: axis.name, angle_deg: at(i), margin_deg: margin_deg(axis, at(i)) })),
    withinLimits: stack.every((axis, i) => excess_deg(axis, at(i)) === 0),
    violations: stack.flatMap((axis, i) => limitViolation(axis, at(i))),
    ...(gimbalLock !== undefined && { gimbalLock }),
  };
}

function lockSentence(
  stack: readonly GoniometerAxis[],
  [a, b, c]: readonly [number, number, number],
  readings: readonly number[],
): string {
  const [outer, middle, inner] = [stack[a]?.name, stack[b]?.name, stack[c]?.name];
  const zero = format.fixed(stack[a]?.zero_deg ?? 0, 0);
  return `${middle} is at ${format.fixed(readings[b] ?? 0, 0)}°: ${outer} and ${inner} turn about the same axis, so that only both together are fixed; ${outer} was set to ${zero}°.`;
}

interface Branches {
  readonly branches: readonly Vec3[];
  readonly locked: boolean;
  /** Angle by which the orientation is out of reach. */
  readonly beyond: number;
}

/** Angles t with R(e1, t1) R(e2, t2) R(e3, t3) = G. */
function solveThree(e1: Vec3, e2: Vec3, e3: Vec3, G: Mat3): Branches {
  const inner_lab = mat3.multiplyVector(G, e3);
  const matches = middleAngles(e1, e2, e3, G);
  if (matches.angles.length === 0) return { branches: [], locked: false, beyond: matches.beyond };
  const locked = vec3.norm(vec3.cross(inner_lab, e1)) < GIMBAL_LOCK;
  const middles = locked ? [meeting(matches.angles)] : matches.angles;
  const all = middles.map((t2): Vec3 => {
    const t1 = locked ? 0 : turnBetween(e1, mat3.multiplyVector(mat3.rotation(e2, t2), e3), inner_lab);
    const rest = mat3.multiply(mat3.transpose(mat3.multiply(mat3.rotation(e1, t1), mat3.rotation(e2, t2))), G);
    const across = vec3.normalize(anyAcross(e3));
    return refine([e1, e2, e3], [t1, t2, turnBetween(e3, across, mat3.multiplyVector(rest, across))], G);
  });
  return { branches: all, locked, beyond: 0 };
}

/** Where the two middle angles of the branches meet; they are near it by the root of the rounding. */
function meeting([one = 0, other = one]: readonly number[]): number {
  const half = (one - other) / 2;
  return (one + other) / 2 + (Math.abs(Math.sin(half)) < 1e-6 && Math.cos(half) < 0 ? Math.PI : 0);
}

/**
 * t2 from e1.R(e2, t2) e3 = e1.G e3. With axes at right angles this is a sine, and its cosine follows from the
 * components of G e1 across e3, which stays exact near gimbal lock.
 */
function middleAngles(e1: Vec3, e2: Vec3, e3: Vec3, G: Mat3): { angles: readonly number[]; beyond: number } {
  const component = vec3.dot(e1, mat3.multiplyVector(G, e3));
  const isOrthogonal =
    Math.abs(vec3.dot(e1, e2)) < ORTHOGONAL &&
    Math.abs(vec3.dot(e2, e3)) < ORTHOGONAL &&
    Math.abs(vec3.dot(e1, e3)) < ORTHOGONAL;
  if (isOrthogonal) {
    const handedness = Math.sign(vec3.dot(e1, vec3.cross(e2, e3)));
    const cosine = Math.hypot(vec3.dot(e1, mat3.multiplyVector(G, e1)), vec3.dot(e1, mat3.multiplyVector(G, e2)));
    const t2 = Math.atan2(handedness * component, cosine);
    return { angles: [t2, Math.PI - t2], beyond: 0 };
  }
  const { angles } = anglesToMatch(e1, e2, e3, component);
  if (angles.length > 0) return { angles, beyond: 0 };
  // The angle that e1 encloses with the turned e3 lies between |a - b| and a + b.
  const a = vec3.angleBetween(e1, e2);
  const b = vec3.angleBetween(e2, e3);
  const wanted = Math.acos(Math.min(1, Math.max(-1, component)));
  const [low, high] = [Math.abs(a - b), Math.min(a + b, 2 * Math.PI - a - b)];
  return { angles: [], beyond: Math.max(low - wanted, wanted - high) };
}

const anyAcross = (axis: Vec3): Vec3 => vec3.cross(axis, Math.abs(axis[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]);

/** Removes what rounding left of R(t) G^-1 by Newton's method, where the axes still span space. */
function refine(axes: readonly [Vec3, Vec3, Vec3], angles: Vec3, G: Mat3): Vec3 {
  const [R1, R2, R3] = axes.map((axis, i) => mat3.rotation(axis, angles[i]!)) as unknown as [Mat3, Mat3, Mat3];
  const R12 = mat3.multiply(R1, R2);
  const spatial = mat3.transpose([axes[0], mat3.multiplyVector(R1, axes[1]), mat3.multiplyVector(R12, axes[2])]);
  if (Math.abs(mat3.determinant(spatial)) < 1e-6) return angles;
  const error = mat3.multiply(G, mat3.transpose(mat3.multiply(R12, R3)));
  const rotation: Vec3 = [
    (error[2][1] - error[1][2]) / 2,
    (error[0][2] - error[2][0]) / 2,
    (error[1][0] - error[0][1]) / 2,
  ];
  return vec3.add(angles, mat3.multiplyVector(mat3.inverse(spatial), rotation));
}
