import { type Crystal, elementBySymbol } from "../crystal/index.ts";
import { error, fail, type Issue, ok, type Result } from "../util/index.ts";
import { type ElamElement, elamElement } from "./elam.ts";

/** What the tables hold of an element, ready for evaluation. */
export interface ElementData {
  /** Symbol in the tables: hydrogen for deuterium and tritium. */
  readonly symbol: string;
  readonly atomicNumber: number;
  /** Molar mass of the natural element [g/mol], which turns cm2/g into cm2 per atom. */
  readonly mass_u: number;
  readonly elam: ElamElement;
}

/** Element of the tables that stands for a crystal's element: D and T have the one electron of hydrogen. */
export const tableSymbol = (symbol: string): string => (symbol === "D" || symbol === "T" ? "H" : symbol);

export const unknownElement = (symbol: string): Issue =>
  error(
    "xray/unknown-element",
    `There are no X-ray tables for "${symbol}": they go from hydrogen to californium. Correct the type symbol.`,
  );

/** Tables of an element, those of hydrogen for D and T. */
export function elementData(symbol: string): Result<ElementData> {
  const name = tableSymbol(symbol);
  const element = elementBySymbol(name);
  const elam = elamElement(name);
  if (element === undefined || elam === undefined) return fail(unknownElement(symbol));
  return ok({ symbol: name, atomicNumber: element.atomicNumber, mass_u: element.mass_u, elam });
}

/** What meets the beam: atoms by element in a volume, a crystal's cell or any compound of a known density. */
export interface Matter {
  readonly contents: Crystal["contents"];
  readonly cell: Pick<Crystal["cell"], "volume_A3">;
}

export interface CrystalElement {
  readonly data: ElementData;
  /** Atoms per cell, fractional where sites are partly occupied. */
  readonly count: number;
}

/** Elements of a crystal with their tables; refuses a crystal without atoms or with an element that has no tables. */
export function checkElements({ contents }: Pick<Matter, "contents">): Result<readonly CrystalElement[]> {
  const elements: CrystalElement[] = [];
  const issues: Issue[] = [];
  for (const [symbol, count] of Object.entries(contents)) {
    const data = elementData(symbol);
    if (data.ok) elements.push({ data: data.value, count });
    else issues.push(...data.issues);
  }
  if (issues.length > 0) return fail(...issues);
  if (elements.some(({ count }) => count > 0)) return ok(elements);
  return fail(error("xray/no-atoms", "The crystal has no atoms, so nothing absorbs or scatters. Add its atom sites."));
}
