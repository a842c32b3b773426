import { error, fail, type Mat3, mat3, ok, type Result, type TextRange, type Vec3 } from "../util/index.ts";
import type { SymmetryOperation } from "./crystal.ts";

const AXES = ["x", "y", "z"] as const;

/** Translation in [0, 1), without rounding errors of multiples of 1/24. */
function reduceTranslation(value: number): number {
  const rounded = Math.round(value * 24) / 24;
  const exact = Math.abs(value - rounded) < 1e-6;
  if (exact) return (((Math.round(value * 24) % 24) + 24) % 24) / 24;
  return value - Math.floor(value);
}

function formatTranslation(value: number): string {
  const numerator = Math.round(value * 24);
  if (numerator / 24 !== value) return String(Number(value.toFixed(6)));
  const divisor = [12, 8, 6, 4, 3, 2, 1].find((n) => numerator % n === 0 && 24 % n === 0) ?? 1;
  return `${numerator / divisor}/${24 / divisor}`;
}

function formatRow(row: Vec3, translation: number): string {
  const terms = AXES.flatMap((axis, i) => {
    const factor = row[i] ?? 0;
    if (factor === 0) return [];
    const size = Math.abs(factor) === 1 ? axis : `${Math.abs(factor)}${axis}`;
    return [`${factor < 0 ? "-" : "+"}${size}`];
  });
  if (translation !== 0) terms.push(`+${formatTranslation(translation)}`);
  return terms.join("").replace(/^\+/, "") || "0";
}

/** Operation from its parts; brings the translation and the `xyz` text to their normal form (and -0 to 0). */
export function makeOperation(rotation: Mat3, translation: Vec3): SymmetryOperation {
  const reduced: Vec3 = [
    reduceTranslation(translation[0]),
    reduceTranslation(translation[1]),
    reduceTranslation(translation[2]),
  ];
  return {
    rotation: rotation.map((row) => row.map((factor) => factor + 0)) as unknown as Mat3,
    translation: reduced,
    xyz: rotation.map((row, i) => formatRow(row, reduced[i] ?? 0)).join(", "),
  };
}

type Affine = Pick<SymmetryOperation, "rotation" | "translation">;

/** An operation as 12 numbers: the rows of the rotation, then the translation. Groups are made of these, for speed. */
type Flat = readonly number[];

const flat = ({ rotation, translation }: Affine): Flat => [...rotation.flat(), ...translation];

/** The operation that first does `b`, then `a` (matrix product `a b`). */
function compose(a: Flat, b: Flat): Flat {
  const product = new Array<number>(12);
  for (let row = 0; row < 3; row++) {
    const [x, y, z] = [a[3 * row]!, a[3 * row + 1]!, a[3 * row + 2]!];
    for (let column = 0; column < 3; column++)
      product[3 * row + column] = x * b[column]! + y * b[3 + column]! + z * b[6 + column]!;
    product[9 + row] = reduceTranslation(x * b[9]! + y * b[10]! + z * b[11]! + a[9 + row]!);
  }
  return product;
}

/** The operation that first does `second`, then `first`, with its translation in [0, 1). */
export function productOf(first: Affine, second: Affine): Affine {
  const product = compose(flat(first), flat(second));
  const row = (start: number): Vec3 => product.slice(start, start + 3) as unknown as Vec3;
  return { rotation: [row(0), row(3), row(6)], translation: row(9) };
}

function keyOf(operation: Flat): number {
  let key = 0;
  for (let i = 0; i < 9; i++) key = key * 5 + operation[i]! + 2;
  for (let i = 9; i < 12; i++) key = key * 1200 + (Math.round(operation[i]! * 1200) % 1200);
  return key;
}

/** Number that two operations share if they are equal modulo lattice translations (within 1/1200 of the cell). */
export const operationKey = (operation: Affine): number => keyOf(flat(operation));

export const IDENTITY: SymmetryOperation = makeOperation(mat3.identity, [0, 0, 0]);

/** Sign, number or fraction, axis; each optional, blanks removed before. */
const TERM = /([+-]?)(\d+(?:\.\d*)?|\.\d+)?(?:\/(\d+(?:\.\d*)?))?\*?([xyz]?)/y;

/**
 * A decimal as the multiple of 1/6 or 1/8, with three and more digits of 1/24, that it is rounded (0.125 as 0.12, 2/3 as
 * 0.67) or cut (2/3 as 0.666) from; any other, such as 0.95 or 0.3, stands for itself.
 */
function fromDecimal(text: string): number {
  const value = Number(text);
  const decimals = text.replace(/0+$/, "").length - text.indexOf(".") - 1;
  if (!text.includes(".") || decimals < 2) return value;
  const parts = Math.round(value * 24);
  const isSixth = parts % 4 === 0;
  const isUsual = isSixth || parts % 3 === 0 || decimals >= 3;
  const tolerance = (isSixth || decimals >= 3 ? 1 : 0.505) * 10 ** -decimals;
  return isUsual && Math.abs(value - parts / 24) <= tolerance ? parts / 24 : value;
}

