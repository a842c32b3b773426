import { runningSums, unpackIntegers } from "./packing.ts";
import { CHANTLER } from "./tables/chantler.generated.ts";

interface RealPart {
  readonly lnE: Float64Array;
  readonly fPrime: Float64Array;
}

export const hasChantlerFPrime = (symbol: string): boolean => CHANTLER[symbol] !== undefined;

const unpacked = new Map<string, RealPart>();

function realPart(symbol: string): RealPart | undefined {
  const known = unpacked.get(symbol);
  if (known !== undefined) return known;
  const text = CHANTLER[symbol];
  if (text === undefined) return undefined;
  const values = unpackIntegers(text);
  const rows = values.length / 2;
  const table = { lnE: runningSums(values.slice(0, rows), 1e6), fPrime: runningSums(values.slice(rows), 1e3) };
  unpacked.set(symbol, table);
  return table;
}

/**
 * f' in electrons, linear in ln E between the points of Chantler's table (FFAST, with relativistic and nuclear Thomson
 * correction), within 0.003 of its points; undefined beyond uranium.
 */
export function chantlerFPrime(symbol: string, energy_keV: number): number | undefined {
  const table = realPart(symbol);
  if (table === undefined) return undefined;
  const { lnE, fPrime } = table;
  const x = Math.log(energy_keV);
  let low = 0;
  let high = lnE.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (lnE[middle]! <= x) low = middle;
    else high = middle;
  }
  const fraction = (x - lnE[low]!) / (lnE[high]! - lnE[low]!);
  return fPrime[low]! + fraction * (fPrime[high]! - fPrime[low]!);
}
