import { radians } from "../../util/index.ts";
import type { Alignment } from "./alignment.ts";
import { isLeastOfAll, leastMotionIn } from "./bounds.ts";
import { align, descend, motion } from "./descent.ts";
import { type Cap, innerCap, type OuterAxes, outerAxes, type Range, ROUNDING } from "./outerAxes.ts";

/** Boxes of inner turns are halved down to this. */
const SMALLEST_BOX = radians(1e-3);
/** After so many boxes the search is given up. */
export const MAX_BOXES = 20_000;
/** After so many, some milliseconds, a search by steps may be left. */
const STEP_BOXES = 256;
/** The least motion is proven to this part of its square: 0.05 % of the motion itself. */
const TOLERANCE = 1e-3;

/** A box of inner turns. */
interface Box {
  readonly middle: readonly number[];
  readonly half: readonly number[];
  /** Where it brings q. */
  readonly cap: Cap;
  /** The least motion, squared, that turns with these inner ones may take. */
  readonly bound: number;
}

export interface SearchOptions {
  /** Any turns will do, the first that are found. */
  readonly any?: boolean;
  /** Only turns of less weighted square sum than this are wanted. */
  readonly below?: number;
  readonly maxBoxes?: number;
}

export interface Search {
  /** Null where none were found. */
  readonly turns: readonly number[] | null;
  /** Whether that is proven; false where the search was given up. */
  readonly isProven: boolean;
}

/** What a search by steps comes to, at once. */
export function atOnce<T>(search: Iterator<void, T>): T {
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
  }
}

/** `searchMotion`, at once. */
export const leastMotion = (task: Alignment, options: SearchOptions = {}): Search =>
  atOnce(searchMotion(task, options));

/**
 * Turns within all limits that align Q with the least motion, or none if there are none.
 *
 * Where the turns that are found downhill from the zeros prove themselves to be the least there is no search. Else branch
 * and bound over the turns of the axes inside the two outermost: a box of them brings q into a cap of known radius, for
 * which the ranges of the two outer turns follow in closed form; a box where one of them misses its limits holds no
 * solution. The middle of a box has the two outer turns in closed form. So no solution is missed, but for sets of
 * solutions thinner than 0.001 degree.
 */
export function* searchMotion(
  task: Alignment,
  { any = false, below = Number.POSITIVE_INFINITY, maxBoxes = MAX_BOXES }: SearchOptions,
): Generator<void, Search> {
  const outer = outerAxes(task);
  const start = wholeBox(task, outer);
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
    if (count === maxBoxes) return { turns: best, isProven: false };
    if (count % STEP_BOXES === STEP_BOXES - 1) yield;
    const box = open.pop()!;
    if (box.bound >= least * (1 - TOLERANCE) - ROUNDING) continue;
    const there = outer.turns(box.cap.centre);
    if (there !== undefined) {
      const middle = [...there, ...box.middle];
      if (cost.of(middle) < least) improve(middle);
    }
    const widest = box.half.reduce((at, half, i) => (half > (box.half[at] ?? 0) ? i : at), 0);
    const width = box.half[widest] ?? 0;
    if (width < SMALLEST_BOX) {
      if (best === null) improve(nearest(box, outer));
      continue;
    }
    const children = [-0.5, 0.5].flatMap((side) => {
      const shifted = box.middle.map((turn, i) => (i === widest ? turn + side * width : turn));
      const halved = box.half.map((half, i) => (i === widest ? half / 2 : half));
      return boxOf(task, outer, shifted, halved, least) ?? [];
    });
    open.push(...children.sort((a, b) => b.bound - a.bound));
  }
  return { turns: best, isProven: true };
}

function wholeBox(task: Alignment, outer: OuterAxes): Box | undefined {
  const inner = task.axes.slice(2).map((_, i) => i + 2);
  return boxOf(
    task,
    outer,
    inner.map((i) => (task.low[i]! + task.high[i]!) / 2),
    inner.map((i) => (task.high[i]! - task.low[i]!) / 2),
  );
}

/** The box, or undefined if it holds no solution, or none of less motion than `least`. */
function boxOf(
  task: Alignment,
  outer: OuterAxes,
  middle: readonly number[],
  half: readonly number[],
  least = Number.POSITIVE_INFINITY,
): Box | undefined {
  const cap = innerCap(task, middle, half);
  const inner = middle.map((turn, i): Range => [turn - half[i]!, turn + half[i]!]);
  let bound = Number.POSITIVE_INFINITY;
  for (const two of outer.ranges(cap)) {
    const ranges = [...two, ...inner];
    let there = ranges.reduce((sum, range, i) => sum + (task.weights?.[i] ?? 1) * leastSquare(range), 0);
    if (there < least && least < Number.POSITIVE_INFINITY) there = Math.max(there, leastMotionIn(task, ranges));
    bound = Math.min(bound, there);
  }
  return bound < least ? { middle, half, cap, bound } : undefined;
}

/** Least square of a number in a range. */
const leastSquare = ([low, high]: Range): number => (low <= 0 && high >= 0 ? 0 : Math.min(low * low, high * high));

/** A point to start from in a box that is too small to halve: its middle with outer turns moved into their limits. */
function nearest({ middle, cap }: Box, outer: OuterAxes): readonly number[] {
  const [first] = outer.ranges({ centre: cap.centre, radius: SMALLEST_BOX });
  return [...(first?.map(([low, high]) => (low + high) / 2) ?? [0, 0]), ...middle];
}
