import type { Alignment } from "./alignment.ts";
import { linearised, type Response, solveLinear, wantedAt } from "./linear.ts";

/** A convex cost, one term a turn. */
export interface Cost extends Response {
  of(turns: readonly number[]): number;
}

const clamped = (turn: number, low: number, high: number): number => Math.min(Math.max(turn, low), high);
const isBetween = (turn: number, low: number, high: number): boolean => turn > low && turn < high;

/** Weighted sum of squares of all turns, within hard limits. */
export const motion = ({ low, high, weights }: Alignment): Cost => {
  const weight = (i: number): number => weights?.[i] ?? 1;
  return {
    turn: (i, pull) => clamped(pull / weight(i), low[i]!, high[i]!),
    rate: (i, pull) => (isBetween(pull / weight(i), low[i]!, high[i]!) ? 1 / weight(i) : 0),
    of: (turns) => turns.reduce((sum, turn, i) => sum + weight(i) * turn * turn, 0),
  };
};

/** Weight of motion beside the excess over the limits. */
const MOTION = 1e-4;

/** Sum of squares of what exceeds the limits, and a little of the motion so that the rest is fixed too. */
export const excess = ({ low, high }: Alignment): Cost => ({
  turn: (i, pull) => {
    const free = pull / MOTION;
    const limit = clamped(free, low[i]!, high[i]!);
    return limit === free ? free : (pull + limit) / (1 + MOTION);
  },
  rate: (i, pull) => {
    const free = pull / MOTION;
    return clamped(free, low[i]!, high[i]!) === free ? 1 / MOTION : 1 / (1 + MOTION);
  },
  of: (turns) =>
    turns.reduce((sum, turn, i) => {
      const beyond = Math.max(low[i]! - turn, turn - high[i]!, 0);
      return sum + beyond * beyond + MOTION * turn * turn;
    }, 0),
});

const ALIGNED = 1e-13;
const MAX_STEPS = 60;

/** Turns near `from` that align Q exactly, within hard limits or without; undefined where the way there is barred. */
export function align(task: Alignment, from: readonly number[], limited: boolean): readonly number[] | undefined {
  let turns = from;
  for (let step = 0; step < 20; step++) {
    const { rates, miss, isNear } = linearised(task, turns);
    if (isNear && Math.hypot(...miss) < ALIGNED) return turns;
    const here = turns;
    const low = (i: number): number => (limited ? task.low[i]! - here[i]! : Number.NEGATIVE_INFINITY);
    const high = (i: number): number => (limited ? task.high[i]! - here[i]! : Number.POSITIVE_INFINITY);
    const next = solveLinear(rates, miss, {
      turn: (i, pull) => clamped(pull, low(i), high(i)),
      rate: (i, pull) => (isBetween(pull, low(i), high(i)) ? 1 : 0),
    });
    if (next === undefined) return undefined;
    turns = here.map((turn, i) => turn + next.turns[i]!);
  }
  return undefined;
}

/**
 * Turns of locally least cost that align Q, from ones that do: each step minimises the cost over the tangent plane of
 * the aligned turns (exactly, by its two multipliers), goes back to them, and is shortened until the cost falls.
 */
export function descend(
  task: Alignment,
  cost: Cost,
  from: readonly number[],
  limited: boolean,
  steps = MAX_STEPS,
): readonly number[] {
  let turns = from;
  let best = cost.of(turns);
  for (let step = 0; step < steps; step++) {
    const there = linearised(task, turns);
    const target = solveLinear(there.rates, wantedAt(turns, there), cost)?.turns;
    if (target === undefined) return turns;
    const before = best;
    for (let length = 1; length > 1e-4; length /= 2) {
      const here = turns;
      const trial = align(
        task,
        here.map((turn, i) => turn + length * (target[i]! - turn)),
        limited,
      );
      const value = trial === undefined ? Number.POSITIVE_INFINITY : cost.of(trial);
      if (trial !== undefined && value < best) {
        turns = trial;
        best = value;
        break;
      }
    }
    if (before - best <= 1e-14 * before) return turns;
  }
  return turns;
}
