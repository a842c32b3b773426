import { effect, type ReadonlySignal } from "@preact/signals-core";
import { format, radians } from "../../core/util/index.ts";
import { element } from "../ui/dom.ts";
import { resultList, resultRow } from "../ui/results.ts";
import { section } from "../ui/section.ts";
import type { LensState } from "./deriveLens.ts";

type Value = ReadonlySignal<LensState | null>;

const mm = (value: number, decimals = 3): string => `${format.fixed(value, decimals)} mm`;
const um = (value: number): string => `${format.fixed(value, 0)} µm`;
const UNKNOWN = "unknown";

/** The answer in one line: where the lens goes and what it magnifies, or why nothing is in focus. */
export function lensHeadline(value: Value): HTMLElement {
  const line = element("p", { class: "headline", attributes: { role: "status", "data-result": "headline" } });
  effect(() => {
    const shown = value.value;
    if (shown === null) return;
    const { focus, twoTheta_deg } = shown.found;
    const part = (text: string, className = ""): HTMLElement => element("span", { text, class: className });
    line.replaceChildren(
      ...(focus === null
        ? [part(`✗ ${shown.refusal ?? "No focus"}`, "headline-bad")]
        : [
            part("✓ in focus", "headline-strong"),
            part(`d1 ${mm(focus.d1_mm)}`, "headline-strong"),
            part(`M ${format.fixed(focus.M, 3)}`, "headline-strong"),
            part(`2θ ${format.angle(twoTheta_deg)}`),
            part(`d2 ${mm(focus.d2_mm)}`),
          ]),
    );
  });
  return line;
}

/** The numbers, each with its definition. */
export function lensResults(value: Value): readonly HTMLElement[] {
  const ofFocus = [imageResults(value), lightResults(value), chromaticResults(value)];
  effect(() => {
    const isInFocus = value.value?.found.focus != null;
    for (const part of ofFocus) part.hidden = !isInFocus;
  });
  return [placeResults(value), ...ofFocus];
}

function placeResults(value: Value): HTMLElement {
  const d1 = resultRow("d1", "d1");
  const mountX = resultRow("mountX", "Mount x");
  const mountY = resultRow("mountY", "Mount y");
  const tolerance = resultRow("tolerance", "Tolerance of d1");
  const f = resultRow("focalLength", "Focal length");
  const other = resultRow("otherRoot", "Other place");
  const smallest = resultRow("smallestDistance", "Smallest d tot′");
  const clearance = resultRow("clearance", "Direct beam");
  effect(() => {
    const shown = value.value;
    if (shown === null) return;
    const { found, performance, instrument } = shown;
    const { focus, mountPoint, otherFocus } = found;
    for (const row of [d1, mountX, mountY, tolerance, other, clearance]) row.element.hidden = focus === null;
    const smallest_mm = found.dTotMin_mm === null ? null : found.dTotMin_mm * Math.cos(radians(found.twoTheta_deg));
    smallest.show(
      smallest_mm === null ? "none" : mm(smallest_mm),
      smallest_mm === null
        ? "so strong a lens images only inside its box"
        : "sample to detector along the incident beam; M is 1 there, and nothing nearer is in focus",
    );
    d1.show(focus ? mm(focus.d1_mm) : "–", "sample to the centre of the first lenslet");
    mountX.show(mountPoint ? mm(mountPoint.x_mm) : "–", "along the incident beam, from the sample");
    mountY.show(mountPoint ? mm(mountPoint.y_mm) : "–", "across it, towards the diffracted beam");
    tolerance.show(performance ? `±${um(performance.depthOfField_um / 2)}` : "–", "half the depth of field");
    f.show(mm(found.focalLength_mm), "of all lenslets together, thin ones in a row");
    other.show(
      otherFocus ? `d1 ${mm(otherFocus.d1_mm, 1)}` : "none",
      otherFocus ? `M ${format.significant(otherFocus.M, 3)}: the second place with a sharp image` : "",
    );
    const housing_mm = instrument.lensHousing_halfHeight_mm;
    clearance.show(
      performance ? mm(performance.directBeamClearance_mm, 1) : "–",
      housing_mm === null
        ? "from the lens axis at d1: d1 sin 2θ; housing size not in the profile"
        : `from the lens axis at d1; the housing takes ${mm(housing_mm, 1)}`,
    );
  });
  return section("Place", resultList(d1, mountX, mountY, tolerance, f, other, smallest, clearance));
}

