import { runningSums, unpackIntegers } from "./packing.ts";
import { CHANTLER } from "./tables/chantler.generated.ts";

/** f' between two neighbouring edges. */
export interface Branch {
  /** ln(E/keV), rising. */
  readonly lnE: ArrayLike<number>;
  readonly fPrime: ArrayLike<number>;
}

const unpacked = new Map<string, readonly Branch[]>();

function branchesOf(symbol: string): readonly Branch[] | undefined {
  const known = unpacked.get(symbol);
  if (known !== undefined) return known;
  const branches = CHANTLER[symbol]?.split(" ").map((text) => {
    const values = unpackIntegers(text);
    const rows = values.length / 2;
    return { lnE: runningSums(values.slice(0, rows), 1e6), fPrime: runningSums(values.slice(rows), 1e3) };
  });
  if (branches !== undefined) unpacked.set(symbol, branches);
  return branches;
}

/** Index of the last node at or below x, 0 if there is none. */
function nodeBelow(nodes: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = nodes.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (nodes[middle]! <= x) low = middle;
    else high = middle;
  }
  return low;
}

/** Cubic through the two nodes on either side of x (Lagrange), at the ends of a branch through its last four. */
export function interpolateBranch({ lnE, fPrime }: Branch, x: number): number {
  const first = Math.max(0, Math.min(nodeBelow(lnE, x) - 1, lnE.length - 4));
  const end = Math.min(first + 4, lnE.length);
  let sum = 0;
  for (let i = first; i < end; i++) {
    let term = fPrime[i]!;
    for (let j = first; j < end; j++) if (j !== i) term *= (x - lnE[j]!) / (lnE[i]! - lnE[j]!);
    sum += term;
  }
  return sum;
}

export const hasChantlerFPrime = (symbol: string): boolean => CHANTLER[symbol] !== undefined;

/**
 * f' in electrons from Chantler's table (FFAST, with relativistic and nuclear Thomson correction), within 0.003 of its
 * points; undefined beyond uranium. In ln E it is cubic between edges and straight over the gap that holds an edge.
 */
export function chantlerFPrime(symbol: string, energy_keV: number): number | undefined {
  const branches = branchesOf(symbol);
  if (branches === undefined) return undefined;
  const x = Math.log(energy_keV);
  const above = branches.findIndex(({ lnE }) => lnE[lnE.length - 1]! >= x);
  const branch = branches[above]!;
  if (x >= branch.lnE[0]!) return interpolateBranch(branch, x);
  const below = branches[above - 1]!;
  const last = below.lnE.length - 1;
  return interpolateBranch(
    { lnE: [below.lnE[last]!, branch.lnE[0]!], fPrime: [below.fPrime[last]!, branch.fPrime[0]!] },
    x,
  );
}
