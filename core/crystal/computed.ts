import type { CifBlock } from "../cif/index.ts";
import type { Result } from "../util/index.ts";
import { formulaUnitsOf, hillFormula } from "./checks/hill.ts";
import { crystalSystem } from "./checks/spaceGroup.ts";
import type { Crystal } from "./crystal.ts";
import { FORMULA, formulaOf } from "./formula.ts";
import { isGroup } from "./operations.ts";
import { readCell } from "./readCell.ts";
import { readSpaceGroup } from "./readSpaceGroup.ts";
import { symmetryPlaces } from "./relatedPlaces.ts";
import { settingByOperations } from "./settings.ts";
import { type BlockTable, firstValue, numberOf, tabulate } from "./table.ts";

/** A value that follows from the rest of a block. */
export interface ComputedValue {
  /** As a file writes it, without quotes. */
  readonly text: string;
  /** What it follows from, as the end of "computed from". */
  readonly from: string;
}

interface Subject {
  readonly block: CifBlock;
  readonly table: BlockTable;
  readonly crystal: Crystal | undefined;
}

type Compute = (subject: Subject) => ComputedValue | undefined;

/**
 * What an item should say by the rest of its block; undefined where it does not follow, or the rest cannot be read.
 * @param name in lower case, with underscores only: `_cell_volume`
 * @param crystal that of the block
 */
export function computedValue(name: string, block: CifBlock, crystal: Result<Crystal>): ComputedValue | undefined {
  const compute = Object.hasOwn(COMPUTED, name) ? COMPUTED[name] : undefined;
  return compute?.({ block, table: tabulate(block), crystal: crystal.ok ? crystal.value : undefined });
}

const volume: Compute = ({ table, block }) => {
  const cell = readCell(table, block.header);
  return cell.ok ? { text: cell.value.volume_A3.toFixed(2), from: "the cell" } : undefined;
};

const density: Compute = ({ crystal }) => crystal && { text: crystal.density_g_cm3.toFixed(3), from: "cell and atoms" };

const weight: Compute = ({ table }) => {
  const formula = formulaOf(table);
  return formula && { text: formula.mass_u.toFixed(2), from: "the formula" };
};

/** Atoms of the cell by mass against the formula; without one the largest number that leaves whole counts. */
const formulaUnits: Compute = ({ table, crystal }) => {
  if (!crystal) return undefined;
  const formula = formulaOf(table);
  if (!formula) return { text: String(formulaUnitsOf(crystal.contents)), from: "the atoms of the cell" };
  const ratio = crystal.cellMass_u / formula.mass_u;
  const whole = Math.round(ratio);
  const isWhole = whole >= 1 && Math.abs(ratio - whole) < 0.01 * whole;
  return isWhole ? { text: String(whole), from: "the atoms of the cell and the formula" } : undefined;
};

const formulaSum: Compute = ({ table, crystal }) => {
  if (!crystal) return undefined;
  const written = firstValue(table, ["_cell_formula_units_z"]);
  const given = written && numberOf(written)?.value;
  const units = given !== undefined && given > 0 ? given : formulaUnitsOf(crystal.contents);
  return { text: hillFormula(crystal.contents, units), from: `the atoms of the cell and Z = ${units}` };
};

/** By operations or symbols; the number that the file gives says nothing of itself. */
function groupNumber({ table, block }: Subject): number | undefined {
  if (symmetryPlaces(table).length === 0) return undefined;
  const cell = readCell(table, block.header);
  const group = readSpaceGroup(table, cell.ok ? cell.value : undefined, block.header);
  return group.ok && isGroup(group.value.operations) ? settingByOperations(group.value.operations)?.number : undefined;
}

const number: Compute = (subject) => {
  const found = groupNumber(subject);
  return found === undefined ? undefined : { text: String(found), from: "the symmetry" };
};

const system: Compute = (subject) => {
  const found = groupNumber(subject);
  return found === undefined ? undefined : { text: crystalSystem(found), from: "the symmetry" };
};

const COMPUTED: Readonly<Record<string, Compute>> = {
  _cell_volume: volume,
  _cell_formula_units_z: formulaUnits,
  _exptl_crystal_density_diffrn: density,
  [FORMULA]: formulaSum,
  _chemical_formula_weight: weight,
  _space_group_it_number: number,
  _symmetry_int_tables_number: number,
  _space_group_crystal_system: system,
};