function parseRow(text: string): { readonly row: Vec3; readonly translation: number } | undefined {
  const row: [number, number, number] = [0, 0, 0];
  let translation = 0;
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const start = TERM.lastIndex;
    const match = TERM.exec(text);
    if (!match || (match[2] === undefined && match[4] === "")) return undefined;
    const [, sign, number, divisor, axis] = match;
    if ((start > 0 && sign === "") || (divisor !== undefined && number === undefined)) return undefined;
    const size = axis === "" && divisor === undefined ? fromDecimal(number ?? "1") : Number(number ?? 1);
    const value = (sign === "-" ? -1 : 1) * size * (divisor === undefined ? 1 : 1 / Number(divisor));
    if (!Number.isFinite(value)) return undefined;
    if (axis) row[AXES.indexOf(axis as "x")]! += value;
    else translation += value;
  }
  return { row, translation };
}

/** Matrix and vector of three sums separated by commas, such as `1/2x+y, -x, z+1/4`; undefined if they are not that. */
export function parseTriplet(text: string): Affine | undefined {
  const rows = text.toLowerCase().replace(/\s+/g, "").split(",");
  const [x, y, z, more] = rows.map((row) => (row === "" ? undefined : parseRow(row)));
  if (!x || !y || !z || more) return undefined;
  return { rotation: [x.row, y.row, z.row], translation: [x.translation, y.translation, z.translation] };
}

/**
 * Operation from a coordinate triplet such as `-x+y, -x, z+1/3`, in any case, with blanks, fractions or decimals.
 * Refuses with `crystal/symmetry-operation` what is not one; `range` is put into the issue.
 */
export function parseOperation(text: string, range?: TextRange): Result<SymmetryOperation> {
  const refuse = (reason: string) =>
    fail(error("crystal/symmetry-operation", `Symmetry operation '${text.trim()}' ${reason}`, range ? { range } : {}));
  const parts = text.toLowerCase().replace(/\s+/g, "").split(",");
  if (parts.length !== 3) return refuse("must have three parts separated by commas, such as x,y,z+1/2.");
  const rows: { readonly row: Vec3; readonly translation: number }[] = [];
  for (const part of parts) {
    const parsed = part === "" ? undefined : parseRow(part);
    if (!parsed) return refuse(`has a part '${part}' that is not a sum of x, y, z and a fraction, such as -x+y+1/2.`);
    rows.push(parsed);
  }
  const [x, y, z] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
  const rotation: Mat3 = [x.row, y.row, z.row];
  if (rotation.flat().some((factor) => !Number.isInteger(factor)) || Math.abs(mat3.determinant(rotation)) !== 1) {
    return refuse("does not map the lattice on itself; each of x, y and z must appear once, in whole numbers.");
  }
  return ok(makeOperation(rotation, [x.translation, y.translation, z.translation]));
}

/** Operations without those that repeat an earlier one. */
export const distinctOperations = (operations: readonly SymmetryOperation[]): readonly SymmetryOperation[] =>
  [...new Map([...operations].reverse().map((operation) => [operationKey(operation), operation])).values()].reverse();

/** Largest order of a space group's operations in a conventional cell (F m -3 m). */
const LARGEST_ORDER = 192;

/** All products of the generators, identity first, modulo lattice translations; undefined if they are more than 192. */
function products(generators: readonly SymmetryOperation[]): readonly Flat[] | undefined {
  const members = [flat(IDENTITY)];
  const keys = new Set(members.map(keyOf));
  const needed: Flat[] = [];
  for (const generator of generators.map(flat)) {
    if (keys.has(keyOf(generator))) continue;
    needed.push(generator);
    for (let i = 0; i < members.length; i++) {
      for (const factor of needed) {
        const product = compose(factor, members[i]!);
        const key = keyOf(product);
        if (keys.has(key)) continue;
        if (members.length === LARGEST_ORDER) return undefined;
        keys.add(key);
        members.push(product);
      }
    }
  }
  return members;
}

/**
 * All products of the generators, identity first, modulo lattice translations.
 * Undefined if they make more than 192, which no space group does.
 */
export const generateGroup = (generators: readonly SymmetryOperation[]): readonly SymmetryOperation[] | undefined =>
  products(generators)?.map((m) =>
    makeOperation(
      [
        [m[0]!, m[1]!, m[2]!],
        [m[3]!, m[4]!, m[5]!],
        [m[6]!, m[7]!, m[8]!],
      ],
      [m[9]!, m[10]!, m[11]!],
    ),
  );

/** Whether every product of two operations is among them. An empty list is not a group. */
export const isGroup = (operations: readonly SymmetryOperation[]): boolean =>
  products(operations)?.length === operations.length;
