import { type Issue, mat3, type Vec3, vec3 } from "../util/index.ts";
import type { Site, SpaceGroup, UnitCell } from "./crystal.ts";
import { listLabels } from "./labels.ts";
import { imageOf, latticeDistance_A } from "./place.ts";
import { sitePlaces } from "./relatedPlaces.ts";

/** Atoms closer than this are at the same place [Angstrom]. */
const SAME_PLACE_A = 0.05;

/** Rounding of occupancies such as 0.33 + 0.33 + 0.35. */
const SUM_TOLERANCE = 0.01;

/**
 * Warnings `crystal/sites-overlap` for sites at the same place that together hold more than one atom, by more than
 * three times the uncertainty of their sum; each group is told once, at the row of its last site (PLAT074 and 075).
 * Sites are compared only where they share a slab of the cell, so that a list of a thousand sites stays cheap.
 * @param occupancySu s.u. of the occupancies in the order of the sites
 */
export function overlapIssues(
  sites: readonly Site[],
  { operations }: SpaceGroup,
  cell: UnitCell,
  occupancySu: readonly number[],
): readonly Issue[] {
  const { slabs, slabOf, members: bySlab } = slabsOf(sites, cell);
  const grouped = new Set<number>();
  return sites.flatMap((site, index) => {
    if (grouped.has(index)) return [];
    const group = new Set([index]);
    for (const operation of operations) {
      const image = imageOf(operation, site.position);
      const slab = slabOf(image);
      for (const near of new Set([slab, (slab + 1) % slabs, (slab + slabs - 1) % slabs])) {
        for (const other of bySlab.get(near) ?? []) {
          if (other <= index || grouped.has(other) || group.has(other)) continue;
          if (latticeDistance_A(image, sites[other]!.position, cell) <= SAME_PLACE_A) group.add(other);
        }
      }
    }
    if (group.size === 1) return [];
    const members = [...group].sort((a, b) => a - b);
    for (const member of members) grouped.add(member);
    const sum = members.reduce((total, member) => total + sites[member]!.occupancy, 0);
    const variance = members.reduce((total, member) => total + (occupancySu[member] ?? 0) ** 2, 0);
    if (sum <= 1 + SUM_TOLERANCE + 3 * Math.sqrt(variance)) return [];
    const names = listLabels(members.map((member) => sites[member]!.label));
    const message = `Sites ${names} are at the same place and their occupancies sum to ${Number(sum.toFixed(3))}, more than one atom (PLAT074); remove one or correct the occupancies.`;
    const { range } = sites[members.at(-1)!]!;
    const others = members.slice(0, -1).map((member) => {
      const { label, occupancy, range } = sites[member]!;
      return { label: `${label}, occupancy ${occupancy}`, range };
    });
    return [
      { code: "crystal/sites-overlap", severity: "warning" as const, message, range, related: sitePlaces(others) },
    ];
  });
}

/** The cell cut into slabs as thick as sites at the same place may be apart, and the sites in each. */
interface Slabs {
  readonly slabs: number;
  slabOf(position: Vec3): number;
  readonly members: ReadonlyMap<number, readonly number[]>;
}

/** Slabs across that axis along which the sites are spread most: those of a layer share a place along one. */
function slabsOf(sites: readonly Site[], cell: UnitCell): Slabs {
  const cuts = mat3.transpose(cell.reciprocal).map((axis, index): Slabs => {
    const height_A = (2 * Math.PI) / vec3.norm(axis);
    const slabs = Math.max(1, Math.floor(height_A / SAME_PLACE_A));
    const slabOf = (position: Vec3): number => {
      const x = position[index]!;
      return Math.floor((x - Math.floor(x)) * slabs) % slabs;
    };
    const members = new Map<number, number[]>();
    for (const [site, { position }] of sites.entries()) {
      const slab = slabOf(position);
      const others = members.get(slab);
      if (others) others.push(site);
      else members.set(slab, [site]);
    }
    return { slabs, slabOf, members };
  });
  return cuts.reduce((best, cut) => (cut.members.size > best.members.size ? cut : best));
}