function imageResults(value: Value): HTMLElement {
  const magnification = resultRow("M", "Magnification");
  const depth = resultRow("depthOfField", "Depth of field");
  const resolution = resultRow("resolution", "Resolution");
  const gaussian = resultRow("resolutionGaussian", "Resolution, Gaussian");
  const pixel = resultRow("pixel", "Pixel across");
  const layer = resultRow("pixelAlong", "Pixel along beam");
  const field = resultRow("field", "Camera field");
  effect(() => {
    const shown = value.value;
    if (shown === null) return;
    const { found, performance, instrument } = shown;
    magnification.show(
      found.focus ? format.fixed(found.focus.M, 3) : "–",
      found.focus !== null && found.focus.M < 0
        ? "by the lens alone; the beams already cross inside the box, so the image is upright"
        : "by the lens alone; the image is turned over",
    );
    depth.show(performance ? um(performance.depthOfField_um) : "–", "λ/NA², whole range");
    resolution.show(
      performance ? `${format.fixed(performance.resolution_nm, 0)} nm` : "–",
      "0.75 λ/NA, as usual for such lenses",
    );
    gaussian.show(
      performance ? `${format.fixed(performance.resolutionGaussian_nm, 0)} nm` : "–",
      "0.44 λ/NA, of a Gaussian pupil; both without camera and lens errors",
    );
    const { camera } = instrument;
    const size = performance?.pixel ?? null;
    const nm = (length: number): string => `${format.fixed(length, 1)} nm`;
    if (camera === null) {
      for (const row of [pixel, layer, field]) row.show(UNKNOWN, "no camera in the instrument profile");
      return;
    }
    pixel.show(
      size ? nm(size.across_nm) : "–",
      `in the sample, across the beam: ${camera.pixel_um} µm / (${camera.opticalMagnification} M)`,
    );
    layer.show(
      size?.along_nm != null ? nm(size.along_nm) : "–",
      camera.mounting === "normal"
        ? "along the incident beam, camera normal to the beam: / sin 2θ"
        : "along the incident beam, upright camera: / tan 2θ",
    );
    const along = size?.fieldAlong_um == null ? "" : ` × ${um(size.fieldAlong_um)}`;
    field.show(size ? `${um(size.fieldAcross_um)}${along}` : "–", "all pixels, across and along");
  });
  return section("Image", resultList(magnification, depth, resolution, gaussian, pixel, layer, field));
}

function lightResults(value: Value): HTMLElement {
  const NA = resultRow("numericalAperture", "NA");
  const fov = resultRow("fieldOfView", "Field of view");
  const aperture = resultRow("aperture", "Aperture of discs");
  const cone = resultRow("apertureAngle", "NA of discs");
  const apertureField = resultRow("apertureField", "Field of discs");
  const onAxis = resultRow("axialTransmission", "Transmission, axis");
  const mean = resultRow("meanTransmission", "Transmission, mean");
  effect(() => {
    const shown = value.value;
    if (shown === null) return;
    const acceptance = shown.performance?.acceptance ?? null;
    const mrad = (angle_rad: number): string => `${format.fixed(angle_rad * 1000, 4)} mrad`;
    NA.show(
      acceptance ? mrad(acceptance.absorption_fwhm_rad) : "–",
      "full angle that passes at half maximum, by total attenuation",
    );
    fov.show(acceptance ? um(acceptance.fieldOfView_fwhm_mm * 1000) : "–", "FWHM in the sample, by total attenuation");
    const disc = acceptance?.aperture ?? null;
    aperture.show(
      disc ? um(disc.diameter_mm * 1000) : UNKNOWN,
      disc
        ? "2 √(R T), T the disc without web"
        : "the lens file gives no disc thickness, so neither its NA nor its field",
    );
    for (const row of [cone, apertureField]) row.element.hidden = disc === null;
    cone.show(disc ? mrad(disc.fullAngle_rad) : UNKNOWN, "full angle past the discs");
    apertureField.show(disc ? um(disc.field_mm * 1000) : UNKNOWN, "from which any ray passes the discs");
    const { axialTransmission = null, meanTransmission = null } = acceptance ?? {};
    onAxis.show(
      axialTransmission === null ? UNKNOWN : format.percent(axialTransmission),
      axialTransmission === null ? "the lens file gives no web thickness" : "transmission of the webs",
    );
    mean.show(
      meanTransmission === null ? UNKNOWN : format.percent(meanTransmission),
      meanTransmission === null ? "needs disc and web" : "transmission over the cone of the aperture",
    );
  });
  return section("Acceptance and transmission", resultList(NA, fov, aperture, cone, apertureField, onAxis, mean));
}

function chromaticResults(value: Value): HTMLElement {
  const slope = resultRow("dd1dE", "dd1/dE");
  const blur = resultRow("chromaticShift", "Over bandwidth");
  const refocus = resultRow("refocusAfter", "Refocus after");
  effect(() => {
    const shown = value.value;
    if (shown === null) return;
    const { performance, bandwidth_fwhm } = shown;
    const chromatic = performance?.chromatic;
    slope.show(chromatic ? `${format.fixed(chromatic.dd1_dE_mm_per_keV, 2)} mm/keV` : "–", "at fixed detector");
    const shift = chromatic?.overBandwidth_um ?? null;
    const share = shift !== null && performance ? shift / performance.depthOfField_um : null;
    blur.show(
      shift === null ? UNKNOWN : um(shift),
      bandwidth_fwhm === null
        ? "neither plan nor profile gives the bandwidth"
        : `ΔE/E ${bandwidth_fwhm} (FWHM)${share === null ? "" : `: ${format.percent(share)} of the depth of field`}`,
    );
    refocus.show(
      chromatic ? `±${format.significant(chromatic.refocusAfter_eV, 2)} eV` : "–",
      "change of energy that moves the focus by half the depth of field: energy scans need refocusing",
    );
  });
  return section("Chromatic aberration", resultList(slope, blur, refocus));
}
