import { type Issue, mat3, type Vec3, vec3 } from "../util/index.ts";
import type { Site, SpaceGroup, UnitCell } from "./crystal.ts";
import { imageOf, latticeDistance_A } from "./place.ts";

/** Atoms closer than this are at the same place [Angstrom]. */
const SAME_PLACE_A = 0.05;

/**
 * Warnings `crystal/sites-overlap` for pairs of sites at the same place that together hold more than one atom.
 * Sites are compared only where they share a slab of the cell, so that a list of a thousand sites stays cheap.
 */
export function overlapIssues(sites: readonly Site[], { operations }: SpaceGroup, cell: UnitCell): readonly Issue[] {
  const slabs = Math.max(1, Math.floor(1 / (SAME_PLACE_A * (vec3.norm(reciprocalRow(cell)) / (2 * Math.PI)))));
  const slabOf = (position: Vec3): number => Math.floor((position[0] - Math.floor(position[0])) * slabs) % slabs;
  const bySlab = new Map<number, number[]>();
  sites.forEach(({ position }, index) => {
    const slab = slabOf(position);
    bySlab.set(slab, [...(bySlab.get(slab) ?? []), index]);
  });
  const issues: Issue[] = [];
  const told = new Set<number>();
  sites.forEach((site, index) => {
    for (const operation of operations) {
      const image = imageOf(operation, site.position);
      const slab = slabOf(image);
      for (const near of new Set([slab, (slab + 1) % slabs, (slab + slabs - 1) % slabs])) {
        for (const other of bySlab.get(near) ?? []) {
          if (other <= index || told.has(other) || site.occupancy + sites[other]!.occupancy < 1.01) continue;
          if (latticeDistance_A(image, sites[other]!.position, cell) > SAME_PLACE_A) continue;
          told.add(other);
          const names = `${site.label} and ${sites[other]!.label}`;
          const message = `Sites ${names} are at the same place and hold more than one atom together; remove one or correct the occupancies.`;
          issues.push({ code: "crystal/sites-overlap", severity: "warning", message, range: sites[other]!.range });
        }
      }
    }
  });
  return issues;
}

/** 2 pi a*, whose length tells the height of the cell over its bc face. */
const reciprocalRow = (cell: UnitCell): Vec3 => mat3.transpose(cell.reciprocal)[0];
