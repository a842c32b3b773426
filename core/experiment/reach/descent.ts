import { type Vec3, vec3 } from "../../util/index.ts";
import { type Alignment, carried } from "./alignment.ts";

/** A convex cost, one term a turn, given by what it makes of a pull. */
export interface Cost {
  /** The turn at which the slope of term i equals `pull`, and how fast it follows the pull. */
  respond(i: number, pull: number): { readonly turn: number; readonly rate: number };
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
    turns = here.map((turn, i) => turn + next[i]!);
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
    const { rates, miss } = linearised(task, turns);
    const wanted = rates.reduce<readonly [number, number]>(
      ([a, b], [x, y], i) => [a + x * turns[i]!, b + y * turns[i]!],
      miss,
    );
    const target = solveLinear(rates, wanted, cost.respond);
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

type Pair = readonly [number, number];

/** Alignment in the plane across p: rates of the turns, and what is missing. */
function linearised(task: Alignment, turns: readonly number[]) {
  const { at, rates } = carried(task, turns);
  const across = vec3.normalize(vec3.cross(task.p, Math.abs(task.p[1]) < 0.6 ? [0, 1, 0] : [0, 0, 1]));
  const along = vec3.cross(task.p, across);
  const inPlane = (v: Vec3): Pair => [vec3.dot(across, v), vec3.dot(along, v)];
  return {
    rates: rates.map(inPlane),
    miss: inPlane(vec3.subtract(task.p, at)),
    isNear: vec3.dot(at, task.p) > 0,
  };
}

/** x with sum of rates[i] x[i] = wanted and x[i] = respond(i, rates[i].multipliers), by Newton's method. */
function solveLinear(rates: readonly Pair[], wanted: Pair, respond: Cost["respond"]): readonly number[] | undefined {
  let multipliers: Pair = [0, 0];
  let state = evaluate(rates, wanted, respond, multipliers);
  for (let step = 0; step < 40; step++) {
    if (state.size < 1e-15) return state.x;
    const [a, b, c] = state.matrix;
    const determinant = a * c - b * b;
    if (!(determinant > 1e-14 * (a + c) * (a + c))) {
      // Only one direction can still be moved: along it.
      if (!(a + c > 1e-14)) return state.size < 1e-12 ? state.x : undefined;
    }
    const ridge = determinant > 1e-14 * (a + c) * (a + c) ? 0 : 1e-9 * (a + c);
    const [p, r] = [a + ridge, c + ridge];
    const d = p * r - b * b;
    const change: Pair = [(r * state.left[0] - b * state.left[1]) / d, (p * state.left[1] - b * state.left[0]) / d];
    let next = state;
    let length = 1;
    for (; length > 1e-3; length /= 2) {
      const at: Pair = [multipliers[0] + length * change[0], multipliers[1] + length * change[1]];
      next = evaluate(rates, wanted, respond, at);
      if (next.size < state.size) {
        multipliers = at;
        break;
      }
    }
    if (next.size >= state.size) return state.size < 1e-12 ? state.x : undefined;
    state = next;
  }
  return state.size < 1e-12 ? state.x : undefined;
}

function evaluate(rates: readonly Pair[], wanted: Pair, respond: Cost["respond"], [m, n]: Pair) {
  const x: number[] = [];
  let [u, v] = wanted;
  let [a, b, c] = [0, 0, 0];
  for (let i = 0; i < rates.length; i++) {
    const [r, s] = rates[i]!;
    const { turn, rate } = respond(i, r * m + s * n);
    x.push(turn);
    u -= r * turn;
    v -= s * turn;
    a += rate * r * r;
    b += rate * r * s;
    c += rate * s * s;
  }
  return { x, left: [u, v] as Pair, size: Math.hypot(u, v), matrix: [a, b, c] as const };
}
