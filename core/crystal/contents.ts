import { AVOGADRO_per_mol } from "../util/index.ts";
import type { Site } from "./crystal.ts";
import { elementBySymbol } from "./elements.ts";

/** Takes off the rounding errors of sums such as 0.35 * 6. */
const tidy = (value: number): number => Math.round(value * 1e9) / 1e9;

/** Atoms per cell by element, in alphabetical order, occupancy counted. */
export function cellContents(
  sites: readonly Pick<Site, "element" | "occupancy" | "multiplicity">[],
): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const { element, occupancy, multiplicity } of sites) {
    sums.set(element, (sums.get(element) ?? 0) + occupancy * multiplicity);
  }
  const alphabetical = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(alphabetical.map(([element, count]) => [element, tidy(count)]));
}

/** Mass of the contents [u]. */
export const massOf = (contents: Readonly<Record<string, number>>): number =>
  Object.entries(contents).reduce((sum, [element, count]) => sum + count * (elementBySymbol(element)?.mass_u ?? 0), 0);

/** Density [g/cm3] from the mass [u] and the volume [Angstrom^3] of a cell. */
export const density_g_cm3 = (mass_u: number, volume_A3: number): number =>
  mass_u / (AVOGADRO_per_mol * 1e-24 * volume_A3);
