import { gunzipSync } from "node:zlib";
import { type Branch, interpolateBranch } from "../../core/xray/chantler.ts";
import { differences, packIntegers, recordModule } from "./packing.ts";

export interface ChantlerElement {
  readonly symbol: string;
  readonly Z: number;
  readonly edges_keV: readonly number[];
  /** Rising; f' in electrons, with relativistic (3/5 CL) and nuclear Thomson correction. */
  readonly points: readonly { readonly energy_keV: number; readonly fPrime: number }[];
}

/** Files of a tar archive by name (POSIX ustar: 512-byte headers, size in octal at 124). */
function untar(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const field = (start: number, end: number): string => archive.toString("latin1", start, end).replace(/\0.*$/s, "");
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const size = Number.parseInt(field(at + 124, at + 136), 8);
    files.set(field(at, at + 100), archive.toString("latin1", at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

/** One file of the FFAST fine grid; the corrections of its header are added to f1 - Z. */
export function parseChantler(text: string): ChantlerElement {
  const header = text.match(/^#.*$/gm)!.join("\n");
  const [, symbol = "", atomicNumber] = /^#\s+([A-Z][a-z]?)\s*:\s+Z = (\d+)/m.exec(header)!;
  const Z = Number(atomicNumber);
  const relativistic = Number(/\(H82,3\/5CL\) =\s*\S+,\s*(\S+)/.exec(header)![1]);
  const thomson = Number(/correction fNT =\s*(\S+)/.exec(header)![1]);
  const edgeLines = header.slice(header.indexOf("Edge energies"), header.indexOf("Relativistic"));
  const points = new Map<number, number>();
  for (const line of text.split(/\r?\n/)) {
    if (line === "" || line.startsWith("#")) continue;
    const [energy_keV, f1] = line.trim().split(/\s+/).map(Number);
    points.set(energy_keV!, f1! - Z + relativistic + thomson);
  }
  return {
    symbol,
    Z,
    edges_keV: [...edgeLines.matchAll(/\d\.\d+E[+-]\d+/g)].map(([value]) => Number(value)),
    points: [...points].map(([energy_keV, fPrime]) => ({ energy_keV, fPrime })),
  };
}

export const readChantlerArchive = (archive: Buffer): ChantlerElement[] =>
  [...untar(gunzipSync(archive))]
    .filter(([name]) => /\/\d+\.dat$/.test(name))
    .map(([, text]) => parseChantler(text))
    .sort((a, b) => a.Z - b.Z);

export const CHANTLER_RANGE_keV: readonly [number, number] = [0.9, 160];
/** Greatest deviation of the thinned table from any point of the source, electrons. */
export const THINNING_e = 0.003;
const PER_LN_UNIT = 1e6;
const PER_ELECTRON = 1e3;

interface Node {
  readonly lnE: number;
  readonly fPrime: number;
  /** Before rounding. */
  readonly source: number;
  readonly isKept: boolean;
}

const branch = (nodes: readonly Node[]): Branch => ({
  lnE: nodes.map((node) => node.lnE),
  fPrime: nodes.map((node) => node.fPrime),
});

/** Starts from both ends and the nodes to keep, and adds the worst node of each gap until all are within tolerance. */
function thin(nodes: readonly Node[]): readonly Node[] {
  const kept = new Set(nodes.filter((node, i) => node.isKept || i === 0 || i === nodes.length - 1));
  for (;;) {
    const chosen = nodes.filter((node) => kept.has(node));
    const current = branch(chosen);
    const before = kept.size;
    let worst: Node | undefined;
    let worstError = THINNING_e;
    for (const node of nodes) {
      if (kept.has(node)) {
        if (worst !== undefined) kept.add(worst);
        worst = undefined;
        worstError = THINNING_e;
        continue;
      }
      const error = Math.abs(interpolateBranch(current, node.lnE) - node.source);
      if (error <= worstError) continue;
      worst = node;
      worstError = error;
    }
    if (kept.size === before) return chosen;
  }
}

/** Packed f' of one element; `edges_keV` are further edges around which every point is kept. */
function pack(element: ChantlerElement, edges_keV: readonly number[]): string {
  const edges = [...element.edges_keV, ...edges_keV];
  const [min, max] = CHANTLER_RANGE_keV;
  const branches = new Map<number, Node[]>();
  for (const { energy_keV, fPrime } of element.points) {
    if (energy_keV < min || energy_keV > max) continue;
    const node = {
      lnE: Math.round(Math.log(energy_keV) * PER_LN_UNIT) / PER_LN_UNIT,
      fPrime: Math.round(fPrime * PER_ELECTRON) / PER_ELECTRON,
      source: fPrime,
      isKept: edges.some((edge) => Math.abs(energy_keV / edge - 1) <= 0.01),
    };
    const edgesBelow = element.edges_keV.filter((edge) => edge < energy_keV).length;
    branches.set(edgesBelow, [...(branches.get(edgesBelow) ?? []), node]);
  }
  return [...branches.values()]
    .map((nodes) => {
      const kept = thin(nodes);
      return packIntegers([
        ...differences(kept.map(({ lnE }) => Math.round(lnE * PER_LN_UNIT))),
        ...differences(kept.map(({ fPrime }) => Math.round(fPrime * PER_ELECTRON))),
      ]);
    })
    .join(" ");
}

const COMMENT = `
f' of the elements 1-92 from ${CHANTLER_RANGE_keV[0]} to ${CHANTLER_RANGE_keV[1]} keV: f1 - Z + frel(3/5 CL) + fNT.
Source: C. T. Chantler, J. Phys. Chem. Ref. Data 24 (1995) 71 and 29 (2000) 597 (NIST FFAST, SRD 66), fine grid as
distributed with XrayDB (M. Newville et al.), whose data sources are dedicated to the public domain (CC0-1.0).
Thinned so that cubic interpolation in ln E stays within ${THINNING_e} electrons of every point of the source; all points
within 1 % of an edge are kept.
Generated by scripts/tables/build.ts; do not edit. An entry holds the branches between edges, separated by blanks; each
has (see core/xray/packing.ts) differences of ln(E/keV) in 1e-6, then as many differences of f' in 0.001 electrons.
`;

export function chantlerModule(
  elements: readonly ChantlerElement[],
  furtherEdges_keV: (symbol: string) => readonly number[],
): string {
  const record = new Map(elements.map((element) => [element.symbol, pack(element, furtherEdges_keV(element.symbol))]));
  return recordModule(COMMENT, "CHANTLER", record);
}
