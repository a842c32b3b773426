import type { Crystal } from "../crystal/index.ts";
import { error, fail, format, type Issue, mat3, ok, type Result } from "../util/index.ts";
import { attenuationCoefficient_per_um, structureFactors } from "../xray/index.ts";
import { absenceOf } from "./absence.ts";
import { beamPath } from "./beamPath.ts";
import { diffract, sampleToLabRotation } from "./diffraction.ts";
import type { FaceName, Geometry } from "./geometry.types.ts";
import { goniometerSolutions } from "./goniometer/index.ts";
import type { InstrumentProfile } from "./instrument/index.ts";
import { mountCrystal } from "./mount.ts";
import type { ExperimentPlan, Hkl } from "./plan.ts";
import { checkPlan } from "./planCheck.ts";
import { isAbsent } from "./reflections.ts";

/**
 * Everything about where things are that follows from a plan and a crystal: Bragg condition, mount, orientation,
 * motors and the way of the beams. Refuses undefined input with a reason at the field that causes it.
 * @param resolvedHkl the plan's reflection, or the default one where the plan names none
 */
export function deriveGeometry(
  plan: ExperimentPlan,
  crystal: Crystal,
  resolvedHkl: Hkl | null,
  instrument: InstrumentProfile,
): Result<Geometry> {
  const faults = checkPlan(plan);
  if (faults.length > 0) return fail(...faults);
  const hkl = plan.reflection?.hkl ?? resolvedHkl;
  if (hkl === null) {
    return fail(
      error("plan/no-reflection", "No reflection of this crystal can be reached at this energy.", {
        field: "reflection.hkl",
      }),
    );
  }
  const mount = mountCrystal(plan, crystal, hkl, instrument);
  if (!mount.ok) return mount;
  const { crystalToSample, Q_crystal_invA, beamExit_crystal, up, exit, beamExit } = mount.value;

  const { energy_keV } = plan.beam;
  const Q_sample_invA = mat3.multiplyVector(crystalToSample, Q_crystal_invA);
  const beamExit_sample = mat3.multiplyVector(crystalToSample, beamExit_crystal);
  const diffraction = diffract(hkl, Q_sample_invA, beamExit_sample, energy_keV);
  if (!diffraction.ok) return diffraction;
  const { wavelength_A, d_A, twoTheta_deg, k0_invA: k0_sample_invA, kh_invA: kh_sample_invA } = diffraction.value;

  const attenuation = attenuationCoefficient_per_um(crystal, energy_keV);
  if (!attenuation.ok) return attenuation;
  const sampleToLab = sampleToLabRotation(k0_sample_invA, kh_sample_invA, instrument.eta_deg);
  const path = beamPath({
    box_um: [plan.sample.thickness_um, plan.sample.width_um, plan.sample.height_um],
    beam_um: { width: plan.beam.width_um, height: plan.beam.height_um },
    k0_sample: k0_sample_invA,
    kh_sample: kh_sample_invA,
    sampleToLab,
    attenuationCoefficient_per_um: attenuation.value,
  });
  const goniometer = goniometerSolutions(instrument.stack, sampleToLab);
  return ok(
    {
      hkl,
      energy_keV,
      wavelength_A,
      d_A,
      twoTheta_deg,
      up,
      exit,
      beamExit,
      crystalToSample,
      Q_sample_invA,
      k0_sample_invA,
      kh_sample_invA,
      sampleToLab,
      goniometer,
      path,
    },
    [
      ...attenuation.issues,
      ...absence(crystal, hkl, energy_keV),
      ...atomsAtRest(crystal),
      ...guessedExit(mount.value.exit),
      ...faces(path.entryFace, path.exitFace),
    ],
  );
}

/** Below this part of what all atoms would scatter in phase, |F| is said to be weak. */
const WEAK_FRACTION = 0.01;

function absence(crystal: Crystal, hkl: Hkl, energy_keV: number): readonly Issue[] {
  const name = `(${hkl.join(",")})`;
  const tell = (code: string, severity: "warning" | "information", message: string): readonly Issue[] => [
    { code, severity, message, field: "reflection.hkl" },
  ];
  const absent = (why: string) =>
    tell("plan/absent-reflection", "warning", `${name} ${why}: choose another reflection.`);
  const reason = absenceOf(crystal, hkl);
  if (reason === "symmetry")
    return absent(`is absent by the symmetry of ${crystal.spaceGroup.hm ?? "the space group"}`);
  if (reason === "sites") {
    return absent(
      "is absent because of the special positions of the atoms: the images of each site cancel, whatever the element (as 222 of diamond)",
    );
  }
  const factors = structureFactors(crystal, energy_keV);
  if (!factors.ok) return factors.issues;
  const factor = factors.value.F(hkl);
  if (isAbsent(factor)) return absent("has no intensity at this energy, different atoms cancel each other by accident");
  const share = Math.max(factor.abs, factor.abs_friedel) / factor.sumOfScattering;
  if (share >= WEAK_FRACTION) return [];
  return tell(
    "plan/weak-reflection",
    "information",
    `${name} is weak: the atoms nearly cancel, |F| is ${format.significant(100 * share, 2)} % of what they would scatter in phase.`,
  );
}

/** |F| of a site without mean-square displacement lacks its Debye-Waller factor. */
function atomsAtRest({ sites }: Crystal): readonly Issue[] {
  const atRest = sites.filter(({ displacement }) => displacement.kind === "none");
  if (atRest.length === 0) return [];
  const which =
    atRest.length === sites.length
      ? "no displacement parameters"
      : `no displacement for ${atRest.length} of ${sites.length} sites`;
  const message = `The CIF gives ${which}: |F| counts these atoms as at rest and is too large, most of all at high angle; add _atom_site_U_iso_or_equiv.`;
  return [{ code: "plan/atoms-at-rest", severity: "information", message }];
}

const guessedExit = (exit: Geometry["exit"]): readonly Issue[] =>
  exit.isDefault
    ? [
        {
          code: "plan/guessed-exit",
          severity: "information",
          message: `Exit face ${exit.text} is a guess: give the one of your sample.`,
          field: "sample.exit",
        },
      ]
    : [];

function faces(entry: FaceName, exit: FaceName): readonly Issue[] {
  if (entry === "-x" && exit === "+x") return [];
  const reflection = entry === exit ? " Both are the same face: this is reflection (Bragg) geometry." : "";
  return [
    {
      code: "plan/faces",
      severity: "information",
      message: `The beam enters through face ${entry} and leaves through face ${exit} of the sample, not from -x to +x.${reflection}`,
      field: "beamExit",
    },
  ];
}
