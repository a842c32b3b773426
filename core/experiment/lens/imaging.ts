import type { RayMatrix } from "./train.ts";

/** A place of the lens between sample and detector at which the sample is imaged onto the detector. */
export interface Focus {
  /** Sample to the centre of the first lenslet. */
  readonly d1_mm: number;
  /** Centre of the last lenslet to the detector. */
  readonly d2_mm: number;
  /** Magnification; positive for an image that is turned over, as a single lens gives it. */
  readonly M: number;
}

/**
 * Place of the lens for a magnification. With f = -1 / C, the condition that the element B of the whole matrix vanishes
 * and that its element A is -M give d1 = f (1/M + D) and d2 = f (M + A), since the determinant is 1.
 */
export function focusAtMagnification({ a, c_per_mm, d }: RayMatrix, M: number): Focus {
  const f_mm = -1 / c_per_mm;
  return { d1_mm: f_mm * (1 / M + d), d2_mm: f_mm * (M + a), M };
}

/**
 * The places of the lens for a distance from sample to detector less the length of the box, the one with the larger
 * |M| first; empty where there is none with sample and detector outside the box. The two magnifications are the roots
 * of M + 1/M = (d1 + d2) / f - A - D.
 */
export function focuses(matrix: RayMatrix, dFree_mm: number): readonly Focus[] {
  const sum = -matrix.c_per_mm * dFree_mm - matrix.a - matrix.d;
  const discriminant = sum * sum - 4;
  if (!(discriminant >= 0)) return [];
  const larger = (sum + Math.sign(sum) * Math.sqrt(discriminant)) / 2;
  return [larger, 1 / larger]
    .map((M) => focusAtMagnification(matrix, M))
    .filter(({ d1_mm, d2_mm }) => d1_mm > 0 && d2_mm > 0);
}

/**
 * Smallest d1 + d2 at which the sample is imaged, where M = 1; null for a lens so strong that sample or detector would
 * be inside it.
 */
export function smallestFreeDistance_mm(matrix: RayMatrix): number | null {
  const { d1_mm, d2_mm } = focusAtMagnification(matrix, 1);
  return d1_mm > 0 && d2_mm > 0 ? d1_mm + d2_mm : null;
}
