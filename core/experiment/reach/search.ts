import { mat3, radians, type Vec3, vec3 } from "../../util/index.ts";
import { turnBetween } from "../goniometer/index.ts";
import type { Alignment } from "./alignment.ts";
import { align, descend, motion } from "./descent.ts";

/** Boxes of inner turns are halved down to this. */
const SMALLEST_BOX = radians(1e-3);
const MAX_BOXES = 20_000;
/** Turns of less motion than the best known by less than this part of its square are not looked for. */
const WORTHWHILE = 0.02;
const LIMIT_TOLERANCE = radians(1e-9);
const ROUNDING = 1e-12;

/** Middle and half width of the inner turns. */
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
  /** Part of the square of the motion by which turns that are not looked for might take less. */
  readonly worthwhile?: number;
}

/** A range of angles; longer than a full turn means all. */
type Range = readonly [number, number];

/** Whether some turns within all limits align Q. */
export const isAlignable = (task: Alignment): boolean => leastMotion(task, { any: true }) !== null;

/**
 * Turns within all limits that align Q with the least motion, or null if there are none.
 *
 * Branch and bound over the turns of the axes inside the two outermost. A box of them brings q into a cap of known
 * radius; for a cap the ranges of the two outer turns follow in closed form, and a box where one of them misses its
 * limits holds no solution. The middle of a box has the two outer turns in closed form. So no solution is missed, but
 * for sets of solutions thinner than 0.001 degree.
 */
export function leastMotion(
  task: Alignment,
  { any = false, below = Number.POSITIVE_INFINITY, worthwhile = WORTHWHILE }: SearchOptions = {},
): readonly number[] | null {
  const cost = motion(task);
  const inner = task.axes.slice(2).map((_, i) => i + 2);
  let best: readonly number[] | null = null;
  let least = below;
  const improve = (turns: readonly number[]): void => {
    if (cost.of(turns) >= least) return;
    const exact = align(task, turns, true);
    if (exact === undefined) return;
    if (any) {
      best = exact;
      return;
    }
    const lowest = descend(task, cost, exact, true);
    const value = cost.of(lowest);
    if (value < least) [best, least] = [lowest, value];
  };

  const start = boxOf(
    task,
    inner.map((i) => (task.low[i]! + task.high[i]!) / 2),
    inner.map((i) => (task.high[i]! - task.low[i]!) / 2),
  );
  const open: Box[] = start ? [start] : [];
  for (let count = 0; open.length > 0 && count < MAX_BOXES && !(any && best !== null); count++) {
    const box = open.pop()!;
    if (box.bound >= least * (1 - worthwhile) - ROUNDING) continue;
    const middle = outerTurns(task, box.middle);
    if (middle !== undefined) improve(middle);
    const widest = box.half.reduce((at, half, i) => (half > (box.half[at] ?? 0) ? i : at), 0);
    const width = box.half[widest] ?? 0;
    if (width < SMALLEST_BOX) {
      if (best === null) improve(nearest(task, box));
      continue;
    }
    const children = [-0.5, 0.5].flatMap((side) => {
      const shifted = box.middle.map((turn, i) => (i === widest ? turn + side * width : turn));
      const halved = box.half.map((half, i) => (i === widest ? half / 2 : half));
      return boxOf(task, shifted, halved) ?? [];
    });
    open.push(...children.sort((a, b) => b.bound - a.bound));
  }
  return best;
}

const weight = ({ weights }: Alignment, i: number): number => weights?.[i] ?? 1;
const square = (x: number): number => x * x;
/** Least square of a number in a range. */
const leastSquare = ([low, high]: Range): number => (low <= 0 && high >= 0 ? 0 : Math.min(square(low), square(high)));

/** Parts of a range of angles that lie within limits, turns of 360 degrees apart counting as the same. */
function within([low, high]: Range, least: number, most: number): readonly Range[] {
  const TURN = 2 * Math.PI;
  if (high - low >= TURN) return [[least, most]];
  const parts: Range[] = [];
  const first = low - TURN * Math.floor((high - least + LIMIT_TOLERANCE) / TURN);
  for (let start = first; start <= most + LIMIT_TOLERANCE; start += TURN) {
    const part: Range = [Math.max(start, least), Math.min(start + high - low, most)];
    if (part[1] >= part[0] - 2 * LIMIT_TOLERANCE) parts.push([Math.min(...part), Math.max(...part)]);
  }
  return parts;
}

/** The box with a lower bound of the motion in it, or undefined if it holds no solution. */
function boxOf(task: Alignment, middle: readonly number[], half: readonly number[]): Box | undefined {
  let centre = task.q;
  let radius = ROUNDING;
  for (let i = task.axes.length - 1; i >= 2; i--) {
    const axis = task.axes[i]!;
    radius += half[i - 2]! * largestSine(vec3.angleBetween(axis, centre), radius);
    centre = mat3.multiplyVector(mat3.rotation(axis, middle[i - 2]!), centre);
  }
  let outer = Number.POSITIVE_INFINITY;
  for (const first of firstRanges(task, centre, radius)) {
    for (const turn of within(first, task.low[0]!, task.high[0]!)) {
      for (const second of within(secondRange(task, centre, radius, turn), task.low[1]!, task.high[1]!)) {
        outer = Math.min(outer, weight(task, 0) * leastSquare(turn) + weight(task, 1) * leastSquare(second));
      }
    }
  }
  if (outer === Number.POSITIVE_INFINITY) return undefined;
  const bound = middle.reduce(
    (sum, turn, i) => sum + weight(task, i + 2) * leastSquare([turn - half[i]!, turn + half[i]!]),
    outer,
  );
  return { middle, half, bound };
}

