import type { Crystal } from "../../core/crystal/index.ts";
import {
  checkPlan,
  type ExperimentPlan,
  focusLens,
  type Hkl,
  type InstrumentProfile,
  type LensBox,
  type LensFocus,
  type LensPerformance,
  lensById,
  lensPerformance,
} from "../../core/experiment/index.ts";
import type { Resolved } from "../../core/protocol/index.ts";
import { degrees, error, fail, format, mat3, ok, type Result, vec3, wavelength_A } from "../../core/util/index.ts";

/** Everything that the Lens panel shows. */
export interface LensState {
  readonly box: LensBox;
  readonly found: LensFocus;
  /** Null where there is no focus. */
  readonly performance: LensPerformance | null;
  readonly instrument: InstrumentProfile;
  readonly bandwidth_fwhm: number | null;
  /** Why there is no focus. */
  readonly refusal: string | null;
}

/** The lens that the plan names: a shipped one at once, one of a file as the host has read it. */
export function plannedLens(plan: ExperimentPlan, fromHost: Resolved<LensBox> | null): Result<LensBox> {
  if (plan.lens === undefined) {
    return fail(error("lens/none", "No lens is planned: choose one under Lens, or write the name of a lens file."));
  }
  const shipped = lensById(plan.lens.file);
  if (shipped.ok) return shipped;
  if (fromHost === null) return shipped;
  return fromHost.value === null ? fail(...fromHost.issues) : ok(fromHost.value, fromHost.issues);
}

/** 2theta of a reflection by Bragg's law. */
export function twoThetaOf(crystal: Crystal, hkl: Hkl, energy_keV: number): Result<number> {
  const q_invA = vec3.norm(mat3.multiplyVector(crystal.cell.reciprocal, hkl));
  const sinTheta = (q_invA * wavelength_A(energy_keV)) / (4 * Math.PI);
  if (sinTheta < 1) return ok(degrees(2 * Math.asin(sinTheta)));
  const lowest_keV = energy_keV * sinTheta;
  const message = `(${hkl.join(",")}) cannot diffract at ${energy_keV} keV: it needs more than ${format.fixed(lowest_keV, 4)} keV.`;
  return fail(error("plan/not-reachable", message, { field: "beam.energy_keV" }));
}

/** Distance to the detector along the incident beam that holds: the plan's, or that of the instrument. */
export const detectorDistance_mm = (plan: ExperimentPlan, instrument: InstrumentProfile): number | null =>
  plan.lens?.detectorDistance_mm ?? instrument.detector?.distance_mm ?? null;

const FIELDS: readonly (string | undefined)[] = ["beam.energy_keV", "reflection.hkl"];

export interface LensInput {
  /** Null where there is none: then 2theta has to be typed. */
  readonly crystal: Crystal | null;
  readonly plan: ExperimentPlan;
  readonly instrument: InstrumentProfile;
  readonly lens: Resolved<LensBox> | null;
  readonly hkl: Hkl | null;
  /** In place of that of the reflection. */
  readonly typedTwoTheta_deg: number | null;
}

export function deriveLens({ crystal, plan, instrument, lens, hkl, typedTwoTheta_deg }: LensInput): Result<LensState> {
  const faults = checkPlan(plan).filter(({ field }) => FIELDS.includes(field));
  if (faults.length > 0) return fail(...faults);
  const box = plannedLens(plan, lens);
  if (!box.ok) return box;
  const { energy_keV } = plan.beam;
  const twoTheta =
    typedTwoTheta_deg !== null
      ? ok(typedTwoTheta_deg)
      : hkl === null || crystal === null
        ? fail<number>(
            error("plan/no-reflection", "No reflection diffracts at this energy: type 2θ, or change the energy."),
          )
        : twoThetaOf(crystal, hkl, energy_keV);
  if (!twoTheta.ok) return twoTheta;
  const dTotHorizontal_mm = detectorDistance_mm(plan, instrument);
  if (dTotHorizontal_mm === null) {
    const message = `${instrument.name} states no distance to its detector: give one.`;
    return fail(error("lens/distance", message, { field: "lens.detectorDistance_mm" }));
  }
  const found = focusLens(box.value, { energy_keV, twoTheta_deg: twoTheta.value, dTotHorizontal_mm });
  if (!found.ok) return found;
  const bandwidth_fwhm = plan.beam.bandwidth_fwhm ?? instrument.bandwidth_fwhm;
  const performance = lensPerformance(box.value, found.value, { bandwidth_fwhm, camera: instrument.camera });
  return ok(
    {
      box: box.value,
      found: found.value,
      performance: performance.ok ? performance.value : null,
      instrument,
      bandwidth_fwhm,
      refusal: found.issues[0]?.message ?? null,
    },
    // Without focus the headline says why.
    [...box.issues, ...performance.issues],
  );
}
