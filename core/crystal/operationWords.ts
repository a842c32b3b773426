import { type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";
import type { SymmetryOperation } from "./crystal.ts";

/**
 * The geometric meaning of a symmetry operation x' = W x + w (International Tables for Crystallography A, section
 * 1.2.2.4: type and order from det W and tr W, intrinsic part by averaging w over the powers of W, location from the
 * fixed points of what remains).
 */
export interface OperationGeometry {
  /** Order of the rotation part: 1, 2, 3, 4 or 6; negative for a rotoinversion (-1 inversion, -2 reflection). */
  readonly order: number;
  /** Direction [u v w] of the axis, or of the normal of the plane; null for translations and inversions. */
  readonly direction: Vec3 | null;
  /** Sense of a rotation by 360/order degrees about `direction` of order 3, 4 or 6; 0 for the others. */
  readonly sense: 1 | -1 | 0;
  /** Screw or glide vector, or the whole translation where W is the identity. */
  readonly intrinsic: Vec3;
  /** A point on the axis or plane, the centre of an inversion or rotoinversion; null for translations. */
  readonly point: Vec3 | null;
}

/** Order by the trace of the proper rotation. */
const ORDERS: Readonly<Record<number, number>> = { 3: 1, 2: 6, 1: 4, 0: 3, [-1]: 2 };
const TOLERANCE = 1e-6;

export function operationGeometry({ rotation, translation }: SymmetryOperation): OperationGeometry {
  const isProper = mat3.determinant(rotation) > 0;
  const proper = isProper ? rotation : negated(rotation);
  const order = ORDERS[Math.round(proper[0][0] + proper[1][1] + proper[2][2])] ?? 1;
  const intrinsic = intrinsicPart(rotation, translation);
  const point = solve(minusIdentity(rotation), vec3.scale(vec3.subtract(translation, intrinsic), -1));
  if (order === 1) {
    return { order: isProper ? 1 : -1, direction: null, sense: 0, intrinsic, point: isProper ? null : point };
  }
  const direction = axisOf(proper, order);
  const sense = order === 2 ? 0 : senseOf(proper, direction);
  return { order: isProper ? order : -order, direction, sense, intrinsic, point };
}

const negated = (matrix: Mat3): Mat3 => matrix.map((row) => vec3.scale(row, -1)) as unknown as Mat3;

const minusIdentity = (matrix: Mat3): Mat3 =>
  matrix.map((row, i) => vec3.subtract(row, mat3.identity[i as 0 | 1 | 2])) as unknown as Mat3;

/** The mean of w over the powers of W, k of them with W^k = 1 (equation 1.2.2.16 there: w_g = t / k). */
function intrinsicPart(rotation: Mat3, translation: Vec3): Vec3 {
  let sum: Vec3 = [0, 0, 0];
  let power = mat3.identity;
  let count = 0;
  do {
    sum = vec3.add(sum, mat3.multiplyVector(power, translation));
    power = mat3.multiply(power, rotation);
    count++;
  } while (count < 12 && power.some((row, i) => row.some((value, j) => value !== mat3.identity[i]![j])));
  return vec3.scale(sum, 1 / count);
}

/** Smallest whole-number direction that the rotation leaves as it is: any column of 1 + W + ... + W^(order-1). */
function axisOf(rotation: Mat3, order: number): Vec3 {
  let power = mat3.identity;
  let sum = mat3.identity;
  for (let k = 1; k < order; k++) {
    power = mat3.multiply(power, rotation);
    sum = [vec3.add(sum[0], power[0]), vec3.add(sum[1], power[1]), vec3.add(sum[2], power[2])];
  }
  const column = mat3.transpose(sum).find((candidate) => candidate.some((value) => value !== 0)) ?? [0, 0, 1];
  const divisor = column.reduce(greatestCommonDivisor, 0);
  const last = column.findLast((value) => value !== 0)!;
  return vec3.scale(column, 1 / (last < 0 ? -divisor : divisor)).map((value) => value + 0) as unknown as Vec3;
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? Math.abs(a) : greatestCommonDivisor(b, a % b);

/** Sign of det(u, x, W x) for a direction x off the axis u. */
function senseOf(rotation: Mat3, axis: Vec3): 1 | -1 {
  const off = mat3.identity.find((candidate) => vec3.norm(vec3.cross(candidate, axis)) > TOLERANCE)!;
  return mat3.determinant([axis, off, mat3.multiplyVector(rotation, off)]) > 0 ? 1 : -1;
}

/** A solution of A x = b with free coordinates at zero, by Gauss-Jordan elimination; null if there is none. */
function solve(matrix: Mat3, right: Vec3): Vec3 | null {
  const rows = matrix.map((row, i) => [...row, right[i as 0 | 1 | 2]]);
  const pivots: number[] = [];
  for (let column = 0; column < 3; column++) {
    const top = pivots.length;
    const pivot = rows.findIndex((row, i) => i >= top && Math.abs(row[column]!) > TOLERANCE);
    if (pivot === -1) continue;
    [rows[top], rows[pivot]] = [rows[pivot]!, rows[top]!];
    const factor = rows[top]![column]!;
    rows[top] = rows[top]!.map((value) => value / factor);
    for (let i = 0; i < 3; i++) {
      const share = i === top ? 0 : rows[i]![column]!;
      if (share !== 0) rows[i] = rows[i]!.map((value, j) => value - share * rows[top]![j]!);
    }
    pivots.push(column);
  }
  if (rows.slice(pivots.length).some((row) => Math.abs(row[3]!) > TOLERANCE)) return null;
  const solution: [number, number, number] = [0, 0, 0];
  pivots.forEach((column, i) => {
    solution[column] = rows[i]![3]!;
  });
  return solution;
}

/** A symmetry operation in words: "2-fold screw axis along [0 1 0] through (0, 0, 1/4), screw vector (0, 1/2, 0)". */
export function operationWords(operation: SymmetryOperation): string {
  const { order, direction, sense, intrinsic, point } = operationGeometry(operation);
  const moves = vec3.norm(intrinsic) > TOLERANCE;
  const through = point ? ` through ${coordinates(point)}` : "";
  if (order === 1) return moves ? `translation by ${coordinates(intrinsic)}` : "identity";
  if (order === -1) return `inversion${through}`;
  const along = `[${direction!.join(" ")}]`;
  if (order === -2) {
    if (!moves) return `mirror plane perpendicular to ${along}${through}`;
    return `${glideLetter(intrinsic)} glide plane perpendicular to ${along}${through}, glide vector ${coordinates(intrinsic)}`;
  }
  const turn = sense === 0 ? "" : ` (${sense > 0 ? "+" : "−"}${360 / Math.abs(order)}°)`;
  if (order < 0)
    return `${-order}-fold rotoinversion${turn} about ${along}, centre at ${coordinates(point ?? [0, 0, 0])}`;
  if (!moves) return `${order}-fold rotation${turn} about ${along}${through}`;
  return `${order}-fold screw axis${turn} along ${along}${through}, screw vector ${coordinates(intrinsic)}`;
}

/** Letter of a glide plane (International Tables for Crystallography A, table 2.1.2.1). */
function glideLetter(glide: Vec3): string {
  const sizes = glide.map((value) => Math.abs(value - Math.round(value)));
  const halves = sizes.filter((size) => Math.abs(size - 0.5) < TOLERANCE).length;
  const zeros = sizes.filter((size) => size < TOLERANCE).length;
  if (zeros === 2 && halves === 1) return "abc"[sizes.findIndex((size) => size > TOLERANCE)]!;
  if (halves + zeros === 3) return "n";
  const isQuarter = sizes.every(
    (size) => size < TOLERANCE || Math.abs((size % 0.5) - 0.25) < TOLERANCE || Math.abs(size - 0.5) < TOLERANCE,
  );
  return isQuarter ? "d" : "g";
}

const coordinates = (vector: Vec3): string => `(${vector.map(fraction).join(", ")})`;

/** A multiple of 1/24 as a fraction, anything else with four decimals. */
function fraction(value: number): string {
  for (const divisor of [1, 2, 3, 4, 6, 8, 12, 24]) {
    const numerator = Math.round(value * divisor);
    if (Math.abs(numerator / divisor - value) > 1e-5) continue;
    return divisor === 1 ? String(numerator + 0) : `${numerator}/${divisor}`;
  }
  return value.toFixed(4);
}
