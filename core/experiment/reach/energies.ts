import { degrees, HC_keV_A, radians, type Vec3, vec3 } from "../../util/index.ts";
import { deflectionDirection_lab } from "../diffraction.ts";
import type { InstrumentProfile } from "../instrument/profile.ts";
import { type Alignment, alignmentOf } from "./alignment.ts";
import { descend, motion } from "./descent.ts";
import { detectorRange_deg } from "./detector.ts";
import type { Candidate } from "./reach.ts";
import { atOnce, searchMotion } from "./search.ts";

/** The energies next to the present one at which a reflection is reachable. */
export interface ReachableEnergies {
  readonly below_keV: number | null;
  readonly above_keV: number | null;
  /** False where a search was given up: there may be nearer ones. */
  readonly isDecided: boolean;
}

/** Any turns that solve a task. */
type AnyTurns = (task: Alignment) => Generator<void, readonly number[] | null>;

/** Weight of a motor beside the Bragg angle: the angle alone decides, the motors only where it is the same. */
const MOTOR_WEIGHT = 1e-6;

/** The Bragg angle of the nearest energy is proven to this, in rad, and then made exact as far as it falls from there. */
const PROVEN = 1e-4;
/** Ranges of the Bragg angle that are searched at once, in rad: in a thin one there is little to tell apart. */
const SLICE = radians(1.5);

/** `searchEnergies`, at once. */
export const reachableEnergies = (...given: Parameters<typeof searchEnergies>): ReachableEnergies =>
  atOnce(searchEnergies(...given));

/**
 * The nearest energies, below and above `energy_keV`, at which an equivalent is reachable. The Bragg angle counts as one
 * more axis of the stack seen from the sample, R(axis n)^-1 ... R(axis 1)^-1 R(X x e_s, theta) e_s = q. From its present value
 * outwards slice by slice is searched as completely as for the motors, and the first that holds a solution is halved.
 * Between two of its steps it may be left.
 */
export function* searchEnergies(
  instrument: InstrumentProfile,
  d_A: number,
  energy_keV: number,
  candidates: readonly Candidate[],
  range_keV: readonly [number, number],
  detectorDistance_mm = instrument.detector?.distance_mm,
): Generator<void, ReachableEnergies> {
  const [lowest2, highest2] = detectorRange_deg(instrument, detectorDistance_mm);
  const thetaOf = (energy: number): number => Math.asin(Math.min(1, HC_keV_A / (2 * d_A * energy)));
  const low = Math.max(radians(lowest2 / 2), thetaOf(range_keV[1]));
  const high = Math.min(radians(highest2 / 2), thetaOf(range_keV[0]));
  const present = thetaOf(energy_keV);
  let isDecided = true;
  const anyTurns: AnyTurns = function* (task) {
    const { turns, isProven } = yield* searchMotion(task, { any: true });
    isDecided &&= isProven;
    return turns;
  };
  function* nearest(from: number, to: number): Generator<void, number | null> {
    if (!(to > from)) return null;
    let best: number | null = null;
    for (const { Q_sample } of candidates) {
      const task = withBraggAngle(instrument, Q_sample, present, [from, to]);
      const turn: number | null = yield* leastBraggTurn(task, best, anyTurns);
      if (turn !== null) best = turn;
    }
    return best === null ? null : HC_keV_A / (2 * d_A * Math.sin(present + best));
  }
  const above_keV = yield* nearest(low, Math.min(high, present));
  const below_keV = yield* nearest(Math.max(low, present), high);
  return { above_keV, below_keV, isDecided };
}

/**
 * Least turn of the innermost axis, whose limits are on one side of zero, for which the task has a solution; null if
 * there is none of less than `below`. A search at one angle has an axis less to vary than one in a range, and so also sees
 * what the other gives up.
 */
function* leastBraggTurn(task: Alignment, below: number | null, anyTurns: AnyTurns): Generator<void, number | null> {
  const last = task.axes.length - 1;
  const isRising = task.high[last]! > 0;
  const [first, end] = isRising ? [task.low[last]!, task.high[last]!] : [task.high[last]!, task.low[last]!];
  function* search(near: number, far: number): Generator<void, number | null> {
    const part: Alignment = {
      ...task,
      low: task.low.with(last, Math.min(near, far)),
      high: task.high.with(last, Math.max(near, far)),
    };
    const turns = yield* anyTurns(part);
    return turns === null ? null : descend(part, motion(part), turns, true)[last]!;
  }
  const goal = below ?? end;
  const step = Math.sign(end - first) * SLICE;
  let excluded = first;
  let found: number | null = null;
  while (found === null && Math.abs(goal - excluded) > PROVEN) {
    const far = Math.abs(goal - excluded) > SLICE ? excluded + step : goal;
    found = (yield* search(excluded, far)) ?? (yield* search(far, far));
    if (found === null) excluded = far;
  }
  while (found !== null && Math.abs(found - excluded) > PROVEN) {
    const middle = (excluded + found) / 2;
    const nearer: number | null = (yield* search(excluded, middle)) ?? (yield* search(middle, middle));
    if (nearer === null) excluded = middle;
    else found = nearer;
  }
  return found;
}

/** The alignment seen from the sample: the innermost axis turns by theta from its present value. */
function withBraggAngle(
  instrument: InstrumentProfile,
  Q_sample: Vec3,
  present: number,
  [from, to]: readonly [number, number],
): Alignment {
  const { axes, low, high, q, p } = alignmentOf(instrument, Q_sample, degrees(2 * present));
  const negative = (turns: readonly number[]): readonly number[] => turns.toReversed().map((turn) => -turn);
  return {
    axes: [...axes.toReversed(), vec3.cross([1, 0, 0], deflectionDirection_lab(instrument.eta_deg))],
    low: [...negative(high), from - present],
    high: [...negative(low), to - present],
    weights: [...axes.map(() => MOTOR_WEIGHT), 1],
    q: p,
    p: q,
  };
}
