import type { Crystal } from "../crystal/index.ts";
import { ELECTRON_RADIUS_A, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import { structureFactors } from "../xray/index.ts";
import type { FaceName, Geometry } from "./geometry.types.ts";
import type { InstrumentProfile } from "./instrument/index.ts";
import { isAbsent } from "./reflections.ts";

export interface ExtinctionLengths {
  /** For the face through which the beam enters. */
  readonly actual_um: number;
  /** For a plate whose surface is normal to the reflecting planes. */
  readonly symmetricLaue_um: number;
}

/**
 * Pendelloesung period Lambda = pi V sqrt(gamma0 |gammah|) / (r_e lambda C sqrt|F_h F_-h|) with the direction cosines
 * of k0 and kh to the inward normal of the entrance face (both cos theta in symmetric Laue), and C the polarisation
 * factor of the amplitude. Authier, Int. Tables B (2001), section 5.1.3.
 * @returns null where the reflection is absent: there is no such length then
 */
export function deriveExtinction(
  crystal: Crystal,
  geometry: Geometry,
  instrument: InstrumentProfile,
): ExtinctionLengths | null {
  const { hkl, energy_keV, wavelength_A, twoTheta_deg, k0_sample_invA, kh_sample_invA, sampleToLab, path } = geometry;
  const factors = structureFactors(crystal, energy_keV);
  if (!factors.ok) return null;
  const factor = factors.value.F(hkl);
  if (isAbsent(factor)) return null;
  const kh_lab = mat3.multiplyVector(sampleToLab, vec3.normalize(kh_sample_invA));
  const C = Math.sqrt(1 - vec3.dot(instrument.polarisation_lab, kh_lab) ** 2);
  const period_A =
    (Math.PI * crystal.cell.volume_A3) /
    (ELECTRON_RADIUS_A * wavelength_A * C * Math.sqrt(factor.abs * factor.abs_friedel));
  const inward = inwardNormal(path.entryFace);
  const gamma0 = vec3.dot(vec3.normalize(k0_sample_invA), inward);
  const gammah = vec3.dot(vec3.normalize(kh_sample_invA), inward);
  const um_PER_A = 1e-4;
  return {
    actual_um: period_A * Math.sqrt(gamma0 * Math.abs(gammah)) * um_PER_A,
    symmetricLaue_um: period_A * Math.cos(radians(twoTheta_deg / 2)) * um_PER_A,
  };
}

/** Inward unit normal of a face of the box, in the sample frame. */
function inwardNormal(face: FaceName): Vec3 {
  const inward = face.startsWith("-") ? 1 : -1;
  return [face.endsWith("x") ? inward : 0, face.endsWith("y") ? inward : 0, face.endsWith("z") ? inward : 0];
}
