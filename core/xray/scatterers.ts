import type { Crystal, Site } from "../crystal/index.ts";
import { type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";

/** All images of one site in the cell. */
export interface Images {
  /** Fractional coordinates, three numbers an image. */
  readonly positions: Float64Array;
  /** Occupancy of each image. */
  readonly weights: Float64Array;
  /** beta 11, 22, 33, 12, 13, 23 of T = exp(-h beta h), six numbers an image; null unless the site is anisotropic. */
  readonly betas: Float64Array | null;
}

/** Images nearer than this (fractional) are one atom on a special position. */
const COINCIDENCE = 1e-4;

const coincide = (a: Vec3, b: Vec3): boolean =>
  vec3.subtract(a, b).every((difference) => Math.abs(difference - Math.round(difference)) < COINCIDENCE);

/** beta_ij = 2 pi^2 a*_i a*_j U_ij of a site, or null. Giacovazzo, Fundamentals of Crystallography, section 3.3. */
function betaOf({ displacement }: Site, { cell }: Crystal): Mat3 | null {
  if (displacement.kind !== "aniso") return null;
  const { U11, U22, U33, U12, U13, U23 } = displacement;
  const [a, b, c] = mat3.transpose(cell.reciprocal);
  const axes: Vec3 = [vec3.norm(a), vec3.norm(b), vec3.norm(c)];
  const row = (i: 0 | 1 | 2, U: Vec3): Vec3 =>
    vec3.scale([axes[0] * U[0], axes[1] * U[1], axes[2] * U[2]], axes[i] / 2);
  return [row(0, [U11, U12, U13]), row(1, [U12, U22, U23]), row(2, [U13, U23, U33])];
}

const sixOf = (m: Mat3): readonly number[] => [m[0][0], m[1][1], m[2][2], m[0][1], m[0][2], m[1][2]];

/**
 * Images of a site under all operations of the group. Each operation carries occupancy * multiplicity / order, and
 * operations that lead to the same place add up, their tensors averaged: so the site counts as often as it says.
 */
export function imagesOf(site: Site, crystal: Crystal): Images {
  const { operations } = crystal.spaceGroup;
  const share = (site.occupancy * site.multiplicity) / operations.length;
  const isSpecial = site.multiplicity < operations.length;
  const beta = betaOf(site, crystal);
  const places: { readonly position: Vec3; readonly betaSum: number[]; count: number }[] = [];
  for (const { rotation, translation } of operations) {
    const position = vec3.add(mat3.multiplyVector(rotation, site.position), translation);
    let place = isSpecial ? places.find((other) => coincide(other.position, position)) : undefined;
    if (place === undefined) {
      place = { position, betaSum: [0, 0, 0, 0, 0, 0], count: 0 };
      places.push(place);
    }
    place.count++;
    if (beta === null) continue;
    const rotated = sixOf(mat3.multiply(mat3.multiply(rotation, beta), mat3.transpose(rotation)));
    for (const [i, value] of rotated.entries()) place.betaSum[i]! += value;
  }
  return {
    positions: Float64Array.from(places.flatMap(({ position }) => position)),
    weights: Float64Array.from(places, ({ count }) => count * share),
    betas: beta && Float64Array.from(places.flatMap(({ betaSum, count }) => betaSum.map((sum) => sum / count))),
  };
}
