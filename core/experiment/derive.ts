import { type Crystal, isSystematicallyAbsent } from "../crystal/index.ts";
import { error, fail, type Issue, mat3, ok, type Result, vec3 } from "../util/index.ts";
import { attenuationCoefficient_per_um, structureFactorCalculator } from "../xray/index.ts";
import { beamPath } from "./beamPath.ts";
import { diffract, sampleToLabRotation } from "./diffraction.ts";
import { extinctionLengths_um } from "./extinction.ts";
import type { FaceName, Geometry } from "./geometry.types.ts";
import { goniometerSolutions } from "./goniometer.ts";
import { type InstrumentProfile, instrumentById } from "./instruments.ts";
import { mountCrystal } from "./mount.ts";
import type { ExperimentPlan, Hkl } from "./plan.ts";
import { checkPlan } from "./planCheck.ts";
import { ABSENT_FRACTION } from "./reflections.ts";

/**
 * Everything about where things are that follows from a plan and a crystal: Bragg condition, mount, orientation,
 * motors and the way of the beams. Refuses undefined input with a reason at the field that causes it.
 * @param resolvedHkl the plan's reflection, or the default one where the plan names none
 */
export function deriveGeometry(plan: ExperimentPlan, crystal: Crystal, resolvedHkl: Hkl | null): Result<Geometry> {
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
  const instrument = instrumentById(plan.instrument);
  const mount = mountCrystal(plan, crystal, hkl);
  if (!instrument.ok || !mount.ok) return fail(...instrument.issues, ...mount.issues);
  const { crystalToSample, Q_crystal_invA, beamExit_crystal, up, exit, beamExit } = mount.value;

  const { energy_keV } = plan.beam;
  const Q_sample_invA = mat3.multiplyVector(crystalToSample, Q_crystal_invA);
  const beamExit_sample = mat3.multiplyVector(crystalToSample, beamExit_crystal);
  const diffraction = diffract(hkl, Q_sample_invA, beamExit_sample, energy_keV);
  if (!diffraction.ok) return diffraction;
  const { wavelength_A, d_A, twoTheta_deg, k0_invA: k0_sample_invA, kh_invA: kh_sample_invA } = diffraction.value;

  const attenuation = attenuationCoefficient_per_um(crystal, energy_keV);
  if (!attenuation.ok) return attenuation;
  const sampleToLab = sampleToLabRotation(k0_sample_invA, kh_sample_invA, instrument.value.eta_deg);
  const path = beamPath({
    box_um: [plan.sample.thickness_um, plan.sample.width_um, plan.sample.height_um],
    beam_um: { width: plan.beam.width_um, height: plan.beam.height_um },
    k0_sample: k0_sample_invA,
    kh_sample: kh_sample_invA,
    sampleToLab,
    attenuationCoefficient_per_um: attenuation.value,
  });
  const goniometer = goniometerSolutions(instrument.value.stack, sampleToLab);
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
    [...absence(crystal, hkl, energy_keV), ...guessedExit(mount.value.exit), ...faces(path.entryFace, path.exitFace)],
  );
}

function absence(crystal: Crystal, hkl: Hkl, energy_keV: number): readonly Issue[] {
  const warn = (why: string): readonly Issue[] => [
    {
      code: "plan/absent-reflection",
      severity: "warning",
      message: `(${hkl.join(",")}) ${why}: choose another reflection.`,
      field: "reflection.hkl",
    },
  ];
  if (isSystematicallyAbsent(hkl, crystal.spaceGroup.operations)) {
    return warn(`is absent by the symmetry of ${crystal.spaceGroup.hm ?? "the space group"}`);
  }
  const factors = structureFactorCalculator(crystal).at(energy_keV);
  return factors.F(hkl).abs < ABSENT_FRACTION * factors.sumOfScattering(hkl)
    ? warn("has no intensity, the atoms cancel each other")
    : [];
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

/**
 * Pendelloesung period for the entrance face of the geometry and for symmetric Laue, in um; null where the
 * reflection is absent, because then there is no such length.
 */
export function deriveExtinction(
  crystal: Crystal,
  geometry: Geometry,
  instrument: InstrumentProfile,
): { readonly actual: number; readonly symmetricLaue: number } | null {
  const { hkl, energy_keV, wavelength_A, twoTheta_deg, k0_sample_invA, kh_sample_invA, sampleToLab, path } = geometry;
  const factors = structureFactorCalculator(crystal).at(energy_keV);
  const mate: Hkl = [-hkl[0], -hkl[1], -hkl[2]];
  const FF_abs = factors.F(hkl).abs * factors.F(mate).abs;
  if (Math.sqrt(FF_abs) < ABSENT_FRACTION * factors.sumOfScattering(hkl)) return null;
  const inward = entranceNormal(path.entryFace);
  const k = vec3.norm(k0_sample_invA);
  const kh_lab = mat3.multiplyVector(sampleToLab, vec3.normalize(kh_sample_invA));
  return extinctionLengths_um({
    volume_A3: crystal.cell.volume_A3,
    wavelength_A,
    twoTheta_deg,
    FF_abs,
    C: Math.sqrt(1 - vec3.dot(instrument.polarisation_lab, kh_lab) ** 2),
    gamma0: vec3.dot(k0_sample_invA, inward) / k,
    gammah: vec3.dot(kh_sample_invA, inward) / k,
  });
}

/** Inward unit normal of a face of the box, in the sample frame. */
function entranceNormal(face: FaceName): readonly [number, number, number] {
  const inward = face.startsWith("-") ? 1 : -1;
  return [face.endsWith("x") ? inward : 0, face.endsWith("y") ? inward : 0, face.endsWith("z") ? inward : 0];
}
