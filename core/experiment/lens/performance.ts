import { fail, type Issue, ok, type Result, radians, wavelength_A } from "../../util/index.ts";
import type { Camera } from "../instrument/index.ts";
import { type Acceptance, acceptance } from "./acceptance.ts";
import { focusLens, type LensFocus } from "./focus.ts";
import type { LensBox } from "./lensBox.ts";
import { lensTrain, seriesOptics } from "./train.ts";

/** What the beam and the camera add to the lens; null where it is not known. */
export interface LensSurroundings {
  /** Delta E / E, full width at half maximum. */
  readonly bandwidth_fwhm: number | null;
  readonly camera: Camera | null;
}

/** What an image through the lens is worth. */
export interface LensPerformance {
  readonly acceptance: Acceptance;
  /** The smaller of the full widths by attenuation and by the aperture. */
  readonly numericalAperture_fwhm_mrad: number;
  readonly isApertureLimited: boolean;
  /** lambda / NA^2: the whole range of d1 over which the image stays sharp. */
  readonly depthOfField_um: number;
  /** 0.75 lambda / NA, the figure that is usual for these lenses; without detector and aberrations. */
  readonly resolution_nm: number;
  /** 0.44 lambda / NA: width at half maximum of the image of a point by a Gaussian pupil. */
  readonly resolutionGaussian_nm: number;
  readonly chromatic: ChromaticShift;
  /** Null without a camera in the profile. */
  readonly pixel: PixelSize | null;
  /** From the lens axis at the first lenslet to the direct beam (dfxm.md E19). */
  readonly directBeamClearance_mm: number;
}

export interface ChromaticShift {
  /** Change of d1 with the energy at fixed distance from sample to detector. */
  readonly dd1_dE_mm_per_keV: number;
  /** Over the bandwidth; null where it is not known. */
  readonly overBandwidth_um: number | null;
  /** Change of energy after which the lens has to be moved: it shifts d1 by half the depth of field. */
  readonly refocusAfter_eV: number;
}

/** One pixel of the camera as seen in the sample, and all of them. */
export interface PixelSize {
  /** Across the diffracted beam. */
  readonly across_nm: number;
  /** Along the incident beam in a thin layer; null at 2theta 0, where the layer is seen from the side. */
  readonly along_nm: number | null;
  readonly fieldAcross_um: number;
  readonly fieldAlong_um: number | null;
}

const nm_PER_A = 0.1;
/** Of the energy, for the derivative of d1. */
const STEP = 1e-4;

/** What follows from a lens in focus; null where it is not in focus. */
export function lensPerformance(
  box: LensBox,
  found: LensFocus,
  surroundings: LensSurroundings,
): Result<LensPerformance | null> {
  const { focus, energy_keV, twoTheta_deg } = found;
  if (focus === null) return ok(null);
  const optics = seriesOptics(box, energy_keV);
  if (!optics.ok) return optics;
  const accepted = acceptance(lensTrain(box, optics.value), focus.d1_mm);
  const byAperture = accepted.aperture?.fullAngle_rad ?? Number.POSITIVE_INFINITY;
  const isApertureLimited = byAperture < accepted.absorption_fwhm_rad;
  const NA = Math.min(byAperture, accepted.absorption_fwhm_rad);
  const lambda_nm = wavelength_A(energy_keV) * nm_PER_A;
  const depthOfField_um = lambda_nm / NA ** 2 / 1000;
  const slope = slope_mm_per_keV(box, found);
  if (!slope.ok) return slope;
  const { bandwidth_fwhm, camera } = surroundings;
  const chromatic: ChromaticShift = {
    dd1_dE_mm_per_keV: slope.value,
    overBandwidth_um: bandwidth_fwhm === null ? null : Math.abs(slope.value) * energy_keV * bandwidth_fwhm * 1000,
    refocusAfter_eV: depthOfField_um / 2 / Math.abs(slope.value),
  };
  const performance: LensPerformance = {
    acceptance: accepted,
    numericalAperture_fwhm_mrad: NA * 1000,
    isApertureLimited,
    depthOfField_um,
    resolution_nm: (0.75 * lambda_nm) / NA,
    resolutionGaussian_nm: (((2 * Math.LN2) / Math.PI) * lambda_nm) / NA,
    chromatic,
    pixel: camera && pixelSize(camera, focus.M, twoTheta_deg),
    directBeamClearance_mm: focus.d1_mm * Math.sin(radians(twoTheta_deg)),
  };
  return ok(performance, warnings(performance));
}

/** By a central difference, on one side only at the ends of the tables and of the range in which there is a focus. */
function slope_mm_per_keV(box: LensBox, { energy_keV, twoTheta_deg, dTot_mm, focus }: LensFocus): Result<number> {
  const points = [energy_keV * (1 - STEP), energy_keV * (1 + STEP)].flatMap((energy) => {
    const moved = focusLens(box, { energy_keV: energy, twoTheta_deg, dTot_mm });
    return moved.ok && moved.value.focus ? [{ energy, d1_mm: moved.value.focus.d1_mm }] : [];
  });
  const [first, last = { energy: energy_keV, d1_mm: focus?.d1_mm ?? Number.NaN }] = points;
  if (first === undefined) {
    return fail({
      code: "lens/edge-of-focus",
      severity: "error",
      message: "The lens is in focus at this one energy only: take a larger distance.",
      field: "lens.detectorDistance_mm",
    });
  }
  return ok((last.d1_mm - first.d1_mm) / (last.energy - first.energy));
}

/** A camera normal to the beam sees a layer along the incident beam under sin 2theta, an upright one under tan 2theta. */
function pixelSize(
  { pixel_um, opticalMagnification, size_px, mounting }: Camera,
  M: number,
  twoTheta_deg: number,
): PixelSize {
  const across_nm = (pixel_um * 1000) / (opticalMagnification * Math.abs(M));
  const twoTheta = radians(twoTheta_deg);
  const shortening = mounting === "normal" ? Math.sin(twoTheta) : Math.tan(twoTheta);
  const along_nm = Math.abs(shortening) > 1e-9 ? across_nm / Math.abs(shortening) : null;
  const [columns, rows] = size_px;
  return {
    across_nm,
    along_nm,
    fieldAcross_um: (columns * across_nm) / 1000,
    fieldAlong_um: along_nm === null ? null : (rows * along_nm) / 1000,
  };
}

function warnings({ chromatic, depthOfField_um, isApertureLimited }: LensPerformance): readonly Issue[] {
  const issues: Issue[] = [];
  const { overBandwidth_um } = chromatic;
  if (overBandwidth_um !== null && overBandwidth_um > depthOfField_um) {
    issues.push({
      code: "lens/chromatic",
      severity: "warning",
      message: `Over the bandwidth the focus moves by ${overBandwidth_um.toFixed(0)} µm, more than the depth of field of ${depthOfField_um.toFixed(0)} µm: the image is blurred. Take a narrower bandwidth or a lower energy.`,
      field: "beam.bandwidth_fwhm",
    });
  }
  if (isApertureLimited) {
    issues.push({
      code: "lens/aperture",
      severity: "information",
      message:
        "The discs are narrower than the absorption: the numerical aperture is that of the geometrical aperture.",
      field: "lens.file",
    });
  }
  return issues;
}
