import { type ExperimentPlan, focusLens, type InstrumentProfile, type LensBox } from "../../core/experiment/index.ts";

/** Where the plan's lens focuses, by 2theta; null where there is no lens or it images nowhere. */
export function lensDistance(
  plan: ExperimentPlan,
  instrument: InstrumentProfile,
  lens: LensBox | null,
): (twoTheta_deg: number) => number | null {
  const distance_mm = plan.lens?.detectorDistance_mm ?? instrument.detector?.distance_mm;
  if (plan.lens === undefined || lens === null || distance_mm === undefined) return () => null;
  return (twoTheta_deg) => {
    const found = focusLens(lens, {
      energy_keV: plan.beam.energy_keV,
      twoTheta_deg,
      dTotHorizontal_mm: distance_mm,
    });
    return found.ok ? (found.value.focus?.d1_mm ?? null) : null;
  };
}
