import { error, fail, ok, type Result } from "../../util/index.ts";
import { ENERGY_RANGE_keV } from "../../xray/index.ts";
import { type Focus, focusAtMagnification, focuses } from "./imaging.ts";
import { boxLength_mm, type LensBox, withCount } from "./lensBox.ts";
import { boxMatrix, seriesOptics } from "./train.ts";

/** Questions the other way round: from what is wanted to how the lens has to be. */

/** A focus with the distance from sample to detector that it takes. */
export interface PlacedFocus extends Focus {
  readonly dTot_mm: number;
}

/** Where lens and detector have to stand for a magnification at an energy. */
export function placeForMagnification(box: LensBox, energy_keV: number, M: number): Result<PlacedFocus> {
  const checked = checkMagnification(M);
  if (!checked.ok) return checked;
  const optics = seriesOptics(box, energy_keV);
  if (!optics.ok) return optics;
  const focus = focusAtMagnification(boxMatrix(box, optics.value), M);
  if (!(focus.d1_mm > 0 && focus.d2_mm > 0)) {
    return fail(
      error(
        "lens/no-place",
        `A magnification of ${M} would need sample or detector inside the lens box: take a higher energy or fewer lenslets.`,
        {
          field: "lens.magnification",
        },
      ),
    );
  }
  return ok({ ...focus, dTot_mm: focus.d1_mm + boxLength_mm(box) + focus.d2_mm });
}

export interface CountInFocus {
  readonly count: number;
  readonly focus: Focus;
}

/** The numbers of lenslets of one series, up to `maxCount`, with which the sample is imaged at the distance. */
export function countsInFocus(
  box: LensBox,
  series: number,
  { energy_keV, dTot_mm }: { readonly energy_keV: number; readonly dTot_mm: number },
  maxCount = 300,
): Result<readonly CountInFocus[]> {
  const optics = seriesOptics(box, energy_keV);
  if (!optics.ok) return optics;
  const found: CountInFocus[] = [];
  for (let count = 1; count <= maxCount; count++) {
    const changed = withCount(box, series, count);
    const matrix = boxMatrix(changed, optics.value);
    const [focus] = focuses(matrix, dTot_mm - boxLength_mm(changed));
    if (focus) found.push({ count, focus });
  }
  return ok(found);
}

const GRID = 400;

/**
 * The energies, rising, at which the lens images the sample with a magnification over a distance: the last is the usual
 * one, at lower ones the rays cross inside the box; none where it is out of reach from 1 to 150 keV.
 */
export function energiesForMagnification(box: LensBox, dTot_mm: number, M: number): Result<readonly number[]> {
  const checked = checkMagnification(M);
  if (!checked.ok) return checked;
  const dFree_mm = dTot_mm - boxLength_mm(box);
  const excess = (energy_keV: number): number => {
    const optics = seriesOptics(box, energy_keV);
    if (!optics.ok) return Number.NaN;
    const roots = focuses(boxMatrix(box, optics.value), dFree_mm);
    const root = M < 1 ? roots[1] : roots[0];
    return root ? root.M - M : Number.NaN;
  };
  const [min, max] = ENERGY_RANGE_keV;
  const grid = Array.from({ length: GRID + 1 }, (_, i) => min * (max / min) ** (i / GRID));
  const values = grid.map(excess);
  const energies: number[] = [];
  for (let i = 0; i < GRID; i++) {
    if (!(values[i]! * values[i + 1]! <= 0)) continue;
    const energy_keV = bisect(excess, grid[i]!, grid[i + 1]!);
    // A jump at an absorption edge changes the sign too, but reaches no zero.
    if (Math.abs(excess(energy_keV)) < 1e-6 * M) energies.push(energy_keV);
  }
  return ok(energies);
}

function bisect(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  const sign = Math.sign(f(low));
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (Math.sign(f(middle)) === sign) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const checkMagnification = (M: number): Result<number> =>
  M > 0 && Number.isFinite(M)
    ? ok(M)
    : fail(error("lens/magnification", "Give a magnification above 0.", { field: "lens.magnification" }));
