import { ELECTRON_RADIUS_A, radians } from "../util/index.ts";

export interface ExtinctionInput {
  readonly volume_A3: number;
  readonly wavelength_A: number;
  readonly twoTheta_deg: number;
  /** F(h) F(-h) as a modulus, in electrons squared. */
  readonly FF_abs: number;
  /** Polarisation factor of the amplitude: 1 for a beam polarised normal to the scattering plane. */
  readonly C: number;
  /** Cosines of k0 and kh to the inward normal of the entrance face. */
  readonly gamma0: number;
  readonly gammah: number;
}

/**
 * Pendelloesung period Lambda = pi V sqrt(gamma0 |gammah|) / (r_e lambda C sqrt|F_h F_-h|) in um, for the entrance
 * face at hand and for symmetric Laue (both cosines cos theta). Authier, Int. Tables B (2001), section 5.1.3.
 */
export function extinctionLengths_um(input: ExtinctionInput): {
  readonly actual: number;
  readonly symmetricLaue: number;
} {
  const { volume_A3, wavelength_A, twoTheta_deg, FF_abs, C, gamma0, gammah } = input;
  const period_A = (Math.PI * volume_A3) / (ELECTRON_RADIUS_A * wavelength_A * C * Math.sqrt(FF_abs));
  return {
    actual: period_A * Math.sqrt(gamma0 * Math.abs(gammah)) * 1e-4,
    symmetricLaue: period_A * Math.cos(radians(twoTheta_deg / 2)) * 1e-4,
  };
}
