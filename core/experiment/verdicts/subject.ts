import type { Crystal } from "../../crystal/index.ts";
import type { DynamicalGate, PathAttenuation, PlannedReflection } from "../experiment.types.ts";
import type { Geometry } from "../geometry.types.ts";
import type { InstrumentProfile } from "../instrument/index.ts";
import type { ExperimentPlan, Thresholds } from "../plan.ts";

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
}

/** `(1,-1,2)` as the sentences write a reflection. */
export const hklText = (hkl: readonly number[]): string => `(${hkl.join(",").replaceAll("-", "\u2212")})`;
