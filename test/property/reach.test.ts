import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type GoniometerAxis, solveGoniometer, stackRotation } from "../../core/experiment/index.ts";
import {
  type Alignment,
  alignmentOf,
  azimuthRanges,
  judgeReach,
  leastMotion,
  reachableEnergies,
} from "../../core/experiment/reach/index.ts";
import { degrees, HC_keV_A, mat3, radians, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeMatrix, closeTo } from "../unit/close.ts";

/** A search takes milliseconds, so making a counterexample smaller would take minutes. */
const RUNS = { endOnFailure: true, unbiased: true };

/** Evenly spread: limits that are met exactly leave sets of solutions of no extent, which are not promised. */
const real = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 1e6 }).map((n) => min + ((max - min) * n) / 1e6);

const part = real(-1, 1);
const unit: fc.Arbitrary<Vec3> = fc
  .tuple(part, part, part)
  .filter((v) => vec3.norm(v) > 0.2)
  .map((v) => vec3.normalize(v as Vec3));
const limits = fc
  .tuple(real(-30, 20), real(1, 60))
  .map(([low, width]): readonly [number, number] => [low, low + width]);
const axes = fc.record({ axis_lab: unit, limits_deg: limits, zero_deg: fc.constantFrom(0, 0, 5, -90) });
const stacks = fc
  .array(axes, { minLength: 3, maxLength: 4 })
  .filter((list) => list.every((axis, i) => i === 0 || across(axis.axis_lab, list[i - 1]!.axis_lab) > 0.3))
  .map((list): readonly GoniometerAxis[] =>
    list.map(({ limits_deg: [low, high], zero_deg, axis_lab }, i) => ({
      name: `axis ${i}`,
      axis_lab,
      sense: "",
      zero_deg,
      limits_deg: [low + zero_deg, high + zero_deg],
      ...(i === 3 && { held_deg: zero_deg }),
    })),
  );
const across = (a: Vec3, b: Vec3): number => vec3.norm(vec3.cross(a, b));
const twoThetas = real(2, 60);
const etas = fc.constantFrom(0, -90, 90, 30);
/** Q as it is aligned by turns at shares of the travels: within the limits where all shares are between 0 and 1. */
const tasksWith = (min: number, max: number) =>
  fc
    .record({
      stack: stacks,
      eta_deg: etas,
      twoTheta_deg: twoThetas,
      shares: fc.array(real(min, max), { minLength: 4, maxLength: 4 }),
    })
    .map(({ stack, eta_deg, twoTheta_deg, shares }) => {
      const readings = stack.map(({ limits_deg }, i) => {
        const [low, high] = limits_deg!;
        return low + shares[i]! * (high - low);
      });
      const task = alignmentOf({ stack, eta_deg }, [0, 0, 1], twoTheta_deg);
      const q = mat3.multiplyVector(mat3.transpose(stackRotation(stack, readings)), task.p);
      return { stack, eta_deg, twoTheta_deg, task: { ...task, q } };
    });
const tasks = tasksWith(-0.3, 1.3);

function miss({ axes: list, q, p }: Alignment, turns: readonly number[]): Vec3 {
  let at = q;
  for (let i = list.length - 1; i >= 0; i--) at = mat3.multiplyVector(mat3.rotation(list[i]!, turns[i]!), at);
  return vec3.subtract(at, p);
}

/** Solutions that a grid over all axes finds, each made exact by Newton's method with numerical derivatives. */
function byGrid(task: Alignment): readonly (readonly number[])[] {
  const { low, high } = task;
  const points = low.length === 3 ? 15 : 9;
  const grid: { turns: number[]; miss: number }[] = [];
  for (let n = 0; n < points ** low.length; n++) {
    const turns = low.map((least, i) => {
      const step = Math.floor(n / points ** i) % points;
      return least + (step / (points - 1)) * (high[i]! - least);
    });
    grid.push({ turns, miss: vec3.norm(miss(task, turns)) });
  }
  grid.sort((a, b) => a.miss - b.miss);
  return grid.slice(0, 40).flatMap(({ turns }) => {
    const exact = newton(task, turns);
    return exact?.every((turn, i) => turn >= low[i]! + 1e-5 && turn <= high[i]! - 1e-5) ? [exact] : [];
  });
}

