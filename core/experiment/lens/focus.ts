import { error, fail, format, type Issue, ok, type Result, radians } from "../../util/index.ts";
import { type Focus, focuses, smallestFreeDistance_mm } from "./imaging.ts";
import { boxLength_mm, type LensBox, lensletCount, withCount } from "./lensBox.ts";
import type { LensOptics } from "./material.ts";
import { boxMatrix, seriesOptics } from "./train.ts";

/** Where the lens is to work. The distance from sample to detector is given along the beam or along lab X. */
export type LensPlace = {
  readonly energy_keV: number;
  readonly twoTheta_deg: number;
} & ({ readonly dTot_mm: number } | { readonly dTotHorizontal_mm: number });

/** Where the box is held, from the sample. */
export interface MountPoint {
  /** Along the incident beam and across it, towards the diffracted beam. */
  readonly x_mm: number;
  readonly y_mm: number;
  /** Along the diffracted beam and across it. */
  readonly along_mm: number;
  readonly orthogonal_mm: number;
}

/** Another number of lenslets with which the sample would be imaged. */
export interface LensletChange {
  /** Index of the series that changes. */
  readonly series: number;
  readonly count: number;
}

export interface LensFocus {
  readonly energy_keV: number;
  readonly twoTheta_deg: number;
  /** Sample to detector along the diffracted beam. */
  readonly dTot_mm: number;
  /** Centre of the first lenslet to that of the last. */
  readonly dL_mm: number;
  /** Of the whole box; negative where the rays cross inside it. */
  readonly focalLength_mm: number;
  /** The place with the larger magnification; null: nowhere is the sample imaged onto the detector. */
  readonly focus: Focus | null;
  /** The other place, if there is one. */
  readonly otherFocus: Focus | null;
  /** Smallest d_tot at which the box images; null where it is too strong for any. */
  readonly dTotMin_mm: number | null;
  /** Where there is no focus: the nearest number of lenslets that gives one at this distance, if any does. */
  readonly remedy: LensletChange | null;
  /** Null without focus. */
  readonly mountPoint: MountPoint | null;
}

const MAX_COUNT = 1000;

/** Distance from the sample to the detector along the diffracted beam. */
export function totalDistance_mm(place: LensPlace): Result<number> {
  const refuse = (message: string): Result<number> =>
    fail(error("lens/distance", message, { field: "lens.detectorDistance_mm" }));
  const given_mm = "dTot_mm" in place ? place.dTot_mm : place.dTotHorizontal_mm;
  if (!(given_mm > 0 && Number.isFinite(given_mm))) return refuse("Give a detector distance above 0 mm.");
  if ("dTot_mm" in place) return ok(given_mm);
  const cosine = Math.cos(radians(place.twoTheta_deg));
  if (!(cosine > 1e-9)) {
    return refuse(
      `At 2θ = ${format.angle(place.twoTheta_deg)} the beam never reaches a detector downstream: give the distance along the diffracted beam.`,
    );
  }
  return ok(given_mm / cosine);
}

/**
 * Where the lens has to stand to image the sample onto the detector: every lenslet thin, exact in closed form. That
 * there is no such place is an answer too, with an issue that says what would help.
 */
export function focusLens(box: LensBox, place: LensPlace): Result<LensFocus> {
  const { energy_keV, twoTheta_deg } = place;
  if (!Number.isFinite(twoTheta_deg)) {
    return fail(error("lens/two-theta", "2θ is not a number: choose a reflection.", { field: "reflection.hkl" }));
  }
  const dTot = totalDistance_mm(place);
  if (!dTot.ok) return dTot;
  const optics = seriesOptics(box, energy_keV);
  if (!optics.ok) return optics;
  const dTot_mm = dTot.value;
  const dL_mm = boxLength_mm(box);
  const matrix = boxMatrix(box, optics.value);
  const [focus = null, otherFocus = null] = focuses(matrix, dTot_mm - dL_mm);
  const free_mm = smallestFreeDistance_mm(matrix);
  const found: LensFocus = {
    energy_keV,
    twoTheta_deg,
    dTot_mm,
    dL_mm,
    focalLength_mm: -1 / matrix.c_per_mm,
    focus,
    otherFocus,
    dTotMin_mm: free_mm === null ? null : free_mm + dL_mm,
    remedy: focus ? null : nearestCount(box, optics.value, dTot_mm),
    mountPoint: focus && mountPointOf(box, focus.d1_mm, twoTheta_deg),
  };
  return ok(found, focus ? [] : [noFocus(noFocusWords(box, found))]);
}

/** Number of lenslets of the longest series, nearest to what it has, that gives a focus at the distance. */
function nearestCount(box: LensBox, optics: readonly LensOptics[], dTot_mm: number): LensletChange | null {
  const counts = box.series.map(({ count }) => count);
  const series = counts.indexOf(Math.max(...counts));
  const present = counts[series]!;
  const works = (count: number): boolean => {
    const changed = withCount(box, series, count);
    const [focus] = focuses(boxMatrix(changed, optics), dTot_mm - boxLength_mm(changed));
    // A negative magnification has an image inside the box: nobody would build that.
    return focus !== undefined && focus.M > 0;
  };
  for (let step = 1; step < MAX_COUNT; step++) {
    for (const count of [present + step, present - step]) {
      if (count > 0 && count <= MAX_COUNT && works(count)) return { series, count };
    }
  }
  return null;
}

/** In the scattering plane, x along the incident beam (dfxm.md A8: DF-XRM_viz's definition of the offsets). */
function mountPointOf({ mountPoint }: LensBox, d1_mm: number, twoTheta_deg: number): MountPoint {
  const cosine = Math.cos(radians(twoTheta_deg));
  const sine = Math.sin(radians(twoTheta_deg));
  const along_mm = d1_mm + mountPoint.along_mm;
  const x_mm = along_mm * cosine - mountPoint.orthogonal_mm * sine + mountPoint.offsetX_mm;
  const y_mm = along_mm * sine + mountPoint.orthogonal_mm * cosine + mountPoint.offsetY_mm;
  return { x_mm, y_mm, along_mm: x_mm * cosine + y_mm * sine, orthogonal_mm: y_mm * cosine - x_mm * sine };
}

/** Why a lens does not focus, and what would help, each a sentence. */
export function noFocusWords(
  box: LensBox,
  { energy_keV, dTot_mm, dTotMin_mm, remedy }: LensFocus,
): { readonly cause: string; readonly help: string } {
  const lens = `${lensletCount(box)} lenslets at ${Number(energy_keV.toPrecision(6))} keV`;
  const mm = (value: number): string => `${format.fixed(value, 0)} mm`;
  const tooStrong = dTotMin_mm === null || dTot_mm >= dTotMin_mm;
  const cause = tooStrong
    ? `${lens} focus so strongly that the sample would have to be inside the lens box`
    : `${lens} need at least ${mm(Math.ceil(dTotMin_mm))} from sample to detector, and the way is ${mm(dTot_mm)}`;
  const place = box.series.length > 1 && remedy ? ` in series ${remedy.series + 1}` : "";
  const lenslets = remedy
    ? `${remedy.count} lenslets${place} in place of ${box.series[remedy.series]!.count}`
    : "another lens";
  const energy = tooStrong ? "a higher energy" : "a larger distance or a lower energy";
  return { cause: `No focus: ${cause}.`, help: `Take ${lenslets}, or ${energy}.` };
}

const noFocus = ({ cause, help }: ReturnType<typeof noFocusWords>): Issue => ({
  code: "lens/no-focus",
  severity: "warning",
  message: `${cause} ${help}`,
  field: "lens.file",
});
