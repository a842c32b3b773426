import { unpackIntegers } from "./packing.ts";
import { WAASMAIER_KIRFEL } from "./tables/formFactors.generated.ts";

/** `neutral`: every atom as a free neutral atom; `ionic`: as the ion of its type symbol where the table has it. */
export type FormFactorKind = "neutral" | "ionic";

/** Name in the table of an element with a formal charge, e.g. `Nb5+`, `O2-`; the element itself without charge. */
export function speciesName(symbol: string, charge: number): string {
  if (charge === 0) return symbol;
  return `${symbol}${Math.abs(charge)}${charge > 0 ? "+" : "-"}`;
}

/** Whether the table has the atom or ion. */
export const hasFormFactor = (species: string): boolean => WAASMAIER_KIRFEL[species] !== undefined;

const unpacked = new Map<string, Float64Array>();

function coefficients(species: string): Float64Array | undefined {
  const known = unpacked.get(species);
  if (known !== undefined) return known;
  const text = WAASMAIER_KIRFEL[species];
  if (text === undefined) return undefined;
  const row = Float64Array.from(unpackIntegers(text), (value) => value / 1e6);
  unpacked.set(species, row);
  return row;
}

/**
 * f0 in electrons at s = sin(theta)/lambda in 1/Angstrom (0 to 6) of an atom or ion (`Nb`, `Nb5+`, `O2-`); undefined
 * for one that the table lacks. Waasmaier and Kirfel, Acta Cryst. A51 (1995) 416, equation 2.
 */
export function formFactor(species: string, s_invA: number): number | undefined {
  const row = coefficients(species);
  if (row === undefined) return undefined;
  const s2 = s_invA * s_invA;
  let f0 = row[5]!;
  for (let i = 0; i < 5; i++) f0 += row[i]! * Math.exp(-row[6 + i]! * s2);
  return f0;
}