function newton(task: Alignment, from: readonly number[]): readonly number[] | undefined {
  let turns = [...from];
  for (let step = 0; step < 12; step++) {
    const here = miss(task, turns);
    if (vec3.norm(here) < 1e-12) return turns;
    const columns = turns.map((_, i) => {
      const moved = turns.map((turn, j) => (i === j ? turn + 1e-6 : turn));
      return vec3.scale(vec3.subtract(miss(task, moved), here), 1e6);
    });
    // Least-norm step: J^T (J J^T + ridge)^-1 miss.
    const product = [0, 1, 2].map((r) =>
      [0, 1, 2].map((c) => columns.reduce((sum, v) => sum + v[r]! * v[c]!, r === c ? 1e-12 : 0)),
    ) as unknown as [Vec3, Vec3, Vec3];
    const factor = mat3.multiplyVector(mat3.inverse(product), here);
    turns = turns.map((turn, i) => turn - vec3.dot(columns[i]!, factor));
  }
  return undefined;
}

describe("reaching a reflection with any stack", () => {
  test("a solution aligns Q to 1e-9 degree and keeps every limit", () => {
    fc.assert(
      fc.property(tasks, ({ task }) => {
        const { turns } = leastMotion(task);
        if (turns === null) return;
        closeTo(degrees(vec3.norm(miss(task, turns))), 0, 1e-9, "Bragg condition and plane of deflection");
        turns.forEach((turn, i) => {
          assert.ok(turn >= task.low[i]! - 1e-11 && turn <= task.high[i]! + 1e-11, `turn ${i}`);
        });
      }),
      RUNS,
    );
  });

  test("what is known to be within reach is found", () => {
    fc.assert(
      fc.property(tasksWith(0.02, 0.98), ({ task }) => {
        assert.notEqual(leastMotion(task).turns, null);
      }),
      { ...RUNS, numRuns: 200 },
    );
  });

  test("nothing that a grid finds is missed, and nothing of it takes less motion", () => {
    let found = 0;
    fc.assert(
      fc.property(tasksWith(0.35, 0.65), ({ task }) => {
        const { turns } = leastMotion(task);
        for (const other of byGrid(task)) {
          found++;
          assert.ok(turns !== null, `missed ${other.map(degrees)}`);
          // The least motion is proven to 0.1 % of its square.
          assert.ok(Math.hypot(...turns) <= Math.hypot(...other) * 1.00051 + 1e-9, `${turns} against ${other}`);
        }
      }),
      { ...RUNS, numRuns: 60 },
    );
    assert.ok(found > 3, `the grid found ${found} solutions`);
  });

  test("motors change continuously with the energy along a branch", () => {
    fc.assert(
      fc.property(tasks, ({ stack, eta_deg, twoTheta_deg, task }) => {
        const free = stack.map(({ held_deg: _held, ...axis }, i) => (i < 3 ? axis : { ...axis, held_deg: 0 }));
        const G = (angle: number) => {
          const p = alignmentOf({ stack, eta_deg }, task.q, angle).p;
          const axis = vec3.normalize(vec3.cross(task.q, p));
          return mat3.rotation(axis, vec3.angleBetween(task.q, p));
        };
        const STEP = 1e-5;
        const before = solveGoniometer(free, G(twoTheta_deg)).solutions;
        const after = solveGoniometer(free, G(twoTheta_deg + STEP)).solutions;
        if (before.length !== 2 || after.length !== 2) return;
        const nearest = before.map(({ angles }) =>
          Math.min(
            ...after.map((other) =>
              Math.max(...other.angles.map(({ angle_deg }, i) => circular(angle_deg, angles[i]!.angle_deg))),
            ),
          ),
        );
        // The rate is bounded away from singular positions: the axes there span a small volume.
        const volume = Math.min(
          ...before.map(({ angles }) =>
            spanned(
              free,
              angles.map(({ angle_deg }) => angle_deg),
            ),
          ),
        );
        if (volume > 0.05) for (const change of nearest) assert.ok(change < 200 * STEP, `jumps by ${change}`);
      }),
      RUNS,
    );
  });

  test("the free azimuth holds the solution and ends at limits", () => {
    fc.assert(
      fc.property(tasks, ({ stack, eta_deg, twoTheta_deg, task }) => {
        const reach = judgeReach({ stack, eta_deg, detector: null } as never, twoTheta_deg, [
          { hkl: [1, 0, 0], Q_sample: task.q },
        ]);
        if (!reach.reachable || reach.solution === null) return;
        const readings = reach.solution.angles.map(({ angle_deg }) => angle_deg);
        const G = stackRotation(stack, readings);
        const fixed = stack.map((axis, i) => (i === 3 ? { ...axis, held_deg: readings[3]! } : axis));
        for (const { from_deg, to_deg } of azimuthRanges(stack, readings, task.q)) {
          if (to_deg - from_deg < 1e-3) continue;
          for (const share of [1e-6, 0.3, 0.5, 0.8, 1 - 1e-6]) {
            const azimuth = radians(from_deg + share * (to_deg - from_deg));
            const turned = mat3.multiply(mat3.rotation(task.p, azimuth), G);
            const { solutions } = solveGoniometer(fixed, turned);
            assert.ok(solutions.some(({ withinLimits }) => withinLimits));
          }
          const beyond = solveGoniometer(fixed, mat3.multiply(mat3.rotation(task.p, radians(to_deg + 1e-5)), G));
          if (to_deg - from_deg < 359) assert.ok(!beyond.solutions.some(({ withinLimits }) => withinLimits), "end");
        }
      }),
      RUNS,
    );
  });

  test("the nearest energy is no farther than one at which it is reachable, and before it it is not", () => {
    fc.assert(
      fc.property(tasksWith(0.02, 0.98), twoThetas, ({ stack, eta_deg, twoTheta_deg, task }, present2_deg) => {
        const instrument = { stack, eta_deg, detector: null } as never;
        const candidates = [{ hkl: [1, 0, 0], Q_sample: task.q }] as const;
        const d_A = 2;
        const thetaOf = (energy_keV: number): number => Math.asin(HC_keV_A / (2 * d_A * energy_keV));
        const energyOf = (theta: number): number => HC_keV_A / (2 * d_A * Math.sin(theta));
        const [present, reached] = [radians(present2_deg / 2), radians(twoTheta_deg / 2)];
        if (judgeReach(instrument, present2_deg, candidates as never).reachable) return;
        const found = reachableEnergies(instrument, d_A, energyOf(present), candidates, [3.2, 400]);
        const nearest = present > reached ? found.above_keV : found.below_keV;
        assert.ok(nearest !== null, "none is found");
        const way = Math.abs(thetaOf(nearest) - present);
        // Proven to 2 % of the square of the change of angle.
        assert.ok(way <= Math.abs(reached - present) * 1.011 + 3e-4, `${degrees(thetaOf(nearest))}`);
        if (way < 1e-3) return;
        const before = present + 0.95 * (thetaOf(nearest) - present);
        assert.ok(!judgeReach(instrument, degrees(2 * before), candidates as never).reachable, `${degrees(before)}`);
      }),
      { ...RUNS, numRuns: 40 },
    );
  });
});

