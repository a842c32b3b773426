import type { Crystal } from "../../crystal/index.ts";
import type {
  DynamicalGate,
  LensPlacement,
  OtherMount,
  PathAttenuation,
  PlannedReflection,
} from "../experiment.types.ts";
import type { Geometry } from "../geometry.types.ts";
import type { InstrumentProfile } from "../instrument/index.ts";
import type { LensBox } from "../lens/lensBox.ts";
import type { ExperimentPlan, PlanOp, Thresholds } from "../plan.ts";

/** What a verdict is about. */
export interface Subject {
  readonly plan: ExperimentPlan;
  readonly crystal: Crystal;
  readonly instrument: InstrumentProfile;
  readonly thresholds: Required<Thresholds>;
  readonly geometry: Geometry;
  readonly reflection: PlannedReflection;
  readonly attenuation: PathAttenuation;
  readonly dynamical: DynamicalGate | null;
  readonly lensBox: LensBox | null;
  /** Sample to detector along the incident beam, if it is known. */
  readonly lensDistance_mm: number | null;
  readonly lens: LensPlacement | null;
  readonly otherMounts: readonly OtherMount[];
}

/** `(1,-1,2)` as the sentences write a reflection. */
export const hklText = (hkl: readonly number[]): string => `(${hkl.join(",").replaceAll("-", "\u2212")})`;

/** An energy with as many digits as it has. */
export const energyText = (energy_keV: number): string => `${Number(energy_keV.toPrecision(7))} keV`;

export const energyOp = (energy_keV: number): readonly PlanOp[] => [
  { path: ["beam", "energy_keV"], value: energy_keV },
];

/** The next multiple of `step` that is not below the value. */
export const roundUp = (value: number, step: number): number =>
  Number((Math.ceil(value / step - 1e-9) * step).toPrecision(10));

/** A direction as it was written, with the signs of print. */
export const directionWords = (text: string): string => text.replaceAll("-", "\u2212");
