import { mat3, radians, type Vec3, vec3 } from "../../util/index.ts";
import { turnBetween } from "../goniometer/index.ts";
import type { Alignment } from "./alignment.ts";
import { isLeastOfAll, leastMotionIn } from "./bounds.ts";
import { component, innerCap, outerRanges, type Range, ROUNDING, within } from "./caps.ts";
import { align, descend, motion } from "./descent.ts";

/** Boxes of inner turns are halved down to this. */
const SMALLEST_BOX = radians(1e-3);
const MAX_BOXES = 20_000;
/** The least motion is proven to this part of its square: 0.005 % of the motion itself. */
const TOLERANCE = 1e-4;

/** Middle and half width of the inner turns, and the least motion that they may take. */
interface Box {
  readonly middle: readonly number[];
  readonly half: readonly number[];
  readonly bound: number;
}

export interface SearchOptions {
  /** Any turns will do, the first that are found. */
  readonly any?: boolean;
  /** Only turns of less weighted square sum than this are wanted. */
  readonly below?: number;
}

export interface Search {
  /** Null where none were found. */
  readonly turns: readonly number[] | null;
  /** Whether that is proven; false where the search was given up. */
  readonly isProven: boolean;
}

/**
 * Turns within all limits that align Q with the least motion, or none if there are none.
 *
 * Where the turns that are found downhill from the zeros prove themselves to be the least there is no search. Else branch
 * and bound over the turns of the axes inside the two outermost: a box of them brings q into a cap of known radius, for
 * which the ranges of the two outer turns follow in closed form; a box where one of them misses its limits holds no
 * solution. The middle of a box has the two outer turns in closed form. So no solution is missed, but for sets of
 * solutions thinner than 0.001 degree.
 */
export function leastMotion(
  task: Alignment,
  { any = false, below = Number.POSITIVE_INFINITY }: SearchOptions = {},
): Search {
  const start = wholeBox(task);
  if (start === undefined) return { turns: null, isProven: true };
  const cost = motion(task);
  let best: readonly number[] | null = null;
  let least = below;
  const improve = (from: readonly number[]): readonly number[] | undefined => {
    const exact = align(task, from, true);
    if (exact === undefined) return undefined;
    const turns = any ? exact : descend(task, cost, exact, true);
    const value = cost.of(turns);
    if (value < least) [best, least] = [turns, value];
    return turns;
  };

  const nearby = improve(task.low.map((low, i) => Math.min(Math.max(0, low), task.high[i]!)));
  if (nearby !== undefined && (any || isLeastOfAll(task, nearby))) return { turns: best, isProven: true };
  const open = [start];
  for (let count = 0; open.length > 0 && !(any && best !== null); count++) {
    if (count === MAX_BOXES) return { turns: best, isProven: false };
    const box = open.pop()!;
    if (box.bound >= least * (1 - TOLERANCE) - ROUNDING) continue;
    const middle = outerTurns(task, box.middle);
    if (middle !== undefined && cost.of(middle) < least) improve(middle);
    const widest = box.half.reduce((at, half, i) => (half > (box.half[at] ?? 0) ? i : at), 0);
    const width = box.half[widest] ?? 0;
    if (width < SMALLEST_BOX) {
      if (best === null) improve(nearest(task, box));
      continue;
    }
    const children = [-0.5, 0.5].flatMap((side) => {
      const shifted = box.middle.map((turn, i) => (i === widest ? turn + side * width : turn));
      const halved = box.half.map((half, i) => (i === widest ? half / 2 : half));
      return boxOf(task, shifted, halved, least) ?? [];
    });
    open.push(...children.sort((a, b) => b.bound - a.bound));
  }
  return { turns: best, isProven: true };
}

const wholeBox = (task: Alignment): Box | undefined => {
  const inner = task.axes.slice(2).map((_, i) => i + 2);
  return boxOf(
    task,
    inner.map((i) => (task.low[i]! + task.high[i]!) / 2),
    inner.map((i) => (task.high[i]! - task.low[i]!) / 2),
  );
};

/** The box with a lower bound of the motion in it, or undefined if it holds no solution, or none of less than `least`. */
function boxOf(
  task: Alignment,
  middle: readonly number[],
  half: readonly number[],
  least = Number.POSITIVE_INFINITY,
): Box | undefined {
  const inner = middle.map((turn, i): Range => [turn - half[i]!, turn + half[i]!]);
  let bound = Number.POSITIVE_INFINITY;
  for (const outer of outerRanges(task, innerCap(task, middle, half))) {
    const ranges = [...outer, ...inner];
    let motionThere = ranges.reduce((sum, range, i) => sum + (task.weights?.[i] ?? 1) * leastSquare(range), 0);
    if (motionThere < least && least < Number.POSITIVE_INFINITY) {
      motionThere = Math.max(motionThere, leastMotionIn(task, ranges));
    }
    bound = Math.min(bound, motionThere);
  }
  return bound < least ? { middle, half, bound } : undefined;
}

/** Least square of a number in a range. */
const leastSquare = ([low, high]: Range): number => (low <= 0 && high >= 0 ? 0 : Math.min(low * low, high * high));

/** All turns of least outer ones, with the inner ones given, where the outer two can do the rest within their limits. */
function outerTurns(task: Alignment, inner: readonly number[]): readonly number[] | undefined {
  const { C, D, phase } = component(task);
  const [e1, e2] = task.axes as readonly [Vec3, Vec3];
  const w = carriedInside(task, inner);
  const wanted = (vec3.dot(e2, w) - C) / (D || 1);
  if (Math.abs(wanted) > 1 + ROUNDING) return undefined;
  const half = Math.acos(Math.min(1, Math.max(-1, wanted)));
  const pick = (turn: number, i: number): number | undefined =>
    within([turn, turn], task.low[i]!, task.high[i]!)
      .map(([at]) => at)
      .sort((a, b) => Math.abs(a) - Math.abs(b))[0];
  const candidates = [half - phase, -half - phase].flatMap((turn): (readonly [number, number])[] => {
    const first = pick(turn, 0);
    if (first === undefined) return [];
    const second = pick(turnBetween(e2, w, mat3.multiplyVector(mat3.rotation(e1, -first), task.p)), 1);
    return second === undefined ? [] : [[first, second]];
  });
  const [outer] = candidates.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
  return outer && [...outer, ...inner];
}

function carriedInside({ axes, q }: Alignment, inner: readonly number[]): Vec3 {
  let at = q;
  for (let i = axes.length - 1; i >= 2; i--) {
    at = mat3.multiplyVector(mat3.rotation(axes[i]!, inner[i - 2]!), at);
  }
  return at;
}

/** A point to start from in a box that is too small to halve: its middle with outer turns moved into their limits. */
function nearest(task: Alignment, box: Box): readonly number[] {
  const [outer] = outerRanges(task, { centre: carriedInside(task, box.middle), radius: SMALLEST_BOX });
  return [...(outer?.map(([low, high]) => (low + high) / 2) ?? [0, 0]), ...box.middle];
}
