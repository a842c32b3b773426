import { degrees, format, mat3, type Vec3, vec3 } from "../../util/index.ts";
import type { GoniometerSolution } from "../geometry.types.ts";
import { excess_deg, limitText, solutionAt } from "../goniometer/index.ts";
import type { GoniometerAxis, InstrumentProfile } from "../instrument/profile.ts";
import type { Hkl } from "../plan.ts";
import { type Alignment, alignmentOf, carried } from "./alignment.ts";
import { align, descend, excess, motion } from "./descent.ts";
import { type DetectorPlace, detectorPlace } from "./detector.ts";
import { leastMotion } from "./search.ts";

/** One of the equivalent reflections, as it is mounted. */
export interface Candidate {
  readonly hkl: Hkl;
  readonly Q_sample: Vec3;
}

/**
 * Whether an instrument can do a reflection or an equivalent of it: Bragg condition and plane of deflection only, the
 * azimuth about Q and all axes free within their limits, and the detector where the beam goes.
 */
export interface Reach {
  readonly reachable: boolean;
  /** The equivalent that takes the least motion; where none is reachable the one that comes nearest. */
  readonly hkl: Hkl;
  readonly Q_sample: Vec3;
  /** All equivalents that are reachable. */
  readonly reachableHkls: readonly Hkl[];
  /** Motors with the least motion from zero; beyond limits by the least where none is within; null if none was sought. */
  readonly solution: GoniometerSolution | null;
  /** Norm of the turns of all axes from their zeros. */
  readonly motion_deg: number | null;
  readonly detector: DetectorPlace;
  /** The limit that stops it, as a sentence. */
  readonly obstacle: string | null;
}

export function judgeReach(
  instrument: InstrumentProfile,
  twoTheta_deg: number,
  candidates: readonly [Candidate, ...Candidate[]],
  detectorDistance_mm?: number,
): Reach {
  const { stack } = instrument;
  const detector = detectorPlace(instrument, twoTheta_deg, detectorDistance_mm ?? instrument.detector?.distance_mm);
  const none = { reachable: false, reachableHkls: [], detector, motion_deg: null } as const;
  if (detector.obstacle !== null) {
    return { ...none, ...candidates[0], solution: null, obstacle: detector.obstacle };
  }
  const tasks = candidates.map((candidate) => ({
    candidate,
    task: alignmentOf(instrument, candidate.Q_sample, twoTheta_deg),
  }));
  const reached =
    tasks.length === 1 ? tasks : tasks.filter(({ task }) => leastMotion(task, { any: true }).turns !== null);
  let best: { readonly candidate: Candidate; readonly turns: readonly number[] } | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const { candidate, task } of reached) {
    const { turns } = leastMotion(task, { below: least * (1 - 1e-9) });
    if (turns !== null) {
      best = { candidate, turns };
      least = motion(task).of(turns);
    }
  }
  if (best !== undefined) {
    return {
      ...best.candidate,
      reachable: true,
      reachableHkls: reached.map(({ candidate }) => candidate.hkl),
      solution: solutionAt(stack, readings(stack, best.turns)),
      motion_deg: degrees(Math.sqrt(least)),
      detector,
      obstacle: null,
    };
  }
  const [closest, task] = nearestCandidate(instrument, twoTheta_deg, candidates);
  const turns = nearestTurns(task);
  const solution = turns === undefined ? null : solutionAt(stack, readings(stack, turns));
  return { ...none, ...closest, solution, obstacle: obstacleOf(stack, solution, shortfall_deg(task, turns)) };
}

const readings = (stack: readonly GoniometerAxis[], turns: readonly number[]): readonly number[] =>
  stack.map(({ zero_deg = 0 }, i) => degrees(turns[i] ?? 0) + zero_deg);

const middles = ({ low, high }: Alignment): readonly number[] => low.map((least, i) => (least + high[i]!) / 2);

/** The candidate whose Q has the least way to go from the middle of all travels. */
function nearestCandidate(
  instrument: InstrumentProfile,
  twoTheta_deg: number,
  candidates: readonly [Candidate, ...Candidate[]],
): readonly [Candidate, Alignment] {
  const sorted = candidates
    .map((candidate) => {
      const task = alignmentOf(instrument, candidate.Q_sample, twoTheta_deg);
      const turned = middles(task).reduceRight<Vec3>(
        (vector, turn, i) => mat3.multiplyVector(mat3.rotation(task.axes[i]!, turn), vector),
        task.q,
      );
      return { candidate, task, way: vec3.angleBetween(turned, task.p) };
    })
    .reduce((a, b) => (b.way < a.way - 1e-9 ? b : a));
  return [sorted.candidate, sorted.task];
}

/** Turns that align Q and exceed the limits by little. */
function nearestTurns(task: Alignment): readonly number[] | undefined {
  const middle = middles(task);
  for (const off of [0, 0.3, -0.3, 1, -1]) {
    const start = align(
      task,
      middle.map((turn, i) => turn + off * (i + 1)),
      false,
    );
    if (start !== undefined) return descend(task, excess(task), start, false);
  }
  return undefined;
}

/** Angle by which Q misses its place with every turn cut to its limits. */
function shortfall_deg(task: Alignment, turns: readonly number[] | undefined): number {
  if (turns === undefined) return Number.NaN;
  const cut = turns.map((turn, i) => Math.min(Math.max(turn, task.low[i]!), task.high[i]!));
  return degrees(vec3.angleBetween(carried(task, cut).at, task.p));
}

function obstacleOf(
  stack: readonly GoniometerAxis[],
  solution: GoniometerSolution | null,
  missing_deg: number,
): string {
  const beyond = stack.flatMap((axis, i) => {
    const reading = solution?.angles[i]?.angle_deg ?? 0;
    if (axis.limits_deg === null || excess_deg(axis, reading) < 1e-3) return [];
    const limit = reading > axis.limits_deg[1] ? axis.limits_deg[1] : axis.limits_deg[0];
    return [{ name: axis.name, reading, limit: limitText(limit) }];
  });
  const [only, ...others] = beyond;
  if (only === undefined) return "No position of the axes within their limits brings it into the Bragg condition.";
  if (others.length === 0) {
    return `${only.name} would have to stand at ${format.fixed(only.reading, 2)}° (limit ${only.limit}).`;
  }
  const atLimits = beyond.map(({ name, limit }) => `${name} ${limit}`).join(", ");
  return `${format.fixed(missing_deg, 1)}° of tilt are missing with ${atLimits} at their limits.`;
}
