import type { UnitCell } from "../crystal/index.ts";
import { degrees, format, type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";

/** The lattice plane that a face of the sample is. */
export interface Facet {
  readonly hkl: Vec3;
  /** Angle between the face and the plane. */
  readonly off_deg: number;
}

const MAX_INDEX = 6;
/** A face within this of a lattice plane is that plane. */
const EXACT_deg = 0.01;
/** A plane of lower indices is named if it is this much nearer per step of its indices than the best one. */
const PER_INDEX_deg = 0.25;

/** Indices that a low-index face may have, lowest first. */
const PLANES: readonly Vec3[] = planes();

function planes(): readonly Vec3[] {
  const range = Array.from({ length: 2 * MAX_INDEX + 1 }, (_, i) => i - MAX_INDEX);
  const all = range.flatMap((h) => range.flatMap((k) => range.map((l): Vec3 => [h, k, l])));
  return all.filter((hkl) => hkl.reduce(divisor, 0) === 1).sort((a, b) => weight(a) - weight(b));
}
function divisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : divisor(b, a % b);
}
function weight(hkl: Vec3): number {
  return hkl.reduce((sum, index) => sum + Math.abs(index), 0);
}

/** The lattice plane nearest to a face normal (Cartesian crystal frame), low indices preferred unless one fits exactly. */
export const facetOf = (normal_crystal: Vec3, cell: UnitCell): Facet => nearest(normal_crystal, cell.reciprocal);

/** The lattice direction [u,v,w] nearest to a direction of the Cartesian crystal frame, as `facetOf`. */
export const latticeDirectionOf = (direction_crystal: Vec3, cell: UnitCell): Facet =>
  nearest(direction_crystal, cell.direct);

function nearest(direction: Vec3, basis: Mat3): Facet {
  const unit = vec3.normalize(direction);
  let best: Facet = { hkl: [0, 0, 1], off_deg: 180 };
  let bestScore = Number.POSITIVE_INFINITY;
  for (const hkl of PLANES) {
    const off_deg = degrees(vec3.angleBetween(mat3.multiplyVector(basis, hkl), unit));
    if (off_deg < EXACT_deg) return { hkl, off_deg };
    const score = off_deg + PER_INDEX_deg * weight(hkl);
    if (score >= bestScore) continue;
    bestScore = score;
    best = { hkl, off_deg };
  }
  return best;
}

export const isExact = ({ off_deg }: Facet): boolean => off_deg < EXACT_deg;
export const facetText = (facet: Facet): string => `${isExact(facet) ? "" : "≈ "}(${format.millerIndices(facet.hkl)})`;

const cache = new WeakMap<UnitCell, { readonly toSample: Mat3; readonly facets: readonly Facet[] }>();

/** Facets of the sample's faces +x, -x, +y, -y, +z, -z. */
export function sampleFacets(crystalToSample: Mat3, cell: UnitCell): readonly Facet[] {
  const known = cache.get(cell);
  if (known && JSON.stringify(known.toSample) === JSON.stringify(crystalToSample)) return known.facets;
  const facets = crystalToSample.flatMap((axis): readonly Facet[] => {
    const facet = facetOf(axis, cell);
    return [facet, { ...facet, hkl: facet.hkl.map((index) => -index + 0) as unknown as Vec3 }];
  });
  cache.set(cell, { toSample: crystalToSample, facets });
  return facets;
}
