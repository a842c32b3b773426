import {
  degrees,
  error,
  fail,
  format,
  type Mat3,
  mat3,
  ok,
  type Result,
  radians,
  type Vec3,
  vec3,
  wavelength_A,
} from "../util/index.ts";
import type { Hkl } from "./plan.ts";

/** Bragg condition of one reflection at one energy, in the frame of the given vectors. */
export interface Diffraction {
  readonly wavelength_A: number;
  readonly d_A: number;
  readonly twoTheta_deg: number;
  readonly k0_invA: Vec3;
  readonly kh_invA: Vec3;
}

/**
 * k0 = -Q/2 + p sqrt(k^2 - Q^2/4), kh = k0 + Q with k = 2 pi/lambda: the Laue condition with the mean beam direction
 * (k0 + kh) along p, the part of `beamExit` orthogonal to Q; 2theta = 2 asin(|Q| lambda / 4 pi).
 */
export function diffract(hkl: Hkl, Q_invA: Vec3, beamExit: Vec3, energy_keV: number): Result<Diffraction> {
  const lambda_A = wavelength_A(energy_keV);
  const k = (2 * Math.PI) / lambda_A;
  const q = vec3.norm(Q_invA);
  const sinTheta = q / (2 * k);
  if (sinTheta >= 1) {
    const lowest_keV = (energy_keV * q) / (2 * k);
    return fail(
      error(
        "plan/not-reachable",
        `(${hkl.join(",")}) cannot diffract at ${energy_keV} keV: sin θ would be ${format.fixed(sinTheta, 4)}. It needs more than ${format.fixed(lowest_keV, 4)} keV.`,
        { field: "beam.energy_keV" },
      ),
    );
  }
  const p = vec3.normalize(vec3.reject(beamExit, vec3.normalize(Q_invA)));
  const mean = vec3.scale(p, Math.sqrt(k * k - (q * q) / 4));
  const half = vec3.scale(Q_invA, 0.5);
  return ok({
    wavelength_A: lambda_A,
    d_A: (2 * Math.PI) / q,
    twoTheta_deg: degrees(2 * Math.asin(sinTheta)),
    k0_invA: vec3.subtract(mean, half),
    kh_invA: vec3.add(mean, half),
  });
}

/** Direction in which the diffracted beam is deflected, orthogonal to the beam: eta 0 is up, -90 is +Y. */
export const deflectionDirection_lab = (eta_deg: number): Vec3 => [
  0,
  -Math.sin(radians(eta_deg)),
  Math.cos(radians(eta_deg)),
];

/** The rotation that takes (k0^, kh_perp^, k0^ x kh_perp^) of the sample frame to (X, e_s, X x e_s) of the lab. */
export function sampleToLabRotation(k0_sample: Vec3, kh_sample: Vec3, eta_deg: number): Mat3 {
  const beam = vec3.normalize(k0_sample);
  const deflection = vec3.normalize(vec3.reject(kh_sample, beam));
  const X: Vec3 = [1, 0, 0];
  const e_s = deflectionDirection_lab(eta_deg);
  const sampleRows: Mat3 = [beam, deflection, vec3.cross(beam, deflection)];
  const labColumns = mat3.transpose([X, e_s, vec3.cross(X, e_s)]);
  return mat3.multiply(labColumns, sampleRows);
}
