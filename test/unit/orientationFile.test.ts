import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { unitCell } from "../../core/crystal/index.ts";
import { readOrientations } from "../../core/experiment/index.ts";
import { type Mat3, mat3, radians, type Vec3 } from "../../core/util/index.ts";
import { closeMatrix } from "./close.ts";
import { must } from "./xrayCrystals.ts";

const hexagonal = must(unitCell(5, 5, 14, 90, 90, 120));
const triclinic = must(unitCell(5.1, 6.2, 7.3, 81, 95, 104));
/** Any rotation. */
const R: Mat3 = mat3.multiply(mat3.rotation([0, 0, 1], radians(33)), mat3.rotation([1, 0, 0], radians(-71)));
const written = (matrix: readonly Vec3[], decimals = 8): string =>
  matrix.map((row) => row.map((x) => x.toFixed(decimals)).join(" ")).join("\n");
/** a, b, c of the hexagonal cell as rows with a* along x: a stands 30 degrees from it. */
const upright: Mat3 = [
  [5 * Math.cos(radians(30)), -2.5, 0],
  [0, 5, 0],
  [0, 0, 14],
];
const turnedRows = (rows: Mat3): Mat3 => rows.map((row) => mat3.multiplyVector(R, row)) as unknown as Mat3;

describe("orientation files", () => {
  test("lattice vectors whose a* lies along x are U = 1", () => {
    const [read] = must(readOrientations(written(upright), hexagonal));
    assert.equal(read?.kind, "UBI");
    closeMatrix(read!.U, mat3.identity, 1e-9);
  });

  test("a turned crystal is the rotation that turned it, from UBI, UB with and without 2 pi, and U itself", () => {
    const UBI = turnedRows(upright);
    const UB = mat3.inverse(UBI);
    const scaled = UB.map((row) => row.map((x) => 2 * Math.PI * x)) as unknown as Mat3;
    for (const [matrix, kind] of [
      [UBI, "UBI"],
      [UB, "UB"],
      [scaled, "UB"],
      [R, "U"],
    ] as const) {
      const [read] = must(readOrientations(written(matrix, 10), hexagonal));
      assert.equal(read?.kind, kind);
      closeMatrix(read!.U, R, 1e-8, kind);
    }
  });

  test("U of any cell meets U B = inverse of UBI, with B of Busing and Levy equation 3", () => {
    const { a_A, b_A, c_A } = triclinic;
    const [ca, cb, cg] = [81, 95, 104].map((angle) => Math.cos(radians(angle))) as [number, number, number];
    const v = Math.sqrt(1 - ca * ca - cb * cb - cg * cg + 2 * ca * cb * cg);
    const [as, bs, cs] = [
      Math.sqrt(1 - ca * ca) / (a_A * v),
      Math.sqrt(1 - cb * cb) / (b_A * v),
      Math.sqrt(1 - cg * cg) / (c_A * v),
    ];
    const cosStar = (x: number, y: number, z: number): number => (x * y - z) / Math.sqrt((1 - x * x) * (1 - y * y));
    const [cbs, cgs] = [cosStar(ca, cg, cb), cosStar(ca, cb, cg)];
    const [sbs, sgs] = [Math.sqrt(1 - cbs * cbs), Math.sqrt(1 - cgs * cgs)];
    const B: Mat3 = [
      [as, bs * cgs, cs * cbs],
      [0, bs * sgs, -cs * sbs * ca],
      [0, 0, 1 / c_A],
    ];
    const [read] = must(readOrientations(written(mat3.inverse(mat3.multiply(R, B)), 12), triclinic));
    closeMatrix(read!.U, R, 1e-9);
  });

  test("several matrices, comments and one-line matrices are read", () => {
    const text = `# grain 1\n${written(upright)}\n\n# grain 2\n${written(turnedRows(upright)).replaceAll("\n", " ")}\n`;
    const read = must(readOrientations(text, hexagonal));
    assert.deepEqual(
      read.map(({ line }) => line),
      [2, 7],
    );
    closeMatrix(read[1]!.U, R, 1e-7);
  });

  test("the difference of the cells is said, and noted where it is large", () => {
    const result = readOrientations(
      written(turnedRows(upright.map((row) => row.map((x) => 1.01 * x)) as unknown as Mat3)),
      hexagonal,
    );
    assert.match(must(result)[0]?.deviation ?? "", /^a 5\.0500 Å \(\+1\.00 %\)/);
    assert.deepEqual(
      result.issues.map(({ code }) => code),
      ["orientation/cell"],
    );
  });

  for (const [name, text, sentence] of [
    ["another crystal", written(turnedRows(upright)), /does not fit the CIF/],
    [
      "a mirror",
      written([
        [-1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]),
      /mirrors/,
    ],
    [
      "rows in a plane",
      written([
        [1, 0, 0],
        [0, 1, 0],
        [1, 1, 0],
      ]),
      /one plane/,
    ],
    ["two rows", "1 0 0\n0 1 0\n", /three rows of three/],
    ["a word", "1 0 0\n0 one 0\n0 0 1", /"one", which is no number/],
    ["a parameter file", "cell__a 4.04\ncell__b 4.04\ncell_lattice_[P,A,B,C,I,F,R] F\n", /no orientation/],
  ] as const) {
    test(`${name} is refused with the reason`, () => {
      const result = readOrientations(text, triclinic);
      assert.ok(!result.ok);
      assert.match(result.issues[0]?.message ?? "", sentence);
    });
  }
});
