import { type Crystal, equivalentReflections, isSystematicallyAbsent, laueOperations } from "../crystal/index.ts";
import { fail, ok, type Result } from "../util/index.ts";
import { structureFactors } from "../xray/index.ts";
import { deriveGeometry } from "./derive.ts";
import { dynamicalGate } from "./dynamical.ts";
import type { Experiment, LensPlacement, PlannedReflection } from "./experiment.types.ts";
import type { Geometry } from "./geometry.types.ts";
import type { InstrumentProfile } from "./instrument/index.ts";
import { focusLens } from "./lens/focus.ts";
import type { LensBox } from "./lens/lensBox.ts";
import { otherMounts } from "./otherMounts.ts";
import { pathAttenuation } from "./pathAttenuation.ts";
import type { ExperimentPlan, Hkl } from "./plan.ts";
import { isAbsent } from "./reflections.ts";
import { thresholdsOf } from "./thresholds.ts";
import { lightVerdict } from "./verdicts/light.ts";
import { mountVerdict } from "./verdicts/mount.ts";
import { reachVerdict } from "./verdicts/reach.ts";
import type { Subject } from "./verdicts/subject.ts";

export interface ExperimentInput {
  readonly plan: ExperimentPlan;
  readonly crystal: Crystal;
  /** The plan's reflection, or the default one where the plan names none. */
  readonly hkl: Hkl | null;
  readonly instrument: InstrumentProfile;
  /** Null where the plan has no lens, or its file cannot be read. */
  readonly lens: LensBox | null;
}

/**
 * Everything that follows from a plan. Refuses what `deriveGeometry` refuses; what that only remarks on is a finding of
 * the verdicts here.
 */
export function deriveExperiment({
  plan,
  crystal,
  hkl,
  instrument,
  lens: lensBox,
}: ExperimentInput): Result<Experiment> {
  const derived = deriveGeometry(plan, crystal, hkl, instrument);
  if (!derived.ok) return derived;
  const geometry = derived.value;
  const reflection = plannedReflection(crystal, geometry.hkl, geometry.energy_keV);
  const attenuation = pathAttenuation(plan, crystal, geometry);
  if (!reflection.ok || !attenuation.ok) return fail(...reflection.issues, ...attenuation.issues);
  const thresholds = thresholdsOf(plan, instrument);
  const dynamical =
    reflection.value.absence === null
      ? dynamicalGate(plan, crystal, geometry, instrument, reflection.value, attenuation.value.delta, thresholds)
      : null;
  const lensDistance_mm = plan.lens?.detectorDistance_mm ?? instrument.detector?.distance_mm ?? null;
  const lens = placeLens(plan, lensBox, geometry, lensDistance_mm);
  if (!lens.ok) return lens;
  const found = {
    geometry,
    reflection: reflection.value,
    attenuation: attenuation.value,
    dynamical,
    otherMounts: otherMounts(crystal, geometry, instrument, reflection.value),
  };
  const subject: Subject = {
    plan,
    crystal,
    instrument,
    thresholds,
    lensBox,
    lensDistance_mm,
    lens: lens.value,
    ...found,
  };
  return ok(
    {
      ...found,
      lens: lens.value?.found ?? null,
      verdicts: [lightVerdict(subject), reachVerdict(subject), mountVerdict(subject)],
    },
    reflection.issues,
  );
}

function placeLens(
  plan: ExperimentPlan,
  box: LensBox | null,
  { energy_keV, twoTheta_deg }: Geometry,
  distance_mm: number | null,
): Result<LensPlacement | null> {
  if (plan.lens === undefined || box === null || distance_mm === null) return ok(null);
  const found = focusLens(box, { energy_keV, twoTheta_deg, dTotHorizontal_mm: distance_mm });
  return found.ok ? ok({ found: found.value }) : found;
}

/** |F| of a reflection and its mate, whether it is absent, and how many equivalents it has. */
export function plannedReflection(crystal: Crystal, hkl: Hkl, energy_keV: number): Result<PlannedReflection> {
  const factors = structureFactors(crystal, energy_keV);
  if (!factors.ok) return factors;
  const factor = factors.value.F(hkl);
  return ok(
    {
      hkl,
      F: factor.abs,
      F_friedel: factor.abs_friedel,
      absence: isSystematicallyAbsent(hkl, crystal.spaceGroup.operations)
        ? "symmetry"
        : isAbsent(factor)
          ? "cancelled"
          : null,
      multiplicity: equivalentReflections(hkl, laueOperations(crystal.spaceGroup)).length,
      factor,
    },
    factors.issues,
  );
}
