import { mat3, type Vec3, vec3 } from "../util/index.ts";
import type { SymmetryOperation, UnitCell } from "./crystal.ts";

/** Images of a fully occupied site closer than this are one atom: its special position was rounded in the file. */
const FULL_SITE_TOLERANCE_A = 0.4;
/** Images of a partly occupied site are one atom only if they coincide: split sites lie close to their images. */
const PARTIAL_SITE_TOLERANCE_A = 0.01;
/** A site moved by more than this is told of: it is more than rounding [Angstrom]. */
export const NOTABLE_SHIFT_A = 0.05;
/** A shift below this is nothing to tell of [Angstrom]. */
export const ROUNDING_SHIFT_A = 0.005;

/** What is known of a site besides its position. */
export interface SiteKind {
  readonly occupancy: number;
  /** Half a unit of the last digit of its coordinates, 0 if not known. */
  readonly rounding: number;
}

export interface Placement {
  /** On the special position exactly. */
  readonly position: Vec3;
  readonly multiplicity: number;
  /** How far the site was moved [Angstrom]. */
  readonly moved_A: number;
}

/** Shortest vector from `from` to `to` modulo the lattice, for vectors much shorter than the cell. */
const latticeDifference = (to: Vec3, from: Vec3): Vec3 => {
  const [x, y, z] = vec3.subtract(to, from);
  return [x - Math.round(x), y - Math.round(y), z - Math.round(z)];
};

/** Distance of two positions modulo the lattice [Angstrom]. */
export const latticeDistance_A = (a: Vec3, b: Vec3, cell: UnitCell): number =>
  vec3.norm(mat3.multiplyVector(cell.direct, latticeDifference(a, b)));

export const imageOf = (
  { rotation, translation }: Pick<SymmetryOperation, "rotation" | "translation">,
  position: Vec3,
): Vec3 => vec3.add(mat3.multiplyVector(rotation, position), translation);

/** Takes rounding errors of the mean off positions such as 1/3. */
const tidy = (value: number): number => {
  const rounded = Math.round(value * 24) / 24;
  return Math.abs(value - rounded) < 1e-12 ? rounded + 0 : value;
};

/**
 * Puts a site onto its special position: the mean of those of its images that lie close to it, that is of the images
 * under its stabiliser. Multiplicity is the order of the group divided by that of the stabiliser. Where the close images
 * belong to no common special position, closer ones are tried.
 *
 * Full sites within 0.4 Angstrom of an image are moved. Partly occupied ones may be split on purpose: they are moved
 * only where their image lies within 0.01 Angstrom, or where the special position rounds to the coordinates as written
 * (1/3, 2/3 for 0.333, 0.667).
 */
export function placeSite(
  position: Vec3,
  operations: readonly SymmetryOperation[],
  cell: UnitCell,
  { occupancy, rounding }: SiteKind,
): Placement {
  if (occupancy > 0.999) return settleRepeatedly(position, operations, cell, FULL_SITE_TOLERANCE_A);
  for (let closeness_A = FULL_SITE_TOLERANCE_A; closeness_A > PARTIAL_SITE_TOLERANCE_A; closeness_A /= 2) {
    const placement = settle(position, operations, cell, closeness_A);
    const shift = placement && latticeDifference(placement.position, position);
    if (shift?.every((part) => Math.abs(part) <= rounding)) {
      return {
        ...settleRepeatedly(placement!.position, operations, cell, PARTIAL_SITE_TOLERANCE_A),
        moved_A: placement!.moved_A,
      };
    }
  }
  return settleRepeatedly(position, operations, cell, PARTIAL_SITE_TOLERANCE_A);
}

function settleRepeatedly(
  position: Vec3,
  operations: readonly SymmetryOperation[],
  cell: UnitCell,
  tolerance_A: number,
): Placement {
  let placement: Placement | undefined;
  // From its place a site may be close to a more special one; each step doubles the stabiliser of at most 192 operations.
  for (let step = 0; step < 8; step++) {
    const start = placement?.position ?? position;
    placement = settleClosest(start, operations, cell, tolerance_A);
    if (!placement) break;
    if (placement.moved_A < 1e-9) return { ...placement, moved_A: latticeDistance_A(start, position, cell) };
  }
  return { position, multiplicity: countImages(position, operations, cell, tolerance_A), moved_A: 0 };
}

function settleClosest(
  position: Vec3,
  operations: readonly SymmetryOperation[],
  cell: UnitCell,
  tolerance_A: number,
): Placement | undefined {
  for (let closeness_A = tolerance_A; closeness_A > tolerance_A / 64; closeness_A /= 2) {
    const placement = settle(position, operations, cell, closeness_A);
    if (placement) return placement;
  }
  return undefined;
}

/** Undefined if the mean of the close images does not come to rest. */
function settle(
  position: Vec3,
  operations: readonly SymmetryOperation[],
  cell: UnitCell,
  tolerance_A: number,
): Placement | undefined {
  let place = position;
  for (let round = 0; round < 5; round++) {
    const near = operations
      .map((operation) => latticeDifference(imageOf(operation, place), place))
      .filter((difference) => vec3.norm(mat3.multiplyVector(cell.direct, difference)) < tolerance_A);
    const mean = vec3.scale(near.reduce(vec3.add), 1 / near.length);
    place = vec3.add(place, mean);
    if (vec3.norm(mean) < 1e-9) {
      const [x, y, z] = place;
      const moved_A = latticeDistance_A(place, position, cell);
      const quotient = operations.length / near.length;
      const multiplicity = Number.isInteger(quotient) ? quotient : countImages(place, operations, cell, tolerance_A);
      return { position: [tidy(x), tidy(y), tidy(z)], multiplicity, moved_A };
    }
  }
  return undefined;
}

/** Number of images further apart than the tolerance; for lists of operations that are no group. */
function countImages(
  position: Vec3,
  operations: readonly SymmetryOperation[],
  cell: UnitCell,
  tolerance_A: number,
): number {
  const distinct: Vec3[] = [];
  for (const operation of operations) {
    const image = imageOf(operation, position);
    if (distinct.every((other) => latticeDistance_A(image, other, cell) >= tolerance_A)) distinct.push(image);
  }
  return distinct.length;
}