describe("motor angles of any stack", () => {
  test("both branches give the orientation, held axes anywhere; none only where it is out of reach", () => {
    fc.assert(
      fc.property(
        stacks,
        fc.integer({ min: 0, max: 3 }),
        fc.array(real(-170, 170), { minLength: 4, maxLength: 4 }),
        (stack, heldAt, given) => {
          const mixed = stack.map(({ held_deg: _held, ...axis }, i) =>
            stack.length === 4 && i === heldAt ? { ...axis, held_deg: given[i]! } : axis,
          );
          const G = stackRotation(mixed, given);
          const { solutions } = solveGoniometer(mixed, G);
          assert.ok(solutions.length > 0);
          for (const { angles } of solutions) {
            const readings = angles.map(({ angle_deg }) => angle_deg);
            if (spanned(mixed, readings) < 1e-3) continue;
            closeMatrix(stackRotation(mixed, readings), G, 1e-11, "stack");
          }
          if (spanned(mixed, given) < 1e-3) return;
          const isKept = solutions.some(({ angles }) =>
            angles.every(({ angle_deg }, i) => circular(angle_deg, given[i]!) < 1e-6),
          );
          assert.ok(isKept, "the readings that made it are among the solutions");
        },
      ),
    );
  });
});

const circular = (a: number, b: number): number => Math.abs(((((a - b + 180) % 360) + 360) % 360) - 180);

/** Volume that the free axes span at motor readings: 0 where two of their turns are the same. */
function spanned(stack: readonly GoniometerAxis[], readings: readonly number[]): number {
  const turned = stack.flatMap((axis, i) => {
    if (axis.held_deg !== undefined) return [];
    return [mat3.multiplyVector(stackRotation(stack.slice(0, i), readings), axis.axis_lab)];
  });
  return Math.abs(mat3.determinant(turned as unknown as [Vec3, Vec3, Vec3]));
}
