import { type UnitCell, unitCell } from "../crystal/index.ts";
import {
  degrees,
  error,
  fail,
  format,
  type Issue,
  MAX_ISSUES,
  type Mat3,
  mat3,
  ok,
  type Result,
  type Vec3,
  vec3,
} from "../util/index.ts";

/** An orientation that was read from a file. */
export interface ReadOrientation {
  /** In the sense of `sample.orientation.U` of the plan, a rotation to rounding. */
  readonly U: Mat3;
  /** What the matrix in the file was: U itself, lattice vectors as rows (ImageD11's UBI), or U times B. */
  readonly kind: "U" | "UBI" | "UB";
  /** First line of the matrix, from 1. */
  readonly line: number;
  /** The cell that the matrix holds; null for U, which holds none. */
  readonly cell: UnitCell | null;
  /** How that cell differs from the CIF's, in words; null for U. */
  readonly deviation: string | null;
}

/** Enough for ten thousand grains. */
const MAX_LENGTH = 2_000_000;
/** A matrix that is orthogonal within this is U; its rounding is taken off. */
const ROUNDED_U = 2e-3;
/** A cell that differs more is said to; one that differs much more is refused as another crystal or setting. */
const NOTED = { length: 0.005, angle_deg: 0.5 } as const;
const REFUSED = { length: 0.05, angle_deg: 3 } as const;

/**
 * Orientations from the text of an ImageD11 `.ubi` file (the rows of each matrix are a, b, c in Angstrom, in the frame
 * with x along the beam and z up at zero motors, that is our sample frame) or of a plain 3 x 3 matrix U or U B. U is
 * taken in the convention of Busing and Levy (1967), Acta Cryst. 22, 457, equation 3, as ImageD11 does: x along a*, b*
 * in the xy plane. A `.par` file has a cell and no orientation, which is said.
 * @param cell of the CIF, with which that of the matrix must agree
 */
export function readOrientations(text: string, cell: UnitCell): Result<readonly ReadOrientation[]> {
  const matrices = matricesOf(text);
  if (!matrices.ok) return matrices;
  const issues: Issue[] = [];
  const found: ReadOrientation[] = [];
  for (const { matrix, line } of matrices.value) {
    const read = orientationOfMatrix(matrix, line, cell);
    if (issues.length < MAX_ISSUES) issues.push(...read.issues);
    if (read.ok) found.push(read.value);
  }
  return found.length > 0 ? ok(found, issues) : fail(...issues);
}

interface PlacedMatrix {
  readonly matrix: Mat3;
  readonly line: number;
}