/** Largest sine of an angle that differs from `angle` by up to `by`. */
const largestSine = (angle: number, by: number): number =>
  Math.abs(angle - Math.PI / 2) <= by ? 1 : Math.max(Math.sin(angle - by), Math.sin(angle + by), 0);

/** R(axes[0], -t) p has the component C + D cos(t + phase) along axes[1]. */
function component({ axes, p }: Alignment): { C: number; D: number; phase: number } {
  const [e1, e2] = axes as readonly [Vec3, Vec3];
  const C = vec3.dot(e2, e1) * vec3.dot(e1, p);
  const A = vec3.dot(e2, p) - C;
  const B = vec3.dot(e2, vec3.cross(e1, p));
  return { C, D: Math.hypot(A, B), phase: Math.atan2(B, A) };
}

/** Turns of the outermost axis for which the second one can meet the cap: they must be as far from its axis. */
function firstRanges(task: Alignment, centre: Vec3, radius: number): readonly Range[] {
  const { C, D, phase } = component(task);
  const angle = vec3.angleBetween(task.axes[1]!, centre);
  const most = Math.cos(Math.max(0, angle - radius)) - C;
  const least = Math.cos(Math.min(Math.PI, angle + radius)) - C;
  if (least > D + ROUNDING || most < -D - ROUNDING) return [];
  if (D < ROUNDING) return [[-Math.PI, Math.PI]];
  const near = Math.acos(Math.min(1, most / D));
  const far = Math.acos(Math.max(-1, least / D));
  return [
    [near - phase, far - phase],
    [-far - phase, -near - phase],
  ];
}

/** Turns of the second axis that bring some point of the cap to where a range of first turns needs it. */
function secondRange({ axes, p }: Alignment, centre: Vec3, radius: number, [low, high]: Range): Range {
  const [e1, e2] = axes as readonly [Vec3, Vec3];
  const needed = mat3.multiplyVector(mat3.rotation(e1, -(low + high) / 2), p);
  const around = ((high - low) / 2) * Math.sin(vec3.angleBetween(e1, p)) + ROUNDING;
  const turn = turnBetween(e2, centre, needed);
  const spread = azimuthSpread(e2, centre, radius) + azimuthSpread(e2, needed, around);
  return [turn - spread, turn + spread];
}

/** Half the range of azimuths about an axis that a cap covers. */
function azimuthSpread(axis: Vec3, centre: Vec3, radius: number): number {
  const angle = vec3.angleBetween(axis, centre);
  const toPole = Math.min(angle, Math.PI - angle);
  return radius >= toPole ? Math.PI : Math.asin(Math.min(1, Math.sin(radius) / Math.sin(angle)));
}

/** All turns, with the inner ones given, where the outer two can do the rest within their limits. */
function outerTurns(task: Alignment, inner: readonly number[]): readonly number[] | undefined {
  const candidates = completed(task, inner).filter(([first, second]) => first !== undefined && second !== undefined);
  const costs = candidates.map(([first, second]) => square(first!) + square(second!));
  return candidates[costs.indexOf(Math.min(...costs))] as readonly number[] | undefined;
}

function completed(task: Alignment, inner: readonly number[]): readonly (readonly (number | undefined)[])[] {
  const { C, D, phase } = component(task);
  const [e1, e2] = task.axes as readonly [Vec3, Vec3];
  const w = carriedInside(task, inner);
  const wanted = (vec3.dot(e2, w) - C) / (D || 1);
  if (Math.abs(wanted) > 1 + ROUNDING) return [];
  const half = Math.acos(Math.min(1, Math.max(-1, wanted)));
  const pick = (turn: number, i: number): number | undefined =>
    within([turn, turn], task.low[i]!, task.high[i]!)
      .map(([at]) => at)
      .sort((a, b) => Math.abs(a) - Math.abs(b))[0];
  return [half - phase, -half - phase].map((turn) => {
    const first = pick(turn, 0);
    const second =
      first === undefined
        ? undefined
        : pick(turnBetween(e2, w, mat3.multiplyVector(mat3.rotation(e1, -first), task.p)), 1);
    return [first, second, ...inner];
  });
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
  const centre = carriedInside(task, box.middle);
  for (const range of firstRanges(task, centre, SMALLEST_BOX)) {
    const [first] = within(range, task.low[0]!, task.high[0]!);
    if (first === undefined) continue;
    const [second] = within(secondRange(task, centre, SMALLEST_BOX, first), task.low[1]!, task.high[1]!);
    if (second !== undefined) return [(first[0] + first[1]) / 2, (second[0] + second[1]) / 2, ...box.middle];
  }
  return [0, 0, ...box.middle];
}
