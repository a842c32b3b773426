import { type Vec3, vec3 } from "../../util/index.ts";
import { type Alignment, carried } from "./alignment.ts";

/** Components in the plane across p. */
export type Pair = readonly [number, number];

/** What the terms of a convex cost, one a turn, make of a pull. */
export interface Response {
  /** The turn at which the slope of term i equals `pull`. */
  turn(i: number, pull: number): number;
  /** How fast it follows the pull. */
  rate(i: number, pull: number): number;
}

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

/** Turns with sum of rates[i] turns[i] = wanted and turns[i] = response to rates[i].multipliers, by Newton's method. */
export function solveLinear(rates: readonly Pair[], wanted: Pair, response: Response): LinearSolution | undefined {
  let [m, n] = [0, 0];
  // What is left of `wanted`, and how fast that falls with the multipliers: two sets, for the present and the next ones.
  let present = new Float64Array(5);
  let next = new Float64Array(5);
  evaluate(rates, wanted, response, m, n, present);
  let size = Math.sqrt(present[0]! ** 2 + present[1]! ** 2);
  for (let step = 0; step < 40 && size >= 1e-15; step++) {
    const [u, v, a, b, c] = present as unknown as readonly [number, number, number, number, number];
    const isRegular = a * c - b * b > 1e-14 * (a + c) * (a + c);
    // Where only one direction can still be moved: along it.
    if (!isRegular && !(a + c > 1e-14)) break;
    const ridge = isRegular ? 0 : 1e-9 * (a + c);
    const [p, r] = [a + ridge, c + ridge];
    const d = p * r - b * b;
    const [stepM, stepN] = [(r * u - b * v) / d, (p * v - b * u) / d];
    const before = size;
    for (let length = 1; length > 1e-3; length /= 2) {
      evaluate(rates, wanted, response, m + length * stepM, n + length * stepN, next);
      const left = Math.sqrt(next[0]! ** 2 + next[1]! ** 2);
      if (left < size) {
        m += length * stepM;
        n += length * stepN;
        size = left;
        [present, next] = [next, present];
        break;
      }
    }
    if (size >= before) break;
  }
  if (!(size < 1e-12)) return undefined;
  return { turns: rates.map(([x, y], i) => response.turn(i, x * m + y * n)), multipliers: [m, n] };
}

function evaluate(
  rates: readonly Pair[],
  wanted: Pair,
  response: Response,
  m: number,
  n: number,
  result: Float64Array,
): void {
  let u = wanted[0];
  let v = wanted[1];
  let a = 0;
  let b = 0;
  let c = 0;
  for (let i = 0; i < rates.length; i++) {
    const x = rates[i]![0];
    const y = rates[i]![1];
    const pull = x * m + y * n;
    const turn = response.turn(i, pull);
    const rate = response.rate(i, pull);
    u -= x * turn;
    v -= y * turn;
    a += rate * x * x;
    b += rate * x * y;
    c += rate * y * y;
  }
  result[0] = u;
  result[1] = v;
  result[2] = a;
  result[3] = b;
  result[4] = c;
}
