import type { UnitCell } from "../crystal/index.ts";
import { error, format, type Issue, type Mat3, mat3, vec3 } from "../util/index.ts";

/** How far the rows of U may be from orthogonal unit vectors. */
const ORTHOGONAL = 1e-6;

/** What keeps U from being a rotation; each issue carries its field. */
export function checkOrientation(U: Mat3): readonly Issue[] {
  const refuse = (message: string): readonly Issue[] => [
    error("plan/orientation", message, { field: "sample.orientation.U" }),
  ];
  if (!U.flat().every(Number.isFinite)) return refuse("U holds a value that is not a number: give nine numbers.");
  const product = mat3.multiply(U, mat3.transpose(U));
  const worst = Math.max(...product.flatMap((row, i) => row.map((value, j) => Math.abs(value - (i === j ? 1 : 0)))));
  if (worst > ORTHOGONAL) {
    return refuse(
      `U is not a rotation: its rows are not orthogonal unit vectors (off by ${format.significant(worst, 2)}, allowed is 0.000001). Give U alone, not U times B, with seven decimals or more.`,
    );
  }
  if (mat3.determinant(U) < 0) {
    return refuse("U mirrors the crystal (its determinant is −1): change the sign of one axis in the source of U.");
  }
  return [];
}

/**
 * Rows are the axes of the Cartesian frame of Busing and Levy (1967), Acta Cryst. 22, 457: x along a*, y in the plane of
 * a* and b*, z orthogonal to both, as vectors of the Cartesian frame of `UnitCell.direct`.
 */
function busingLevyAxes({ reciprocal }: UnitCell): Mat3 {
  const [aStar, bStar] = mat3.transpose(reciprocal);
  const x = vec3.normalize(aStar);
  const y = vec3.normalize(vec3.reject(bStar, x));
  return [x, y, vec3.cross(x, y)];
}

/** The rotation of the Cartesian frame of `UnitCell.direct` into the sample frame that U stands for. */
export function crystalToSampleOf(cell: UnitCell, U: Mat3): Mat3 {
  const x = vec3.normalize(U[0]);
  const y = vec3.normalize(vec3.reject(U[1], x));
  return mat3.multiply([x, y, vec3.cross(x, y)], busingLevyAxes(cell));
}

/** U of a mounted crystal: the inverse of `crystalToSampleOf`. */
export const orientationOf = (cell: UnitCell, crystalToSample: Mat3): Mat3 =>
  mat3.multiply(crystalToSample, mat3.transpose(busingLevyAxes(cell)));
