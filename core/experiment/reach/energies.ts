import { degrees, HC_keV_A, radians, type Vec3, vec3 } from "../../util/index.ts";
import { deflectionDirection_lab } from "../diffraction.ts";
import type { InstrumentProfile } from "../instrument/profile.ts";
import { type Alignment, alignmentOf } from "./alignment.ts";
import { detectorRange_deg } from "./detector.ts";
import type { Candidate } from "./reach.ts";
import { leastMotion } from "./search.ts";

/** The energies next to the present one at which a reflection is reachable. */
export interface ReachableEnergies {
  readonly below_keV: number | null;
  readonly above_keV: number | null;
}

/** Weight of a motor beside the Bragg angle: the angle alone decides, the motors only where it is the same. */
const MOTOR_WEIGHT = 1e-6;

/**
 * The nearest energies, below and above `energy_keV`, at which an equivalent is reachable. The Bragg angle counts as one
 * more axis of the stack seen from the sample, R(axis n)^-1 ... R(axis 1)^-1 R(X x e_s, theta) e_s = q, whose turn from
 * its present value is made as small as can be: the same complete search as for the motors.
 */
export function reachableEnergies(
  instrument: InstrumentProfile,
  d_A: number,
  energy_keV: number,
  candidates: readonly Candidate[],
  range_keV: readonly [number, number],
  detectorDistance_mm = instrument.detector?.distance_mm,
): ReachableEnergies {
  const [lowest2, highest2] = detectorRange_deg(instrument, detectorDistance_mm);
  const thetaOf = (energy: number): number => Math.asin(Math.min(1, HC_keV_A / (2 * d_A * energy)));
  const low = Math.max(radians(lowest2 / 2), thetaOf(range_keV[1]));
  const high = Math.min(radians(highest2 / 2), thetaOf(range_keV[0]));
  const present = thetaOf(energy_keV);
  const nearest = (from: number, to: number): number | null => {
    if (!(to > from)) return null;
    const found = candidates.flatMap(({ Q_sample }) => {
      const turns = leastMotion(withBraggAngle(instrument, Q_sample, present, [from, to]));
      return turns === null ? [] : [present + turns.at(-1)!];
    });
    if (found.length === 0) return null;
    const theta = found.reduce((a, b) => (Math.abs(b - present) < Math.abs(a - present) ? b : a));
    return HC_keV_A / (2 * d_A * Math.sin(theta));
  };
  return {
    above_keV: nearest(low, Math.min(high, present)),
    below_keV: nearest(Math.max(low, present), high),
  };
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
