import { type Issue, largest, MOST_LISTED, mat3, type Vec3, vec3 } from "../../util/index.ts";
import type { Crystal, Site } from "../crystal.ts";
import { elementBySymbol } from "../elements.ts";
import { distinctImages } from "../neighbours.ts";
import { imageOf, latticeDistance_A } from "../place.ts";
import { sitePlaces } from "../relatedPlaces.ts";
import { type Check, issue } from "./subject.ts";

/** Share of the sum of the covalent radii below which two atoms cannot stand. */
const SHORTEST_SHARE = 0.6;
/** The same for hydrogen, which X-rays see too near to its partner. */
const SHORTEST_SHARE_OF_HYDROGEN = 0.5;
/** Nearer atoms share a place, which is told elsewhere [Angstrom]. */
const SAME_PLACE_A = 0.05;
/** Occupancies that sum to no more are alternatives, but for rounding. */
const ALTERNATIVES = 1.02;
/** More images than this, in all or in a box of some cubic Angstrom, are not searched. */
const MOST_IMAGES = 100_000;
const MOST_IN_BOX = 100;

interface Image {
  readonly index: number;
  readonly position: Vec3;
}

const wrap = (value: number): number => value - Math.floor(value);
const isHydrogen = ({ element }: Site): boolean => element === "H" || element === "D";
const radiusOf = ({ element }: Site): number => elementBySymbol(element)?.covalentRadius_A ?? 0;

/** Atoms that stand nearer than any bond, of sites that are occupied at the same time; each pair once. */
export const contactIssues: Check = ({ crystal }) => {
  if (!crystal || crystal.sites.length * crystal.spaceGroup.operations.length > MOST_IMAGES) return [];
  const near = neighbourhood(crystal);
  const issues: Issue[] = [];
  for (const [index, site] of crystal.sites.entries()) {
    if (issues.length > MOST_LISTED) break;
    const closest = new Map<number, number>();
    for (const { index: other, position } of near(site.position)) {
      const partner = crystal.sites[other]!;
      if (other < index || site.occupancy + partner.occupancy <= ALTERNATIVES) continue;
      const distance_A = latticeDistance_A(position, site.position, crystal.cell);
      const share = isHydrogen(site) || isHydrogen(partner) ? SHORTEST_SHARE_OF_HYDROGEN : SHORTEST_SHARE;
      const limit_A = share * (radiusOf(site) + radiusOf(partner));
      if (distance_A <= SAME_PLACE_A || distance_A >= Math.min(limit_A, closest.get(other) ?? limit_A)) continue;
      closest.set(other, distance_A);
    }
    for (const [other, distance_A] of closest) {
      const partner = crystal.sites[other]!;
      const names =
        other === index ? `Atom ${site.label} and an image of it` : `Atoms ${site.label} and ${partner.label}`;
      const message = `${names} are ${distance_A.toFixed(2)} Å apart, nearer than any bond of ${site.element} and ${partner.element}: check coordinates, cell and symmetry; if they are alternatives, give their occupancies.`;
      issues.push(issue("atoms-too-close", "warning", message, partner.range, { related: sitePlaces([site]) }));
    }
  }
  return issues;
};

/** Finds the images of all sites in the box of a position and the boxes around, which are as wide as the longest limit. */
function neighbourhood({ sites, spaceGroup, cell }: Crystal): (position: Vec3) => readonly Image[] {
  const width_A = 2 * SHORTEST_SHARE * largest(sites.map(radiusOf));
  const counts = mat3
    .transpose(cell.reciprocal)
    .map((star) => Math.max(1, Math.floor((2 * Math.PI) / (vec3.norm(star) * width_A))));
  const boxOf = (position: Vec3): readonly number[] =>
    position.map((value, i) => Math.min(counts[i]! - 1, Math.floor(wrap(value) * counts[i]!)));
  const keyOf = (i: number, j: number, k: number): number => (i * counts[1]! + j) * counts[2]! + k;
  const boxes = new Map<number, Image[]>();
  sites.forEach((site, index) => {
    const images = spaceGroup.operations.map((operation) => imageOf(operation, site.position));
    for (const position of distinctImages(site, images, cell)) {
      const [i, j, k] = boxOf(position);
      const key = keyOf(i!, j!, k!);
      const box = boxes.get(key);
      if (box) box.push({ index, position });
      else boxes.set(key, [{ index, position }]);
    }
  });
  const around = (box: number, count: number): readonly number[] => [
    ...new Set([box - 1, box, box + 1].map((one) => (one + count) % count)),
  ];
  if ([...boxes.values()].some(({ length }) => length > MOST_IN_BOX)) return () => [];
  return (position) => {
    const [i, j, k] = boxOf(position).map((box, axis) => around(box, counts[axis]!));
    return i!.flatMap((a) => j!.flatMap((b) => k!.flatMap((c) => boxes.get(keyOf(a, b, c)) ?? [])));
  };
}
