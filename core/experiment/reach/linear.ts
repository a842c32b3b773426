import { type Vec3, vec3 } from "../../util/index.ts";
import { type Alignment, carried } from "./alignment.ts";

/** Components in the plane across p. */
export type Pair = readonly [number, number];

/** The turn at which the slope of term i of a convex cost equals `pull`, and how fast it follows the pull. */
export type Respond = (i: number, pull: number) => { readonly turn: number; readonly rate: number };

/** Alignment near some turns: how fast each moves Q in the plane across p, and what is missing. */
export interface Linearised {
  readonly rates: readonly Pair[];
  readonly miss: Pair;
  /** The same in space. */
  readonly moved: readonly Vec3[];
  /** The two directions of the plane. */
  readonly across: Vec3;
  readonly along: Vec3;
  /** Whether Q points to the side of p, not away from it. */
  readonly isNear: boolean;
}

export function linearised(task: Alignment, turns: readonly number[]): Linearised {
  const { at, rates } = carried(task, turns);
  const across = vec3.normalize(vec3.cross(task.p, Math.abs(task.p[1]) < 0.6 ? [0, 1, 0] : [0, 0, 1]));
  const along = vec3.cross(task.p, across);
  const inPlane = (v: Vec3): Pair => [vec3.dot(across, v), vec3.dot(along, v)];
  return {
    rates: rates.map(inPlane),
    moved: rates,
    across,
    along,
    miss: inPlane(vec3.subtract(task.p, at)),
    isNear: vec3.dot(at, task.p) > 0,
  };
}

/** What the turns themselves, not their changes, have to sum up to in the linear approximation. */
export const wantedAt = (turns: readonly number[], { rates, miss }: Linearised): Pair =>
  rates.reduce<Pair>(([a, b], [x, y], i) => [a + x * turns[i]!, b + y * turns[i]!], miss);

export interface LinearSolution {
  readonly turns: readonly number[];
  readonly multipliers: Pair;
}

/** Turns with sum of rates[i] turns[i] = wanted and turns[i] = respond(i, rates[i].multipliers), by Newton's method. */
export function solveLinear(rates: readonly Pair[], wanted: Pair, respond: Respond): LinearSolution | undefined {
  let multipliers: Pair = [0, 0];
  let state = evaluate(rates, wanted, respond, multipliers);
  const solution = (): LinearSolution | undefined =>
    state.size < 1e-12 ? { turns: state.turns, multipliers } : undefined;
  for (let step = 0; step < 40 && state.size >= 1e-15; step++) {
    const [a, b, c] = state.matrix;
    const isRegular = a * c - b * b > 1e-14 * (a + c) * (a + c);
    // Where only one direction can still be moved: along it.
    if (!isRegular && !(a + c > 1e-14)) return solution();
    const ridge = isRegular ? 0 : 1e-9 * (a + c);
    const [p, r] = [a + ridge, c + ridge];
    const d = p * r - b * b;
    const change: Pair = [(r * state.left[0] - b * state.left[1]) / d, (p * state.left[1] - b * state.left[0]) / d];
    let next = state;
    for (let length = 1; length > 1e-3; length /= 2) {
      const at: Pair = [multipliers[0] + length * change[0], multipliers[1] + length * change[1]];
      next = evaluate(rates, wanted, respond, at);
      if (next.size < state.size) {
        multipliers = at;
        break;
      }
    }
    if (next.size >= state.size) return solution();
    state = next;
  }
  return solution();
}

function evaluate(rates: readonly Pair[], wanted: Pair, respond: Respond, [m, n]: Pair) {
  const turns: number[] = [];
  let [u, v] = wanted;
  let [a, b, c] = [0, 0, 0];
  for (let i = 0; i < rates.length; i++) {
    const [r, s] = rates[i]!;
    const { turn, rate } = respond(i, r * m + s * n);
    turns.push(turn);
    u -= r * turn;
    v -= s * turn;
    a += rate * r * r;
    b += rate * r * s;
    c += rate * s * s;
  }
  return { turns, left: [u, v] as Pair, size: Math.hypot(u, v), matrix: [a, b, c] as const };
}