function matricesOf(text: string): Result<readonly PlacedMatrix[]> {
  const refuse = (message: string) => fail(error("orientation/file", message));
  if (text.length > MAX_LENGTH)
    return refuse(`The file has ${text.length} characters: no more than ${MAX_LENGTH} are read.`);
  const rows: { readonly numbers: readonly number[]; readonly line: number }[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  for (const [i, content] of lines.entries()) {
    const words = content
      .replace(/#.*$/, "")
      .replace(/[[\]()]/g, " ")
      .split(/[\s,;]+/)
      .filter((word) => word !== "");
    if (words.length === 0) continue;
    const numbers = words.map(Number);
    if (!numbers.every(Number.isFinite)) {
      if (/^cell__/m.test(text)) {
        return refuse("This parameter file holds a cell but no orientation: read the .ubi file that belongs to it.");
      }
      const wrong = words[numbers.findIndex((x) => !Number.isFinite(x))] ?? "";
      return refuse(`Line ${i + 1} holds "${format.excerpt(wrong)}", which is no number.`);
    }
    if (numbers.length === 9 && rows.length % 3 === 0) {
      for (const start of [0, 3, 6]) rows.push({ numbers: numbers.slice(start, start + 3), line: i + 1 });
    } else if (numbers.length === 3) rows.push({ numbers, line: i + 1 });
    else return refuse(`Line ${i + 1} holds ${numbers.length} numbers: a matrix has three rows of three.`);
  }
  if (rows.length === 0 || rows.length % 3 !== 0) {
    return refuse(`The file has ${rows.length} rows of numbers: a matrix has three rows of three.`);
  }
  return ok(
    Array.from({ length: rows.length / 3 }, (_, i) => ({
      matrix: rows.slice(3 * i, 3 * i + 3).map(({ numbers }) => numbers) as unknown as Mat3,
      line: rows[3 * i]!.line,
    })),
  );
}

function orientationOfMatrix(matrix: Mat3, line: number, cell: UnitCell): Result<ReadOrientation> {
  const refuse = (message: string) => fail(error("orientation/matrix", `Matrix in line ${line}: ${message}`));
  const volume = mat3.determinant(matrix);
  const scale = vec3.norm(matrix[0]) * vec3.norm(matrix[1]) * vec3.norm(matrix[2]);
  if (!(Math.abs(volume) > 1e-6 * scale)) return refuse("its rows lie in one plane, so it is no orientation.");
  if (volume < 0) return refuse("it mirrors the crystal (its determinant is negative): change the sign of one axis.");
  if (isRotation(matrix)) {
    return ok({ U: orthonormal(mat3.transpose(matrix)), kind: "U", line, cell: null, deviation: null });
  }
  const inverse = mat3.inverse(matrix);
  const readings = [
    { kind: "UBI" as const, direct: matrix, reciprocal: mat3.transpose(inverse) },
    ...[1, 2 * Math.PI].map((factor) => ({
      kind: "UB" as const,
      direct: inverse.map((row) => vec3.scale(row, factor)) as unknown as Mat3,
      reciprocal: mat3.transpose(matrix),
    })),
  ].map((reading) => ({ ...reading, compared: compare(reading.direct, cell) }));
  const best = readings.reduce((a, b) => (b.compared.worst < a.compared.worst ? b : a));
  if (best.compared.worst > 1) {
    return refuse(
      `it is no rotation, and as lattice vectors it does not fit the CIF (${readings[0]?.compared.words}): it belongs to another crystal or to another choice of axes.`,
    );
  }
  const { words, isNoted, own } = best.compared;
  const issues: Issue[] = isNoted
    ? [
        {
          code: "orientation/cell",
          severity: "warning",
          message: `The cell of the matrix differs from the CIF's: ${words}.`,
        },
      ]
    : [];
  return ok({ U: orthonormal(best.reciprocal), kind: best.kind, line, cell: own, deviation: words }, issues);
}

function isRotation(matrix: Mat3): boolean {
  const product = mat3.multiply(matrix, mat3.transpose(matrix));
  return product.every((row, i) => row.every((value, j) => Math.abs(value - (i === j ? 1 : 0)) < ROUNDED_U));
}

/** U from three vectors of the sample frame: x along the first, the second in the xy plane; columns are x, y, z. */
function orthonormal([first, second]: Mat3): Mat3 {
  const x = vec3.normalize(first);
  const y = vec3.normalize(vec3.reject(second, x));
  return mat3.transpose([x, y, vec3.cross(x, y)]);
}

interface Comparison {
  readonly own: UnitCell | null;
  /** Largest difference by what is refused. */
  readonly worst: number;
  readonly isNoted: boolean;
  readonly words: string;
}

/** The cell whose edges are the rows against that of the CIF. */
function compare([a, b, c]: Mat3, cell: UnitCell): Comparison {
  const angle = (u: Vec3, v: Vec3): number => degrees(vec3.angleBetween(u, v));
  const lengths = [vec3.norm(a), vec3.norm(b), vec3.norm(c)] as const;
  const angles = [angle(b, c), angle(a, c), angle(a, b)] as const;
  const made = unitCell(...lengths, ...angles);
  const relative = [cell.a_A, cell.b_A, cell.c_A].map((length, i) => lengths[i]! / length - 1);
  const turned = [cell.alpha_deg, cell.beta_deg, cell.gamma_deg].map((value, i) => angles[i]! - value);
  const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs));
  const signed = (value: number, decimals: number): string =>
    `${value >= 0 ? "+" : ""}${format.fixed(value, decimals)}`;
  const words = [
    ...["a", "b", "c"].map(
      (name, i) => `${name} ${format.fixed(lengths[i]!, 4)} Å (${signed(100 * relative[i]!, 2)} %)`,
    ),
    ...["α", "β", "γ"].map((name, i) => `${name} ${format.fixed(angles[i]!, 2)}° (${signed(turned[i]!, 2)}°)`),
  ].join(", ");
  return {
    own: made.ok ? made.value : null,
    worst: Math.max(largest(relative) / REFUSED.length, largest(turned) / REFUSED.angle_deg),
    isNoted: largest(relative) > NOTED.length || largest(turned) > NOTED.angle_deg,
    words,
  };
}
