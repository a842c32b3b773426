import { mat3, type Vec3, vec3 } from "../util/index.ts";
import type { Crystal, Site, UnitCell } from "./crystal.ts";
import { imageOf, latticeDistance_A } from "./place.ts";

/** Atoms of one site at one distance from another site. */
export interface NeighbourShell {
  readonly site: Site;
  readonly distance_A: number;
  /** How many of its atoms lie at this distance. */
  readonly count: number;
}

/** Atoms up to this many times the shortest distance are neighbours: both shells of a bcc metal, one of an fcc one. */
const REACH = 1.3;
/** Closer atoms share a place and are no neighbours [Angstrom]. */
const SAME_PLACE_A = 0.05;
/** Atoms at one distance, but for rounding [Angstrom]. */
const SAME_DISTANCE_A = 5e-4;
/** Spheres that are searched one after the other, until one holds a neighbour and all within its reach [Angstrom]. */
const RADII_A = [3, 6, 12];

/** The nearest neighbours of a site, by growing distance; empty if none lies within 12 Angstrom. */
export function neighboursOf(crystal: Crystal, site: Site): readonly NeighbourShell[] {
  for (const radius_A of RADII_A) {
    const found = distancesWithin(crystal, site, radius_A).sort((a, b) => a.distance_A - b.distance_A);
    const nearest_A = found[0]?.distance_A;
    const limit_A = nearest_A === undefined ? Number.POSITIVE_INFINITY : nearest_A * REACH;
    if (limit_A <= radius_A || radius_A === RADII_A.at(-1)) return shells(found.filter((a) => a.distance_A <= limit_A));
  }
  return [];
}

interface Distance {
  readonly site: Site;
  readonly distance_A: number;
}

function distancesWithin({ sites, cell, spaceGroup }: Crystal, site: Site, radius_A: number): Distance[] {
  const found: Distance[] = [];
  const reach = cellsWithin(cell, radius_A);
  for (const other of sites) {
    for (const image of distinctImages(
      other,
      spaceGroup.operations.map((o) => imageOf(o, other.position)),
      cell,
    )) {
      const [x, y, z] = vec3.subtract(image, site.position);
      const nearest: Vec3 = [x - Math.round(x), y - Math.round(y), z - Math.round(z)];
      for (let i = -reach[0]; i <= reach[0]; i++) {
        for (let j = -reach[1]; j <= reach[1]; j++) {
          for (let k = -reach[2]; k <= reach[2]; k++) {
            const vector = mat3.multiplyVector(cell.direct, [nearest[0] + i, nearest[1] + j, nearest[2] + k]);
            const distance_A = vec3.norm(vector);
            if (distance_A > SAME_PLACE_A && distance_A <= radius_A) found.push({ site: other, distance_A });
          }
        }
      }
    }
  }
  return found;
}

/** How many cells away, along each axis, a sphere about a point within half a cell of the origin reaches. */
const cellsWithin = (cell: UnitCell, radius_A: number): Vec3 =>
  mat3
    .transpose(cell.reciprocal)
    .map((row) => Math.ceil((radius_A * vec3.norm(row)) / (2 * Math.PI) + 0.5)) as unknown as Vec3;

/** The images of a site under the operations, each place once. */
export function distinctImages({ multiplicity }: Site, images: readonly Vec3[], cell: UnitCell): readonly Vec3[] {
  if (multiplicity === images.length) return images;
  const distinct: Vec3[] = [];
  for (const image of images) {
    if (distinct.every((known) => latticeDistance_A(known, image, cell) > SAME_PLACE_A)) distinct.push(image);
  }
  return distinct;
}

function shells(sorted: readonly Distance[]): readonly NeighbourShell[] {
  const result: { site: Site; distance_A: number; count: number }[] = [];
  for (const { site, distance_A } of sorted) {
    const same = result.find((shell) => shell.site === site && distance_A - shell.distance_A < SAME_DISTANCE_A);
    if (same) same.count++;
    else result.push({ site, distance_A, count: 1 });
  }
  return result;
}
