import type { Crystal } from "../crystal/index.ts";
import { ELECTRON_RADIUS_A, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import { type StructureFactor, structureFactors } from "../xray/index.ts";
import type { BeamsInSample, FaceName, Geometry } from "./geometry.types.ts";
import type { InstrumentProfile } from "./instrument/index.ts";
import { isAbsent } from "./reflections.ts";

export interface ExtinctionLengths {
  /** For the face through which the beam enters. */
  readonly actual_um: number;
  /** For a plate whose surface is normal to the reflecting planes. */
  readonly symmetricLaue_um: number;
}

const um_PER_A = 1e-4;

/** Part of the intensity that polarisation lets through: P = 1 - (e . kh)^2, with the polarisation of the instrument. */
export function polarisationFactor(
  { kh_sample_invA, sampleToLab }: Pick<Geometry, "kh_sample_invA" | "sampleToLab">,
  { polarisation_lab }: InstrumentProfile,
): number {
  const kh_lab = mat3.multiplyVector(sampleToLab, vec3.normalize(kh_sample_invA));
  return 1 - vec3.dot(polarisation_lab, kh_lab) ** 2;
}

/** Direction cosines of k0 and kh to the inward normal of the face through which the beam enters. */
export function entranceCosines({ k0_sample_invA, kh_sample_invA, path }: BeamsInSample): {
  readonly gamma0: number;
  readonly gammah: number;
} {
  const inward = inwardNormal(path.entryFace);
  return {
    gamma0: vec3.dot(vec3.normalize(k0_sample_invA), inward),
    gammah: vec3.dot(vec3.normalize(kh_sample_invA), inward),
  };
}

/**
 * Pendelloesung period Lambda = pi V sqrt(gamma0 |gammah|) / (r_e lambda C sqrt|F_h F_-h|) with the direction cosines
 * of k0 and kh to the inward normal of the entrance face (both cos theta in symmetric Laue), and C the polarisation
 * factor of the amplitude. Authier, Int. Tables B (2001), section 5.1.3.
 */
export function extinctionLengths(
  crystal: Crystal,
  geometry: BeamsInSample,
  instrument: InstrumentProfile,
  factor: StructureFactor,
): ExtinctionLengths {
  const { wavelength_A, twoTheta_deg } = geometry;
  const C = Math.sqrt(polarisationFactor(geometry, instrument));
  const period_A =
    (Math.PI * crystal.cell.volume_A3) /
    (ELECTRON_RADIUS_A * wavelength_A * C * Math.sqrt(factor.abs * factor.abs_friedel));
  const { gamma0, gammah } = entranceCosines(geometry);
  return {
    actual_um: period_A * Math.sqrt(gamma0 * Math.abs(gammah)) * um_PER_A,
    symmetricLaue_um: period_A * Math.cos(radians(twoTheta_deg / 2)) * um_PER_A,
  };
}

/** As `extinctionLengths`; null where the reflection is absent: there is no such length then. */
export function deriveExtinction(
  crystal: Crystal,
  geometry: Geometry,
  instrument: InstrumentProfile,
): ExtinctionLengths | null {
  const factors = structureFactors(crystal, geometry.energy_keV);
  if (!factors.ok) return null;
  const factor = factors.value.F(geometry.hkl);
  return isAbsent(factor) ? null : extinctionLengths(crystal, geometry, instrument, factor);
}

/** Inward unit normal of a face of the box, in the sample frame. */
function inwardNormal(face: FaceName): Vec3 {
  const inward = face.startsWith("-") ? 1 : -1;
  return [face.endsWith("x") ? inward : 0, face.endsWith("y") ? inward : 0, face.endsWith("z") ? inward : 0];
}
