import { density_g_cm3, massOf } from "../../crystal/contents.ts";
import { elementBySymbol } from "../../crystal/index.ts";
import { fail, ok, type Result } from "../../util/index.ts";
import { attenuationCoefficient_per_um, type Matter, refractiveIndex } from "../../xray/index.ts";
import type { LensMaterial } from "./lensBox.ts";

export type Contents = Readonly<Record<string, number>>;

/** No formula of a material has more atoms. */
const MAX_ATOMS = 10_000;

/** Atoms by element of a formula such as `Be`, `C5H8O2` or `C5 H8 O2`; null where it is none. */
export function parseFormula(formula: string): Contents | null {
  const counts: Record<string, number> = {};
  const compact = formula.replace(/\s+/g, "");
  if (!/^(?:[A-Z][a-z]?(?:\d+(?:\.\d+)?)?)+$/.test(compact)) return null;
  for (const [, symbol = "", count] of compact.matchAll(/([A-Z][a-z]?)(\d+(?:\.\d+)?)?/g)) {
    const number = Number(count ?? 1);
    if (elementBySymbol(symbol) === undefined || !(number > 0 && number <= MAX_ATOMS)) return null;
    counts[symbol] = (counts[symbol] ?? 0) + number;
  }
  return counts;
}

/** Atoms by element of a list of symbols. */
export function countAtoms(atoms: readonly string[]): Contents {
  const counts: Record<string, number> = {};
  for (const atom of atoms) counts[atom] = (counts[atom] ?? 0) + 1;
  return counts;
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/** Formula and density of a unit cell: `Be`, 1.8447 g/cm3 of two beryllium atoms in 16.225 cubic Angstrom. */
export function materialOfCell(atoms: readonly string[], volume_A3: number): LensMaterial {
  const counts = countAtoms(atoms);
  const divisor = Object.values(counts).reduce(greatestCommonDivisor, 0);
  const formula = Object.entries(counts)
    .map(([symbol, count]) => (count === divisor ? symbol : `${symbol}${count / divisor}`))
    .join("");
  return { formula, density_g_cm3: density_g_cm3(massOf(counts), volume_A3), unitCell: { atoms, volume_A3 } };
}

/** A cell that holds the atoms of one formula at the density of the material. */
export function matterOf(material: LensMaterial): Matter {
  if (material.unitCell) {
    const { atoms, volume_A3 } = material.unitCell;
    return { contents: countAtoms(atoms), cell: { volume_A3 } };
  }
  const contents = parseFormula(material.formula) ?? {};
  const volume_A3 = density_g_cm3(massOf(contents), material.density_g_cm3);
  return { contents, cell: { volume_A3 } };
}

export interface LensOptics {
  /** Refractive index decrement. */
  readonly delta: number;
  /** Linear attenuation coefficient, total: what is scattered leaves the beam too. */
  readonly mu_per_um: number;
}

/** What the material of a lenslet does to X-rays of 1 to 150 keV. */
export function lensOptics(material: LensMaterial, energy_keV: number): Result<LensOptics> {
  const matter = matterOf(material);
  const index = refractiveIndex(matter, energy_keV);
  const mu = attenuationCoefficient_per_um(matter, energy_keV);
  if (!index.ok || !mu.ok) return fail(...(index.ok ? mu.issues : index.issues));
  return ok({ delta: index.value.delta, mu_per_um: mu.value }, index.issues);
}
