import type { TextRange } from "../util/index.ts";
import { cellContents, density_g_cm3, massOf } from "./contents.ts";
import type { SymmetryOperation, UnitCell } from "./crystal.ts";
import { placeSite } from "./place.ts";
import { readSites } from "./readSites.ts";
import { type BlockTable, firstValue, numberOf } from "./table.ts";
import { formulaCounts } from "./typeSymbol.ts";

/** Numbers of atoms agree if they differ by no more than this share: formulas are rounded. */
const CONTENTS_TOLERANCE = 0.02;
const DENSITY_TOLERANCE = 0.03;

type Counts = Readonly<Record<string, number>>;

interface Symmetry {
  readonly operations: readonly SymmetryOperation[];
}

export interface ChosenMeaning<Meaning> {
  readonly meaning: Meaning;
  /** Sentence part that begins after "because". */
  readonly reason: string;
}

/** Formula units per cell that make the contents, hydrogen aside (often not located); undefined if none does. */
function formulaUnits(contents: Counts, formula: Counts): number | undefined {
  const elements = [...new Set([...Object.keys(contents), ...Object.keys(formula)])];
  const ratios = elements
    .filter((element) => element !== "H" && element !== "D")
    .map((element) => (contents[element] ?? 0) / (formula[element] ?? 0));
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return least > 0 && most <= least * (1 + CONTENTS_TOLERANCE) ? (least + most) / 2 : undefined;
}

/**
 * Of several symmetries that a file can mean (origins, axes, list or symbol) the one that its own atoms decide for: the only one
 * whose contents are the formula times Z, else a whole multiple of the formula, else have the stated density.
 * Undefined if none or several do.
 */
export function chooseByContents<Meaning extends Symmetry>(
  meanings: readonly Meaning[],
  table: BlockTable,
  cell: UnitCell,
  place: TextRange,
): ChosenMeaning<Meaning> | undefined {
  const rows = readSites(table, place, cell);
  if (!rows.ok) return undefined;
  const tried = meanings.map((meaning) => {
    const sites = rows.value.map((row) => {
      const { multiplicity } = placeSite(row.position, meaning.operations, cell, row);
      return { element: row.type.element.symbol, occupancy: row.occupancy, multiplicity };
    });
    return { meaning, contents: cellContents(sites) };
  });
  const numberAt = (names: readonly string[]): number | undefined => {
    const value = firstValue(table, names);
    return value && numberOf(value)?.value;
  };
  const only = (fits: (contents: Counts) => boolean, reason: string): ChosenMeaning<Meaning> | undefined => {
    const fitting = tried.filter(({ contents }) => fits(contents));
    return fitting.length === 1 ? { meaning: fitting[0]!.meaning, reason } : undefined;
  };
  const written = firstValue(table, ["_chemical_formula_sum"])?.text.trim() ?? "";
  const formula = formulaCounts(written);
  const Z = numberAt(["_cell_formula_units_z"]);
  const density = numberAt(["_exptl_crystal_density_diffrn", "_exptl_crystal_density_meas"]);
  const unitsOf = (contents: Counts): number => (formula && formulaUnits(contents, formula)) ?? Number.NaN;
  const isNear = (value: number, to: number, tolerance: number) => Math.abs(value - to) <= tolerance * to;
  return (
    (Z === undefined
      ? undefined
      : only(
          (contents) => isNear(unitsOf(contents), Z, CONTENTS_TOLERANCE),
          `only then the cell holds ${Z} times the formula '${written}'`,
        )) ??
    only(
      (contents) => isNear(unitsOf(contents), Math.max(1, Math.round(unitsOf(contents))), CONTENTS_TOLERANCE),
      `only then the cell holds a whole number of the formula '${written}'`,
    ) ??
    (density === undefined
      ? undefined
      : only(
          (contents) => isNear(density_g_cm3(massOf(contents), cell.volume_A3), density, DENSITY_TOLERANCE),
          `only then the density is the stated ${density} g/cm³`,
        ))
  );
}
