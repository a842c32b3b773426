import { type Element, elementBySymbol } from "./elements.ts";

export interface AtomType {
  readonly element: Element;
  /** Formal charge in units of e, 0 if none is written. */
  readonly charge: number;
}

/** Whether a type symbol or label stands for no atom: a vacancy, a difference peak, a dummy. */
export const isNoAtom = (text: string, formula: ReadonlySet<string>): boolean =>
  /^(q\d*|du(m(my)?)?\d*|cnt\d*)$/i.test(text) || (/^va(c(ancy)?)?\d*$/i.test(text) && !formula.has("V"));

/** The second element of a symbol that names two for one site, such as `Al/Si`; undefined for any other. */
export function secondElement(text: string): Element | undefined {
  const [, first = "", second = ""] = /^([A-Z][a-z]?)[^A-Za-z/,]*[/,]\s*([A-Z][a-z]?)(?![a-z])/.exec(text) ?? [];
  return elementBySymbol(first) && elementBySymbol(second);
}

/** Water as a whole molecule: `H2O`, `OH2`, `D2O`. */
const WHOLE_WATER = /^(?:[HD]2O|OH2|OD2|HOH)(?![a-z])/;

/** Names of water that begin like tungsten, and those that could be tungsten. */
const WATER = /^wat(er)?\d*$/i;
const WATER_OR_TUNGSTEN = /^w\d*[a-z]?$/i;

/** Whether a name such as `W1` or `Wat` stands for the oxygen of water: the formula has hydrogen and oxygen, no tungsten. */
export const isWaterOxygen = (text: string, formula: ReadonlySet<string>): boolean =>
  (WATER.test(text) || WATER_OR_TUNGSTEN.test(text)) &&
  formula.has("O") &&
  (formula.has("H") || formula.has("D")) &&
  !formula.has("W");

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

function readCharge(rest: string): number {
  const match = /^(?:([+-])(\d*)|(\d+)([+-]))(?![A-Za-z])/.exec(rest);
  if (!match) return 0;
  const size = Number(match[2] || match[3] || 1);
  return (match[1] ?? match[4]) === "-" ? -size : size;
}

/**
 * Element and charge of a type symbol (`Nb+5`, `O2-`, `FeT`, `D`) or, with `source` "label", of a site label (`C1`, `ba`).
 * `formula` holds the elements of the chemical formula and decides where letters can be read in two ways (`CO`, `HO1`, `W1`).
 * Undefined if no element can be read. `T` is tritium only as a whole type symbol: labels have it for tetrahedral sites.
 */
export function readAtomType(
  text: string,
  source: "type" | "label",
  formula: ReadonlySet<string> = new Set(),
): AtomType | undefined {
  const oxygen = isWaterOxygen(text, formula) ? elementBySymbol("O") : undefined;
  if (oxygen) return { element: oxygen, charge: 0 };
  if (WHOLE_WATER.test(text)) return { element: elementBySymbol("O")!, charge: 0 };
  // Isotopes: `57Fe`, `2H`.
  const isotope = /^(\d{1,3})([A-Z].*)$/.exec(text);
  if (isotope)
    return readAtomType(`${isotope[1]}${isotope[2]}`.replace(/^2H(?![a-z])/, "D").replace(/^\d+/, ""), source, formula);
  const letters = /^[A-Za-z]+/.exec(text)?.[0] ?? "";
  if (letters === "" || WATER.test(text)) return undefined;
  const written = letters.slice(0, 2);
  const candidates = [written, letters.slice(0, 1)]
    .map((symbol) => elementBySymbol(capitalized(symbol)))
    .filter((element) => element !== undefined)
    .filter(({ symbol }) => symbol !== "T" || formula.has("T") || (source === "type" && text === "T"));
  const inFormula = candidates.find(({ symbol }) => formula.has(symbol));
  const [longest, shortest] = [candidates[0], candidates.at(-1)];
  const inCapitals = written.length === 2 && written === written.toUpperCase();
  const element = inFormula ?? (source === "label" && inCapitals ? shortest : longest);
  if (!element) return undefined;
  return { element, charge: readCharge(text.slice(element.symbol.length)) };
}

/** Symbols of the elements in a formula such as `Li Nb O3`. */
export const elementsOfFormula = (formula: string): ReadonlySet<string> =>
  new Set((formula.match(/[A-Z][a-z]?/g) ?? []).filter((symbol) => elementBySymbol(symbol)));

/** Atoms by element of a formula such as `Li Nb O3` or `C2 H6 O0.5`; undefined if it is not one or has brackets. */
export function formulaCounts(formula: string): Readonly<Record<string, number>> | undefined {
  const counts: Record<string, number> = {};
  for (const part of formula.trim().split(/\s+/)) {
    const [, symbol, number] = /^([A-Z][a-z]?)(\d+(?:\.\d+)?|\.\d+)?$/.exec(part) ?? [];
    if (!symbol || !elementBySymbol(symbol)) return undefined;
    counts[symbol] = (counts[symbol] ?? 0) + Number(number ?? 1);
  }
  return counts;
}
