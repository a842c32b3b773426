import { runningSums, unpackIntegers } from "./packing.ts";
import { ELAM } from "./tables/elam.generated.ts";

/** Cubic splines of `ln(mu/rho)` over `ln(E/eV)`; an edge is two rows with the same energy, below it and above it. */
interface SplineTable {
  readonly lnE: Float64Array;
  readonly columns: readonly { readonly lnMu: Float64Array; readonly d2: Float64Array }[];
}

export interface AbsorptionEdge {
  /** `K`, `L1`, `L2`, ... */
  readonly name: string;
  readonly energy_keV: number;
}

export interface ElamElement {
  readonly photo: SplineTable;
  /** Columns: coherent, incoherent. */
  readonly scatter: SplineTable;
  readonly edges: readonly AbsorptionEdge[];
}

/** Entry that holds the energies which most scatter tables share. */
const SHARED_ENERGIES = "";

const unpackEnergies = (text: string): Float64Array => runningSums(unpackIntegers(text), 1e5);

function unpackTable(lnE: Float64Array, text: string): SplineTable {
  const values = unpackIntegers(text);
  const rows = lnE.length;
  const part = (index: number): number[] => values.slice(index * rows, (index + 1) * rows);
  return {
    lnE,
    columns: Array.from({ length: values.length / (2 * rows) }, (_, i) => ({
      lnMu: runningSums(part(2 * i), 1e5),
      d2: Float64Array.from(part(2 * i + 1), (value) => value / 1e4),
    })),
  };
}

const unpacked = new Map<string, ElamElement>();

/** Table of an element (Elam, Ravel and Sieber 2002), unpacked at first use; undefined beyond californium. */
export function elamElement(symbol: string): ElamElement | undefined {
  const known = unpacked.get(symbol);
  if (known !== undefined) return known;
  const text = ELAM[symbol];
  if (text === undefined || symbol === SHARED_ENERGIES) return undefined;
  const [photoEnergies = "", photo = "", scatterEnergies = "", scatter = "", ...edges] = text.split(" ");
  const element: ElamElement = {
    photo: unpackTable(unpackEnergies(photoEnergies), photo),
    scatter: unpackTable(unpackEnergies(scatterEnergies || (ELAM[SHARED_ENERGIES] ?? "")), scatter),
    edges: edges.map((edge) => {
      const [name = "", energy_eV] = edge.split(":");
      return { name, energy_keV: Number(energy_eV) / 1000 };
    }),
  };
  unpacked.set(symbol, element);
  return element;
}

/**
 * Value of one spline in cm2/g at ln(E/eV), exactly as XrayDB's mu_elam evaluates it: between the last row at or below
 * the energy and the first one above it, so that at an edge the value above it counts.
 */
function evaluate({ lnE, columns }: SplineTable, column: number, x: number): number {
  const { lnMu, d2 } = columns[column]!;
  let high = 0;
  while (high < lnE.length - 1 && lnE[high]! <= x) high++;
  let low = lnE.length - 1;
  while (low > 0 && lnE[low]! > x) low--;
  // 1 keV lies a rounding error below the first row, whose segment continues to it.
  if (high === 0) high = lnE.findIndex((value) => value > lnE[0]!);
  const h = lnE[high]! - lnE[low]!;
  const a = (lnE[high]! - x) / h;
  const b = (x - lnE[low]!) / h;
  const bend = (a * a - 1) * a * d2[low]! + (b * b - 1) * b * d2[high]!;
  return Math.exp(a * lnMu[low]! + b * lnMu[high]! + (h * h * bend) / 6);
}

export const photo_cm2_g = (element: ElamElement, lnE_eV: number): number => evaluate(element.photo, 0, lnE_eV);
export const coherent_cm2_g = (element: ElamElement, lnE_eV: number): number => evaluate(element.scatter, 0, lnE_eV);
export const incoherent_cm2_g = (element: ElamElement, lnE_eV: number): number => evaluate(element.scatter, 1, lnE_eV);
