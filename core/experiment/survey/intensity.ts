import { ELECTRON_RADIUS_A, radians } from "../../util/index.ts";

export interface IntensityInput {
  /** |F| in electrons per cell. */
  readonly F: number;
  readonly volume_A3: number;
  readonly wavelength_A: number;
  readonly twoTheta_deg: number;
  readonly polarisation: number;
  /** Way of the incident beam through the crystal. */
  readonly path_um: number;
}

const A_PER_um = 1e4;

/**
 * Kinematical integrated intensity of a rocking scan about the normal of the plane of diffraction, per incident photon:
 * R = r_e^2 lambda^3 P |F|^2 s / (V^2 sin 2theta) for a way s along k0 (Warren, X-ray Diffraction (1969), equation 4.7).
 */
export const kinematicalIntensity_urad = (input: IntensityInput): number =>
  (1e6 *
    (ELECTRON_RADIUS_A ** 2 * input.wavelength_A ** 3 * input.polarisation * input.F ** 2 * input.path_um * A_PER_um)) /
  (input.volume_A3 ** 2 * Math.sin(radians(input.twoTheta_deg)));
