import { type Mat3, mat3, vec3 } from "../../util/index.ts";
import type { Alignment } from "./alignment.ts";
import { motion } from "./descent.ts";
import { type Linearised, linearised, type Pair, solveLinear, wantedAt } from "./linear.ts";
import type { Range } from "./outerAxes.ts";

/** Turns that miss the conditions of a minimum by less than this, in rad, meet them. */
const STATIONARY = 1e-6;
const SUFFICIENT = 0.9;

/**
 * Whether turns that align Q with locally least motion have the least of all that do, within the limits, told without a
 * search. With the multipliers m of the alignment and d the way to other such turns, the motion grows by at least
 * 2 m.Jd + sum w d^2. Alignment there makes |Jd| at most (sum |d|)^2 / 2, for no second derivative of a turned unit vector
 * exceeds 1, and (sum |d|)^2 <= sum 1/w sum w d^2: it does not fall where |m| sum 1/w < 1.
 */
export function isLeastOfAll(task: Alignment, turns: readonly number[]): boolean {
  const there = linearised(task, turns);
  const solved = solveLinear(there.rates, wantedAt(turns, there), motion(task));
  if (solved === undefined || solved.turns.some((turn, i) => Math.abs(turn - turns[i]!) > STATIONARY)) return false;
  const compliance = task.axes.reduce((sum, _, i) => sum + 1 / (task.weights?.[i] ?? 1), 0);
  return Math.hypot(...solved.multipliers) * compliance < SUFFICIENT;
}

/** In boxes with a larger sum of half widths, in rad, the bound says nothing. */
const WIDE = 1.2;

/**
 * A lower bound of the motion of all turns in a box that align Q, by the multipliers m of the alignment made linear at the
 * middle: sum w t^2 - 2 m.(R(t) q - p), with R(t) q expanded to second order (its mixed terms by Gershgorin's theorem) and
 * the third, |m| (sum of half widths)^3 / 3 at most, taken off.
 */
export function leastMotionIn(task: Alignment, box: readonly Range[]): number {
  const reach = box.reduce((sum, [low, high]) => sum + (high - low) / 2, 0);
  if (reach > WIDE) return 0;
  const middle = box.map(([low, high]) => (low + high) / 2);
  const there = linearised(task, middle);
  const solved = solveLinear(there.rates, wantedAt(middle, there), motion(task));
  if (solved === undefined) return 0;
  const [m, n] = solved.multipliers;
  const curvatures = curvaturesAt(task, middle, there, solved.multipliers);
  let bound = 2 * (m * there.miss[0] + n * there.miss[1]) - (Math.hypot(m, n) * reach ** 3) / 3;
  box.forEach(([low, high], i) => {
    const [weight, centre] = [task.weights?.[i] ?? 1, middle[i]!];
    const pull = m * there.rates[i]![0] + n * there.rates[i]![1];
    const convexity = weight - curvatures[i]!;
    const term = (turn: number): number =>
      weight * turn * turn - 2 * pull * (turn - centre) - curvatures[i]! * (turn - centre) ** 2;
    const lowest = (pull - curvatures[i]! * centre) / convexity;
    bound += convexity > 0 ? term(Math.min(Math.max(lowest, low), high)) : Math.min(term(low), term(high));
  });
  return bound;
}

/** For each turn the sum of |m . second derivatives of R(t) q| that it takes part in. */
function curvaturesAt(
  task: Alignment,
  turns: readonly number[],
  { along, across, moved }: Linearised,
  [m, n]: Pair,
): readonly number[] {
  const sums = turns.map(() => 0);
  let outer: Mat3 = mat3.identity;
  const multiplier = vec3.add(vec3.scale(across, m), vec3.scale(along, n));
  for (let i = 0; i < turns.length; i++) {
    const axis = mat3.multiplyVector(outer, task.axes[i]!);
    const crossed = vec3.cross(multiplier, axis);
    for (let j = i; j < turns.length; j++) {
      const second = Math.abs(vec3.dot(crossed, moved[j]!));
      sums[i]! += second;
      if (j > i) sums[j]! += second;
    }
    outer = mat3.multiply(outer, mat3.rotation(task.axes[i]!, turns[i]!));
  }
  return sums;
}
