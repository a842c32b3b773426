import { ENERGY_RANGE_keV } from "../../xray/index.ts";
import { type Focus, focuses } from "./imaging.ts";
import { boxLength_mm, type LensBox } from "./lensBox.ts";
import { boxMatrix, seriesOptics } from "./train.ts";

/** A lens in focus at one energy. */
export interface FocusAtEnergy {
  readonly energy_keV: number;
  readonly focus: Focus;
}

const SEARCHED = 240;
const POINTS = 200;
/** The ends of the curve are found to this part of their energy. */
const END = 1e-9;

/**
 * Where the lens stands and what it magnifies against energy at one distance from sample to detector: the highest range
 * of energies in focus from 1 to 150 keV, since below a gap the rays cross inside the box. Empty where there is none.
 * At its ends the curve turns steep as a square root does (at the top both places of the lens meet at M = 1): the
 * points crowd there as a cosine does, so that a line through them is smooth.
 */
export function focusCurve(box: LensBox, dTot_mm: number): readonly FocusAtEnergy[] {
  const dFree_mm = dTot_mm - boxLength_mm(box);
  const focusAt = (energy_keV: number): Focus | null => {
    const optics = seriesOptics(box, energy_keV);
    const [focus] = optics.ok ? focuses(boxMatrix(box, optics.value), dFree_mm) : [];
    return focus !== undefined && focus.M > 0 ? focus : null;
  };
  const [min, max] = ENERGY_RANGE_keV;
  const searched = Array.from({ length: SEARCHED + 1 }, (_, i) => min * (max / min) ** (i / SEARCHED));
  const isInFocus = searched.map((energy_keV) => focusAt(energy_keV) !== null);
  const last = isInFocus.lastIndexOf(true);
  if (last === -1) return [];
  const first = isInFocus.lastIndexOf(false, last) + 1;
  const endBetween = (inside: number, outside: number): number => {
    let good_keV = searched[inside]!;
    let bad_keV = searched[outside] ?? good_keV;
    while (Math.abs(bad_keV / good_keV - 1) > END) {
      const middle_keV = (good_keV + bad_keV) / 2;
      if (focusAt(middle_keV) === null) bad_keV = middle_keV;
      else good_keV = middle_keV;
    }
    return good_keV;
  };
  const from_keV = endBetween(first, first - 1);
  const width_keV = endBetween(last, last + 1) - from_keV;
  return Array.from(
    { length: POINTS + 1 },
    (_, i) => from_keV + width_keV * Math.sin((Math.PI * i) / (2 * POINTS)) ** 2,
  )
    .map((energy_keV) => ({ energy_keV, focus: focusAt(energy_keV) }))
    .filter((point): point is FocusAtEnergy => point.focus !== null);
}
