import { error, fail, type Mat3, mat3, ok, type Result, type TextRange, type Vec3, vec3 } from "../util/index.ts";
import type { SymmetryOperation } from "./crystal.ts";
import { generateGroup, IDENTITY, makeOperation, parseTriplet } from "./operations.ts";

/**
 * Space-group operations from a Hall symbol: Hall, Acta Cryst. A37 (1981) 517; International Tables for
 * Crystallography B (2010), section A1.4.2.3, whose tables are named below.
 */

type Axis = "x" | "y" | "z";

const third = 1 / 3;
/** Table A1.4.2.2: lattice symbols. */
export const LATTICES: Readonly<Record<string, readonly Vec3[]>> = {
  P: [],
  A: [[0, 0.5, 0.5]],
  B: [[0.5, 0, 0.5]],
  C: [[0.5, 0.5, 0]],
  I: [[0.5, 0.5, 0.5]],
  R: [
    [2 * third, third, third],
    [third, 2 * third, 2 * third],
  ],
  F: [
    [0, 0.5, 0.5],
    [0.5, 0, 0.5],
    [0.5, 0.5, 0],
  ],
};

/** Table A1.4.2.3: translation symbols. */
const TRANSLATIONS: Readonly<Record<string, Vec3>> = {
  a: [0.5, 0, 0],
  b: [0, 0.5, 0],
  c: [0, 0, 0.5],
  n: [0.5, 0.5, 0.5],
  u: [0.25, 0, 0],
  v: [0, 0.25, 0],
  w: [0, 0, 0.25],
  d: [0.25, 0.25, 0.25],
};

/** Table A1.4.2.4: rotations about c; those about a and b follow by cyclic exchange of the axes. */
const ABOUT_Z: Readonly<Record<string, Mat3>> = {
  "1": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  "2": [
    [-1, 0, 0],
    [0, -1, 0],
    [0, 0, 1],
  ],
  "3": [
    [0, -1, 0],
    [1, -1, 0],
    [0, 0, 1],
  ],
  "4": [
    [0, -1, 0],
    [1, 0, 0],
    [0, 0, 1],
  ],
  "6": [
    [1, -1, 0],
    [1, 0, 0],
    [0, 0, 1],
  ],
  /** Tables A1.4.2.5: twofold axes along a-b and a+b. */
  "2'": [
    [0, -1, 0],
    [-1, 0, 0],
    [0, 0, -1],
  ],
  '2"': [
    [0, 1, 0],
    [1, 0, 0],
    [0, 0, -1],
  ],
};
/** Table A1.4.2.6: threefold axis along a+b+c. */
const BODY_DIAGONAL: Mat3 = [
  [0, 0, 1],
  [1, 0, 0],
  [0, 1, 0],
];

const AXIS_INDEX: Readonly<Record<Axis, 0 | 1 | 2>> = { x: 0, y: 1, z: 2 };

/** A matrix about c turned into the same about `axis`. */
function aboutAxis(matrix: Mat3, axis: Axis): Mat3 {
  const shift = AXIS_INDEX[axis] + 1;
  const turned: [number, number, number][] = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) turned[(i + shift) % 3]![(j + shift) % 3] = matrix[i]![j]!;
  }
  return turned as unknown as Mat3;
}

