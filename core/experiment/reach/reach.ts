import { degrees, format, type Vec3, vec3 } from "../../util/index.ts";
import type { GoniometerSolution } from "../geometry.types.ts";
import { excess_deg, limitText, solutionAt } from "../goniometer/index.ts";
import type { GoniometerAxis, InstrumentProfile } from "../instrument/profile.ts";
import type { Hkl } from "../plan.ts";
import { type Alignment, alignmentOf, carried } from "./alignment.ts";
import { align, descend, excess, motion } from "./descent.ts";
import { type DetectorPlace, detectorPlace } from "./detector.ts";
import { leastMotion, MAX_BOXES, type SearchOptions } from "./search.ts";

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
  /** False too where it is not decided. */
  readonly reachable: boolean;
  /** False where a search was given up: nothing was found that may be there, or motors that may not take the least motion. */
  readonly isDecided: boolean;
  /** The equivalent that takes the least motion; where none is reachable the one that comes nearest. */
  readonly hkl: Hkl;
  readonly Q_sample: Vec3;
  /** All equivalents that are reachable. */
  readonly reachableHkls: readonly Hkl[];
  /** Motors with the least motion from zero, proven to 0.05 %; beyond limits by the least where none is within; null if none was sought. */
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
  const none = { reachable: false, isDecided: true, reachableHkls: [], detector, motion_deg: null } as const;
  if (detector.obstacle !== null) {
    return { ...none, ...candidates[0], solution: null, obstacle: detector.obstacle };
  }
  const tasks = candidates.map((candidate) => ({
    candidate,
    task: alignmentOf(instrument, candidate.Q_sample, twoTheta_deg),
  }));
  let isDecided = true;
  const turnsOf = (task: Alignment, options: SearchOptions): readonly number[] | null => {
    const { turns, isProven } = leastMotion(task, options);
    isDecided &&= isProven;
    return turns;
  };
  const reached = tasks.length === 1 ? tasks : tasks.filter(({ task }) => turnsOf(task, { any: true }) !== null);
  let best: { readonly candidate: Candidate; readonly turns: readonly number[] } | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const { candidate, task } of reached) {
    const turns = turnsOf(task, { below: least * (1 - 1e-9) });
    if (turns !== null) {
      best = { candidate, turns };
      least = motion(task).of(turns);
    }
  }
  if (best !== undefined) {
    return {
      ...best.candidate,
      reachable: true,
      isDecided,
      reachableHkls: reached.map(({ candidate }) => candidate.hkl),
      solution: solutionAt(stack, readings(stack, best.turns)),
      motion_deg: degrees(Math.sqrt(least)),
      detector,
      obstacle: null,
    };
  }
  const { candidate: closest, task } = nearestCandidate(instrument, twoTheta_deg, candidates);
  const turns = nearestTurns(task);
  const solution = turns === undefined ? null : solutionAt(stack, readings(stack, turns));
  const obstacle = isDecided ? obstacleOf(stack, solution, shortfall_deg(task, turns)) : UNDECIDED;
  return { ...none, ...closest, isDecided, solution, obstacle };
}

const UNDECIDED = `Not decided: no position of the axes was found, but the search was given up after ${MAX_BOXES.toLocaleString("en")} steps.`;

const readings = (stack: readonly GoniometerAxis[], turns: readonly number[]): readonly number[] =>
  stack.map(({ zero_deg = 0 }, i) => degrees(turns[i] ?? 0) + zero_deg);

const middles = ({ low, high }: Alignment): readonly number[] => low.map((least, i) => (least + high[i]!) / 2);

/** The candidate whose Q has the least way to go from the middle of all travels. */
function nearestCandidate(
  instrument: InstrumentProfile,
  twoTheta_deg: number,
  candidates: readonly [Candidate, ...Candidate[]],
): { readonly candidate: Candidate; readonly task: Alignment } {
  return candidates
    .map((candidate) => {
      const task = alignmentOf(instrument, candidate.Q_sample, twoTheta_deg);
      const turned = middles(task).reduceRight<Vec3>(
        (vector, turn, i) => vec3.turn(vector, task.axes[i]!, turn),
        task.q,
      );
      return { candidate, task, way: vec3.angleBetween(turned, task.p) };
    })
    .reduce((a, b) => (b.way < a.way - 1e-9 ? b : a));
}

/** Turns that align Q and exceed the limits by little: no more, as a rule, than the way that Q has to go. */
function nearestTurns(task: Alignment): readonly number[] | undefined {
  const cost = excess(task);
  const middle = middles(task);
  const { at } = carried(task, middle);
  const start = align(task, middle, false);
  const straight = start && descend(task, cost, start, false);
  if (straight && cost.of(straight) <= vec3.angleBetween(at, task.p) ** 2) return straight;
  const led = ledTurns(task, middle, at);
  return straight && led ? (cost.of(led) < cost.of(straight) ? led : straight) : (led ?? straight);
}

/** On the way to its place Q goes by no more than this at once, in rad. */
const STRIDE = 0.25;
const STEPS_ON_THE_WAY = 3;

/** From the middle of all travels Q is led to its place on the shortest way, always by turns of the least excess. */
function ledTurns(task: Alignment, middle: readonly number[], at: Vec3): readonly number[] | undefined {
  const way = vec3.angleBetween(at, task.p);
  const axis = vec3.normalize(vec3.cross(at, task.p));
  if (!Number.isFinite(axis[0])) return undefined;
  const strides = Math.ceil(way / STRIDE);
  let turns = middle;
  for (let i = 1; i <= strides; i++) {
    const part = { ...task, p: vec3.turn(at, axis, (way * i) / strides) };
    const aligned = align(part, turns, false);
    if (aligned === undefined) return undefined;
    turns = descend(part, excess(task), aligned, false, i < strides ? STEPS_ON_THE_WAY : undefined);
  }
  return turns;
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
