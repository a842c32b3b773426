import { error, fail, type Mat3, mat3, ok, type Result, type Vec3, vec3 } from "../util/index.ts";
import type { UnitCell } from "./crystal.ts";
import { type BlockTable, type Column, firstValue, numberOf } from "./table.ts";

export const CARTESIANS = ["_atom_site_cartn_x", "_atom_site_cartn_y", "_atom_site_cartn_z"] as const;

export interface CartesianCoordinates {
  readonly columns: readonly Column[];
  /** From coordinates in Angstrom to fractions of the cell. */
  readonly toFractional: (cartn_A: Vec3) => Vec3;
}

/** Matrix and vector of a transformation, under the names of the dictionaries of old (`tran`) and of today (`transform`). */
function transformation(table: BlockTable, kind: "cartn" | "fract") {
  const numberAt = (matrixName: string, name: string): number | undefined => {
    const value = firstValue(table, [
      `_atom_sites_${kind}_tran_${matrixName}`,
      `_atom_sites_${kind}_transform_${name}`,
    ]);
    return value && numberOf(value)?.value;
  };
  const element = (i: number, j: number): number => numberAt(`matrix_${i}${j}`, `mat_${i}${j}`) ?? Number.NaN;
  const shift = (i: number): number => numberAt(`vector_${i}`, `vec_${i}`) ?? 0;
  const row = (i: number): Vec3 => [element(i, 1), element(i, 2), element(i, 3)];
  const matrix: Mat3 = [row(1), row(2), row(3)];
  const vector: Vec3 = [shift(1), shift(2), shift(3)];
  return { matrix, vector };
}

/**
 * Cartesian coordinates of the atoms, for files without fractional ones; undefined if there are none. They need the
 * file's own matrix, since CIF has no rule how the axes lie in the cell; without a cell, which refuses the crystal anyway,
 * they stay as they are. Errors: `crystal/no-atoms` (x, y or z is missing), `crystal/cartesian-axes` (no matrix, or one
 * that is not of this cell: volume off by more than 1 %).
 */
export function readCartesian(table: BlockTable, cell: UnitCell | undefined): Result<CartesianCoordinates> | undefined {
  const columns = CARTESIANS.flatMap((name) => table.get(name) ?? []);
  const [first] = columns;
  if (!first) return undefined;
  if (columns.length < 3) {
    const message = `The atoms have only ${columns.length} of the three Cartesian coordinates; write fractional ones (_atom_site_fract_x, _y, _z).`;
    return fail(error("crystal/no-atoms", message, { range: first.nameRange }));
  }
  if (!cell) return ok({ columns, toFractional: (cartn_A) => cartn_A });
  const toFract = transformation(table, "fract");
  const toCartn = transformation(table, "cartn");
  const isOfCell = (volume_A3: number): boolean => Math.abs(volume_A3 / cell.volume_A3 - 1) < 0.01;
  if (isOfCell(1 / mat3.determinant(toFract.matrix))) {
    const toFractional = (cartn_A: Vec3): Vec3 =>
      vec3.add(mat3.multiplyVector(toFract.matrix, cartn_A), toFract.vector);
    return ok({ columns, toFractional });
  }
  if (isOfCell(mat3.determinant(toCartn.matrix))) {
    const inverse = mat3.inverse(toCartn.matrix);
    return ok({
      columns,
      toFractional: (cartn_A) => mat3.multiplyVector(inverse, vec3.subtract(cartn_A, toCartn.vector)),
    });
  }
  const message =
    "The atoms have Cartesian coordinates only, and no matrix of this cell tells how their axes lie; write fractional coordinates (_atom_site_fract_x, _y, _z).";
  return fail(error("crystal/cartesian-axes", message, { range: first.nameRange }));
}
