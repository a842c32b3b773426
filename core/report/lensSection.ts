import type { LensFocus, LensPerformance } from "../experiment/index.ts";
import { format, type Issue } from "../util/index.ts";
import { type Block, type Fact, fact, facts, type Section } from "./content.ts";
import type { Picture } from "./picture.ts";

const mm = (value: number): string => `${format.fixed(value, 3)} mm`;
const um = (value: number): string => `${format.significant(value, 4)} µm`;
const nm = (value: number): string => `${format.significant(value, 3)} nm`;
const mrad = (angle_rad: number): string => `${format.fixed(angle_rad * 1000, 4)} mrad`;

/** Where the lens stands and what its image is worth, or why there is none. */
export function lensSection(input: {
  /** Null where nothing can be said of the lens; `issues` says why. */
  readonly lens: LensFocus | null;
  readonly performance: LensPerformance | null;
  readonly bandwidth_fwhm: number | null;
  readonly issues: readonly Issue[];
  readonly drawing: Picture | null;
}): Section {
  const { lens, performance, bandwidth_fwhm, issues, drawing } = input;
  const picture: readonly Block[] = drawing ? [{ kind: "picture", picture: drawing }] : [];
  const reasons = issues.map(({ message }) => ({ word: "No focus", text: message.replace(/^No focus: /, "") }));
  const blocks: readonly Block[] = lens?.focus
    ? [
        facts(...placeFacts(lens, lens.focus, performance)),
        ...(performance ? [imageFacts(performance, bandwidth_fwhm)] : []),
      ]
    : [{ kind: "notes", notes: reasons }];
  return { id: "lens", title: "Lens", blocks: [...picture, ...blocks] };
}

function placeFacts(
  lens: LensFocus,
  focus: NonNullable<LensFocus["focus"]>,
  performance: LensPerformance | null,
): readonly Fact[] {
  const { mountPoint, otherFocus } = lens;
  return [
    fact("d₁", mm(focus.d1_mm), "sample to the centre of the first lenslet"),
    ...(performance
      ? [fact("Tolerance of d₁", `±${um(performance.depthOfField_um / 2)}`, "half the depth of field")]
      : []),
    fact("d_L", mm(lens.dL_mm), "centre of the first lenslet to that of the last"),
    fact("d₂", mm(focus.d2_mm), "centre of the last lenslet to the detector"),
    fact("d_tot", mm(lens.dTot_mm), "along the diffracted beam"),
    fact("Magnification", format.fixed(focus.M, 4)),
    fact("Focal length of the box", mm(lens.focalLength_mm)),
    ...(mountPoint
      ? [
          fact(
            "Mount point",
            `x ${mm(mountPoint.x_mm)}, y ${mm(mountPoint.y_mm)}`,
            "from the sample, along and across the incident beam",
          ),
        ]
      : []),
    ...(otherFocus
      ? [
          fact(
            "Second place in focus",
            `d₁ ${mm(otherFocus.d1_mm)}`,
            `magnification ${format.significant(otherFocus.M, 4)}`,
          ),
        ]
      : []),
    ...(performance
      ? [fact("Direct beam", mm(performance.directBeamClearance_mm), "from the lens axis at d₁: d₁ sin 2θ")]
      : []),
  ];
}

function imageFacts(performance: LensPerformance, bandwidth_fwhm: number | null): Block {
  const { acceptance, chromatic, pixel, depthOfField_um } = performance;
  const { aperture, axialTransmission, meanTransmission } = acceptance;
  const unknown = (what: string): string => `not known: the lens file gives no ${what}`;
  const shift_um = chromatic.overBandwidth_um;
  return facts(
    fact("Numerical aperture", mrad(acceptance.absorption_fwhm_rad), "full angle at half maximum, by attenuation"),
    fact("Field of view", um(acceptance.fieldOfView_fwhm_mm * 1000), "in the sample, full width at half maximum"),
    fact(
      "Geometrical aperture",
      aperture ? um(aperture.diameter_mm * 1000) : unknown("disc thickness"),
      ...(aperture ? [`2 √(R T): ${mrad(aperture.fullAngle_rad)}, field ${um(aperture.field_mm * 1000)}`] : []),
    ),
    fact("Depth of field", um(depthOfField_um), "λ/NA², the whole range"),
    fact("Resolution", nm(performance.resolution_nm), "0.75 λ/NA, without camera and lens errors"),
    fact("with a Gaussian pupil", nm(performance.resolutionGaussian_nm), "0.44 λ/NA"),
    ...(pixel
      ? [
          fact("Pixel in the sample", nm(pixel.across_nm), "across the diffracted beam"),
          ...(pixel.along_nm === null ? [] : [fact("Pixel in a layer", nm(pixel.along_nm), "along the incident beam")]),
          fact(
            "Field of the camera",
            `${um(pixel.fieldAcross_um)}${pixel.fieldAlong_um === null ? "" : ` × ${um(pixel.fieldAlong_um)}`}`,
            "in the sample, across and along",
          ),
        ]
      : []),
    fact(
      "Transmission of the lens",
      axialTransmission === null ? unknown("web thickness") : format.percent(axialTransmission),
      ...(axialTransmission === null
        ? []
        : [`on the axis${meanTransmission === null ? "" : `; ${format.percent(meanTransmission)} over the aperture`}`]),
    ),
    fact(
      "Chromatic shift of d₁",
      `${format.fixed(chromatic.dd1_dE_mm_per_keV, 2)} mm/keV`,
      `refocus after ±${format.significant(chromatic.refocusAfter_eV, 2)} eV`,
    ),
    ...(shift_um === null || bandwidth_fwhm === null
      ? []
      : [
          fact(
            "over the bandwidth",
            um(shift_um),
            `ΔE/E ${bandwidth_fwhm}: ${format.percent(shift_um / depthOfField_um)} of the depth of field`,
          ),
        ]),
  );
}
