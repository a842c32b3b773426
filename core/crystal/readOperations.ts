import { error, fail, type Issue, limitIssues, ok, type Result, type TextRange } from "../util/index.ts";
import type { SpaceGroup, SymmetryOperation } from "./crystal.ts";
import { distinctOperations, generateGroup, IDENTITY, operationKey, parseOperation } from "./operations.ts";
import type { Setting } from "./settings.ts";
import { type BlockTable, type Column, firstColumn, firstValue, isGiven, numberOf } from "./table.ts";

/** Symmetry operations of a block and where they were found. */
export interface FoundOperations {
  readonly operations: readonly SymmetryOperation[];
  readonly source: SpaceGroup["source"];
  readonly setting?: Setting | undefined;
  /** International Tables number where the setting is not one of the table. */
  readonly number?: number | undefined;
  readonly place: TextRange;
}

export const OPERATIONS = ["_space_group_symop_operation_xyz", "_symmetry_equiv_pos_as_xyz"];
const MAGNETIC = ["_space_group_symop_magn_operation_xyz"];
const MAGNETIC_CENTRINGS = ["_space_group_symop_magn_centering_xyz"];
const SUPERSPACE = ["_space_group_symop_ssg_operation_algebraic"];

/** A list of operations as the file writes it, brought to plain coordinate triplets. */
interface OperationList {
  readonly columns: readonly Column[];
  readonly triplet: (text: string) => string;
  readonly note?: string;
  /** The list holds representatives only: products are to be added. */
  readonly isPartial: boolean;
}

function findList(table: BlockTable): OperationList | undefined {
  const given = (names: readonly string[]): readonly Column[] =>
    names.flatMap((name) => {
      const column = table.get(name);
      const rows = Array.from({ length: column?.rowCount ?? 0 }, (_, row) => column?.value(row));
      return column && rows.some(isGiven) ? [column] : [];
    });
  const [plain] = given(OPERATIONS);
  if (plain) return { columns: [plain], triplet: (text) => text, isPartial: false };
  const magnetic = given(MAGNETIC);
  if (magnetic.length > 0) {
    const note =
      "The magnetic symmetry operations are read without their time reversal: X-rays see the atoms, not the magnetic moments.";
    const columns = [...magnetic, ...given(MAGNETIC_CENTRINGS)];
    return { columns, triplet: (text) => text.split(",").slice(0, 3).join(), note, isPartial: true };
  }
  const superspace = given(SUPERSPACE);
  if (superspace.length === 0) return undefined;
  const triplet = (text: string): string =>
    text
      .toLowerCase()
      .split(",")
      .slice(0, 3)
      .join()
      .replace(/x([1-3])(?!\d)/g, (_, axis: string) => "xyz".charAt(Number(axis) - 1));
  return { columns: superspace, triplet, isPartial: true };
}

/**
 * The operations that a block lists; undefined if it lists none. Magnetic ones lose their time reversal (with the
 * information `crystal/magnetic`), those of superspace their internal part. The identity comes first, listed or not.
 * Error: `crystal/symmetry-operation`.
 */
export function readOperations(table: BlockTable): Result<FoundOperations> | undefined {
  const list = findList(table);
  const [column] = list?.columns ?? [];
  if (!list || !column) return undefined;
  const values = list.columns
    .flatMap((one) => Array.from({ length: one.rowCount }, (_, row) => one.value(row)))
    .filter(isGiven);
  const read = values.map((value) => parseOperation(list.triplet(value.text.replace(/['"]/g, "")), value.range));
  const errors = read.flatMap(({ issues }) => issues);
  if (errors.length > 0) return fail(...limitIssues(errors));

  const listed = distinctOperations(read.flatMap((result) => (result.ok ? [result.value] : [])));
  const identity = operationKey(IDENTITY);
  const operations = [IDENTITY, ...listed.filter((operation) => operationKey(operation) !== identity)];
  const place = column.nameRange;
  const issues: readonly Issue[] = list.note
    ? [{ code: "crystal/magnetic", severity: "information", message: list.note, range: place }]
    : [];
  const complete = list.isPartial ? generateGroup(listed) : undefined;
  return ok({ operations: complete ?? operations, source: "operations", place }, issues);
}

/**
 * What a modulated block can be used for. Undefined if the block is not modulated; else the note that only its basic
 * structure is read, or the reason why there is none (`crystal/modulated`).
 */
export function modulationIssue(table: BlockTable, hasSymmetry: boolean): Issue | undefined {
  const dimension = firstValue(table, ["_cell_modulation_dimension"]);
  const named = firstColumn(table, [...SUPERSPACE, "_space_group_ssg_name", "_space_group_ssg_name_it"]);
  const range = dimension?.range ?? named?.nameRange;
  if (!range || (dimension && numberOf(dimension)?.value === 0)) return undefined;
  const subsystems = firstValue(table, ["_cell_subsystems_number"]);
  if (subsystems && (numberOf(subsystems)?.value ?? 1) > 1) {
    const message = `This is a composite crystal of ${subsystems.text} subsystems, each with its own lattice; it has no basic structure to plan with, take the file of one subsystem.`;
    return error("crystal/modulated", message, { range: subsystems.range });
  }
  if (!hasSymmetry) {
    const message =
      "This structure is modulated and its basic structure has no symmetry that can be read; list the operations of the basic structure (_space_group_symop_operation_xyz).";
    return error("crystal/modulated", message, { range });
  }
  const message =
    "This structure is modulated; its basic structure is used: main reflections only, without satellites and without the displacements of the modulation.";
  return { code: "crystal/modulated", severity: "information", message, range };
}
