import type { Alignment } from "./alignment.ts";
import { linearised, type Respond, solveLinear, wantedAt } from "./linear.ts";

/** A convex cost, one term a turn, given by what it makes of a pull. */
export interface Cost {
  readonly respond: Respond;
  of(turns: readonly number[]): number;
}

/** Weighted sum of squares of all turns, within hard limits. */
export const motion = ({ low, high, weights }: Alignment): Cost => ({
  respond: (i, pull) => {
    const weight = weights?.[i] ?? 1;
    const { turn, rate } = clamped(pull / weight, low[i]!, high[i]!);
    return { turn, rate: rate / weight };
  },
  of: (turns) => turns.reduce((sum, turn, i) => sum + (weights?.[i] ?? 1) * turn * turn, 0),
});

/** Weight of motion beside the excess over the limits. */
const MOTION = 1e-4;

/** Sum of squares of what exceeds the limits, and a little of the motion so that the rest is fixed too. */
export const excess = ({ low, high }: Alignment): Cost => ({
  respond: (i, pull) => {
    const free = pull / MOTION;
    const limit = Math.min(Math.max(free, low[i]!), high[i]!);
    return limit === free
      ? { turn: free, rate: 1 / MOTION }
      : { turn: (pull + limit) / (1 + MOTION), rate: 1 / (1 + MOTION) };
  },
  of: (turns) =>
    turns.reduce((sum, turn, i) => {
      const beyond = Math.max(low[i]! - turn, turn - high[i]!, 0);
      return sum + beyond * beyond + MOTION * turn * turn;
    }, 0),
});

const clamped = (turn: number, low: number, high: number): { turn: number; rate: number } =>
  turn <= low ? { turn: low, rate: 0 } : turn >= high ? { turn: high, rate: 0 } : { turn, rate: 1 };

const ALIGNED = 1e-13;
const MAX_STEPS = 60;

/** Turns near `from` that align Q exactly, within hard limits or without; undefined where the way there is barred. */
export function align(task: Alignment, from: readonly number[], limited: boolean): readonly number[] | undefined {
  let turns = from;
  for (let step = 0; step < 20; step++) {
    const { rates, miss, isNear } = linearised(task, turns);
    if (isNear && Math.hypot(...miss) < ALIGNED) return turns;
    const here = turns;
    const next = solveLinear(rates, miss, (i, pull) => {
      const moved = limited
        ? clamped(here[i]! + pull, task.low[i]!, task.high[i]!)
        : { turn: here[i]! + pull, rate: 1 };
      return { turn: moved.turn - here[i]!, rate: moved.rate };
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
export function descend(task: Alignment, cost: Cost, from: readonly number[], limited: boolean): readonly number[] {
  let turns = from;
  let best = cost.of(turns);
  for (let step = 0; step < MAX_STEPS; step++) {
    const there = linearised(task, turns);
    const target = solveLinear(there.rates, wantedAt(turns, there), cost.respond)?.turns;
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