const PART = /^(-?)([12346])([12345]?)([xyz]?)(['"*]?)([abcnuvwd]*)$/;
/** Screw subscript, axis and translations may follow in any order; bring them into that of PART. */
function normalizePart(part: string): string {
  const match = /^(-?[12346])(.*)$/.exec(part);
  if (!match) return part;
  const rest = [...(match[2] ?? "")];
  const take = (set: string) => rest.filter((symbol) => set.includes(symbol)).join("");
  const known = `12345xyz'"*abcnuvwd`;
  return (
    (match[1] ?? "") +
    take("12345") +
    take("xyz") +
    take(`'"*`) +
    take("abcnuvwd") +
    rest.filter((symbol) => !known.includes(symbol)).join("")
  );
}

interface Rotation {
  readonly operation: SymmetryOperation;
  readonly order: string;
  readonly axis: Axis;
}

function readRotation(part: string, index: number, previous: Rotation | undefined): Rotation | undefined {
  const match = PART.exec(normalizePart(part));
  if (!match) return undefined;
  const [, sign, order, screw, writtenAxis, writtenMark, letters] = match as unknown as [string, ...string[]];
  const axis = (writtenAxis || impliedAxis(order!, index, previous)) as Axis;
  const mark = writtenMark || (writtenAxis ? "" : impliedMark(order!, index, previous));
  const matrix = mark === "*" ? BODY_DIAGONAL : ABOUT_Z[order! + mark];
  if (!matrix || (mark === "*" && order !== "3")) return undefined;
  const plainAxis = mark === "" ? axis : (previous?.axis ?? "z");
  const rotation = mark === "*" ? matrix : aboutAxis(matrix, plainAxis);

  let translation: Vec3 = [0, 0, 0];
  for (const letter of letters!) translation = vec3.add(translation, TRANSLATIONS[letter]!);
  if (screw) {
    if (mark !== "" || Number(screw) >= Number(order)) return undefined;
    const along: [number, number, number] = [0, 0, 0];
    along[AXIS_INDEX[axis]] = Number(screw) / Number(order);
    translation = vec3.add(translation, along);
  }
  return { operation: makeOperation(sign === "-" ? negative(rotation) : rotation, translation), order: order!, axis };
}

/** A1.4.2.3, rules i and ii: a first rotation is about c, a twofold one after a twofold or fourfold one about a. */
const impliedAxis = (order: string, index: number, previous: Rotation | undefined): Axis =>
  index === 1 && order === "2" && (previous?.order === "2" || previous?.order === "4") ? "x" : "z";

/** A1.4.2.3, rules ii and iii: a twofold rotation after a threefold or sixfold one is about a-b, a third threefold one about a+b+c. */
function impliedMark(order: string, index: number, previous: Rotation | undefined): string {
  if (index === 1 && order === "2" && (previous?.order === "3" || previous?.order === "6")) return "'";
  return index === 2 && order === "3" ? "*" : "";
}

const negative = ([x, y, z]: Mat3): Mat3 => [vec3.scale(x, -1), vec3.scale(y, -1), vec3.scale(z, -1)];

/** Change of basis at the end of a symbol: origin shift `(p q r)` in twelfths, or the new coordinates `(x-y,x+y,z)`. */
const CHANGE = /\(([^()]*)\)\s*$/;

function readChange(text: string): ReturnType<typeof parseTriplet> {
  const shift = /^\s*(-?\d+)\s+(-?\d+)\s+(-?\d+)\s*$/.exec(text);
  if (!shift) return parseTriplet(text);
  const translation: Vec3 = [Number(shift[1]) / 12, Number(shift[2]) / 12, Number(shift[3]) / 12];
  return { rotation: mat3.identity, translation };
}

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-6;

/**
 * Generators in the coordinates x' = V x + v, where an operation W becomes V W V^-1 (International Tables for
 * Crystallography B (2010), section A1.4.2.3); the translations of the old cell become generators too. Undefined if the
 * new axes are not lattice vectors or the new rotations are not whole.
 */
function changeBasis(
  generators: readonly SymmetryOperation[],
  centrings: readonly Vec3[],
  { rotation: V, translation: v }: NonNullable<ReturnType<typeof readChange>>,
): readonly SymmetryOperation[] | undefined {
  if (Math.abs(mat3.determinant(V)) < 1e-6) return undefined;
  const back = mat3.inverse(V);
  const isLatticeVector = (vector: Vec3): boolean =>
    [[0, 0, 0] as Vec3, ...centrings].some((centring) => vec3.subtract(vector, centring).every(isWhole));
  if (!mat3.transpose(back).every(isLatticeVector)) return undefined;
  const changed = generators.map(({ rotation, translation }) => {
    const turned = mat3.multiply(mat3.multiply(V, rotation), back);
    const shifted = vec3.add(mat3.multiplyVector(V, translation), vec3.subtract(v, mat3.multiplyVector(turned, v)));
    return { turned, shifted };
  });
  if (!changed.every(({ turned }) => turned.flat().every(isWhole))) return undefined;
  const cellTranslations = mat3.transpose(V).map((vector) => makeOperation(mat3.identity, vector));
  const rounded = (matrix: Mat3): Mat3 => matrix.map((row) => row.map(Math.round)) as unknown as Mat3;
  return [...cellTranslations, ...changed.map(({ turned, shifted }) => makeOperation(rounded(turned), shifted))];
}

/** Generators of a Hall symbol, lattice centrings and inversion included; undefined if it is not one. */
export function hallGenerators(symbol: string): readonly SymmetryOperation[] | undefined {
  const written = CHANGE.exec(symbol)?.[1];
  const change = written === undefined ? undefined : readChange(written);
  if (written !== undefined && !change) return undefined;
  const [lattice, ...parts] = symbol.replace(CHANGE, "").replace(/_/g, " ").trim().split(/\s+/);
  const match = /^(-?)([PABCIRF])$/i.exec(lattice ?? "");
  const centrings = match && LATTICES[match[2]!.toUpperCase()];
  if (!match || !centrings || parts.length === 0 || parts.length > 4) return undefined;

  const generators = centrings.map((translation) => makeOperation(IDENTITY.rotation, translation));
  let previous: Rotation | undefined;
  for (const [index, part] of parts.entries()) {
    const rotation = readRotation(part.toLowerCase(), index, previous);
    if (!rotation) return undefined;
    generators.push(rotation.operation);
    previous = rotation;
  }
  if (match[1] === "-") generators.push(makeOperation(negative(IDENTITY.rotation), [0, 0, 0]));
  return change ? changeBasis(generators, centrings, change) : generators;
}

/**
 * All operations of the group that a Hall symbol names, identity first.
 * Refuses with `crystal/hall-symbol` what is not a Hall symbol; `range` is put into the issue.
 */
export function operationsFromHall(symbol: string, range?: TextRange): Result<readonly SymmetryOperation[]> {
  if (symbol !== lastMade?.symbol) {
    const generators = hallGenerators(symbol);
    lastMade = { symbol, operations: generators && generateGroup(generators) };
  }
  if (lastMade.operations) return ok(lastMade.operations);
  return fail(
    error(
      "crystal/hall-symbol",
      `'${symbol.trim()}' is not a Hall symbol that can be read, such as '-P 2ybc'; correct it, or list the symmetry operations.`,
      range ? { range } : {},
    ),
  );
}

/** Kept, because the blocks of a file and the checks of a block ask for one symbol again and again. */
let lastMade: { readonly symbol: string; readonly operations: readonly SymmetryOperation[] | undefined } | undefined;
