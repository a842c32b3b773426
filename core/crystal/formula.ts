import type { CifValue } from "../cif/index.ts";
import type { Issue } from "../util/index.ts";
import type { Site } from "./crystal.ts";
import { type Element, elementBySymbol } from "./elements.ts";
import { placeOf } from "./relatedPlaces.ts";
import { type BlockTable, firstColumn, firstValue, numberOf } from "./table.ts";

/** The sum formula of a block. */
export interface Formula {
  readonly value: CifValue;
  readonly counts: Readonly<Record<string, number>>;
  /** Largest error of a count by rounding, by element. */
  readonly rounding: Readonly<Record<string, number>>;
  readonly mass_u: number;
}

export const FORMULA = "_chemical_formula_sum";
export const TERM = /^([A-Za-z]{1,2})(\d+(?:\.\d*)?|\.\d+)?$/;

/** The sum formula of the block; undefined where it is not given or cannot be read. */
export function formulaOf(table: BlockTable): Formula | undefined {
  const value = firstValue(table, [FORMULA]);
  if (!value) return undefined;
  const counts: Record<string, number> = {};
  const rounding: Record<string, number> = {};
  let mass_u = 0;
  for (const term of value.text.trim().split(/\s+/)) {
    const match = TERM.exec(term);
    const element = match && elementBySymbol(match[1]!);
    if (!match || !element) return undefined;
    const written = match[2] ?? "1";
    const decimals = written.includes(".") ? written.length - written.indexOf(".") - 1 : 0;
    const count = Number(written);
    counts[element.symbol] = (counts[element.symbol] ?? 0) + count;
    rounding[element.symbol] = decimals === 0 ? 0 : 0.5 * 10 ** -decimals;
    mass_u += count * element.mass_u;
  }
  return mass_u > 0 ? { value, counts, rounding, mass_u } : undefined;
}

type Counts = Readonly<Record<string, number>>;

/** The element of most electrons among counts that are not 0. */
export const heaviestElement = (counts: Counts): Element | undefined =>
  Object.entries(counts)
    .flatMap(([symbol, count]) => (count > 0 ? (elementBySymbol(symbol) ?? []) : []))
    .reduce<Element | undefined>((a, b) => (a && a.atomicNumber >= b.atomicNumber ? a : b), undefined);

/** IUCr FORMU01: atoms of the cell against Z times the formula; CELLZ01 beyond this difference per cell. */
const CONTENTS_TOLERANCE = 0.05;
/** A mass that differs by more than this makes the attenuation wrong. */
const MASS_TOLERANCE = 0.1;

/**
 * Atoms of the cell against Z times the formula, by element, with what is missing or too many (IUCr CELLZ01, FORMU01;
 * CHEMW03). Without Z in the file the whole number of formulas is taken that leaves the smallest difference in mass.
 * Deuterium counts as hydrogen where the formula does not tell them apart.
 */
export function contentsIssues(
  table: BlockTable,
  sites: readonly Pick<Site, "element" | "occupancy" | "multiplicity">[],
  cellContents: Counts,
): readonly Issue[] {
  const formula = formulaOf(table);
  const written = firstValue(table, ["_cell_formula_units_z"]);
  const writtenZ = written && numberOf(written)?.value;
  if (!formula || (writtenZ !== undefined && !(writtenZ > 0))) return [];
  const contents = withoutIsotopes(cellContents, formula.counts);
  const Z = writtenZ ?? likeliestUnits(contents, formula.counts);
  if (Z === undefined) return [];
  const differences = elementsOf(formula.counts, contents).flatMap((element) => {
    const expected = (formula.counts[element] ?? 0) * Z;
    const found = contents[element] ?? 0;
    const tolerance = CONTENTS_TOLERANCE + Z * (formula.rounding[element] ?? 0) + roundingOfSites(sites, element);
    return Math.abs(found - expected) > tolerance ? [{ element, found, expected }] : [];
  });
  if (differences.length === 0) return [];
  const texts = differences.map(({ element, found, expected }) => {
    const change =
      found < expected ? `${tidy(expected - found)} per cell missing` : `${tidy(found - expected)} too many`;
    return `${element} ${tidy(found)} instead of ${tidy(expected)} (${change})`;
  });
  const mass = differences.reduce(
    (sum, { element, found, expected }) => sum + Math.abs(found - expected) * (elementBySymbol(element)?.mass_u ?? 0),
    0,
  );
  const severity = mass > MASS_TOLERANCE * formula.mass_u * Z ? "warning" : "information";
  const units = writtenZ === undefined ? `a whole number of times (nearest ${Z})` : `${written?.text.trim()} times`;
  const message = `The atoms of the cell are not ${units} '${formula.value.text.trim()}' (CELLZ01): ${texts.join(", ")}; correct Z, the formula or the atoms.`;
  const atoms = firstColumn(table, ["_atom_site_label", "_atom_site_type_symbol", "_atom_site_fract_x"]);
  const related = [
    ...placeOf(written, `Z = ${written?.text.trim()}`),
    ...placeOf(atoms && { range: atoms.nameRange }, `The list of ${sites.length} sites`),
  ];
  return [{ code: "crystal/contents", severity, message, range: formula.value.range, names: [FORMULA], related }];
}

const elementsOf = (...counts: readonly Counts[]): readonly string[] => [...new Set(counts.flatMap(Object.keys))];

function withoutIsotopes(contents: Counts, formula: Counts): Counts {
  const { D = 0, H = 0, ...others } = contents;
  return formula["D"] === undefined && D > 0 ? { ...others, H: H + D } : contents;
}

/** Formula units per cell with the smallest difference in mass; undefined where the contents are a part of one. */
function likeliestUnits(contents: Counts, formula: Counts): number | undefined {
  const ratios = Object.entries(formula).map(([element, count]) => (contents[element] ?? 0) / count);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  if (most === 0 || (most - least < 1e-6 && elementsOf(contents).every((element) => formula[element])))
    return undefined;
  const difference = (Z: number): number =>
    elementsOf(contents, formula).reduce(
      (sum, element) =>
        sum +
        Math.abs((contents[element] ?? 0) - Z * (formula[element] ?? 0)) * (elementBySymbol(element)?.mass_u ?? 0),
      0,
    );
  const candidates = [...new Set(ratios.map(Math.round))].filter((Z) => Z >= 1);
  return candidates.sort((a, b) => difference(a) - difference(b))[0];
}

const tidy = (count: number): string => String(Number(count.toFixed(2)));

/** Occupancies such as 0.333 make a small difference in the sum. */
const roundingOfSites = (
  sites: readonly Pick<Site, "element" | "occupancy" | "multiplicity">[],
  element: string,
): number =>
  sites.reduce(
    (sum, site) => sum + (site.element === element && site.occupancy < 1 ? 0.005 * site.multiplicity : 0),
    0,
  );
