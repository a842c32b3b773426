import type { Crystal, Site } from "../crystal/index.ts";
import { type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";

type Operation = Crystal["spaceGroup"]["operations"][number];

/** The operations of a group without those that a sum over atoms takes care of by a factor. */
export interface ReducedGroup {
  /** One operation of each coset of the centrings and, if `isCentric`, the inversion at the origin. */
  readonly operations: readonly Operation[];
  /** Lattice centrings other than zero; a reflection with h.t not an integer vanishes. */
  readonly centrings: readonly Vec3[];
  /** Whether -x,-y,-z is an operation: then all sums are real. */
  readonly isCentric: boolean;
}

/** Translations are equal within this, modulo whole cells. */
const COINCIDENCE = 1e-4;

const coincide = (a: Vec3, b: Vec3): boolean =>
  vec3.subtract(a, b).every((difference) => Math.abs(difference - Math.round(difference)) < COINCIDENCE);

const keyOf = (rotation: Mat3, translation: Vec3): string =>
  `${rotation.flat().map((value) => value + 0)};${translation.map((value) => Math.round((value - Math.floor(value)) / COINCIDENCE) % Math.round(1 / COINCIDENCE))}`;

const negative = (matrix: Mat3): Mat3 => matrix.map((row) => vec3.scale(row, -1)) as unknown as Mat3;

/** Splits centrings and inversion off a group. A list that is no group stays as it is. */
export function reduceGroup({ spaceGroup: { operations } }: Crystal): ReducedGroup {
  const identity = keyOf(mat3.identity, [0, 0, 0]).split(";")[0]!;
  const centrings = operations
    .filter(
      ({ rotation, translation }) =>
        keyOf(rotation, [0, 0, 0]).startsWith(`${identity};`) && !coincide(translation, [0, 0, 0]),
    )
    .map(({ translation }) => translation);
  const keys = new Set(operations.map(({ rotation, translation }) => keyOf(rotation, translation)));
  const isCentric = keys.has(keyOf(negative(mat3.identity), [0, 0, 0]));
  const covered = new Set<string>();
  const representatives: Operation[] = [];
  const order = (centrings.length + 1) * (isCentric ? 2 : 1);
  for (const operation of operations) {
    const { rotation, translation } = operation;
    if (covered.has(keyOf(rotation, translation))) continue;
    representatives.push(operation);
    for (const shift of [[0, 0, 0] as Vec3, ...centrings]) {
      const shifted = vec3.add(translation, shift);
      covered.add(keyOf(rotation, shifted));
      if (isCentric) covered.add(keyOf(negative(rotation), vec3.subtract(shift, translation)));
    }
  }
  const isGroup = representatives.length * order === operations.length && [...covered].every((key) => keys.has(key));
  return isGroup
    ? { operations: representatives, centrings, isCentric }
    : { operations, centrings: [], isCentric: false };
}

/** The images of one site under the operations of a reduced group; each stands for those that are left out, too. */
export interface Images {
  /** Fractional coordinates, three numbers an image. */
  readonly positions: Float64Array;
  /** Number of atoms that each image stands for, occupancy counted. */
  readonly weights: Float64Array;
  /** beta 11, 22, 33, 12, 13, 23 of T = exp(-h beta h), six numbers an image; null unless the site is anisotropic. */
  readonly betas: Float64Array | null;
}

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
 * Images of a site. Each operation carries occupancy * multiplicity / number of operations, and operations that lead to
 * the same place add up, their tensors averaged: so the site counts as often as it says.
 */
export function imagesOf(site: Site, crystal: Crystal, { operations, centrings, isCentric }: ReducedGroup): Images {
  const share = (site.occupancy * site.multiplicity) / operations.length;
  const isSpecial = site.multiplicity < crystal.spaceGroup.operations.length;
  const beta = betaOf(site, crystal);
  const shifts: readonly Vec3[] = [[0, 0, 0], ...centrings];
  const isSame = (a: Vec3, b: Vec3): boolean =>
    shifts.some((shift) => {
      const shifted = vec3.add(a, shift);
      return coincide(shifted, b) || (isCentric && coincide(shifted, vec3.scale(b, -1)));
    });
  const places: { readonly position: Vec3; readonly betaSum: number[]; count: number }[] = [];
  for (const { rotation, translation } of operations) {
    const position = vec3.add(mat3.multiplyVector(rotation, site.position), translation);
    let place = isSpecial ? places.find((other) => isSame(other.position, position)) : undefined;
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
