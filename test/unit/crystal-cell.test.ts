import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ELEMENTS, elementBySymbol, readAtomType, unitCell } from "../../core/crystal/index.ts";
import { mat3, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeRelative } from "./close.ts";

describe("unit cell", () => {
  test("volume and plane distances of each crystal system by their closed formulas", () => {
    const cell = (...p: readonly [number, number, number, number, number, number]) => {
      const result = unitCell(...p);
      assert.ok(result.ok);
      return result.value;
    };
    const d = (c: ReturnType<typeof cell>, hkl: Vec3) =>
      (2 * Math.PI) / vec3.norm(mat3.multiplyVector(c.reciprocal, hkl));
    closeRelative(cell(3, 4, 5, 90, 90, 90).volume_A3, 60, 1e-15);
    closeRelative(d(cell(3, 4, 5, 90, 90, 90), [1, 2, -3]), 1 / Math.sqrt(1 / 9 + 4 / 16 + 9 / 25), 1e-15);
    closeRelative(cell(5, 5, 14, 90, 90, 120).volume_A3, (Math.sqrt(3) / 2) * 25 * 14, 1e-15);
    closeRelative(d(cell(5, 5, 14, 90, 90, 120), [1, 1, 6]), 1 / Math.sqrt((4 / 3) * (3 / 25) + 36 / 196), 1e-14);
    const beta = (99.23 * Math.PI) / 180;
    closeRelative(
      cell(5.1505, 5.2116, 5.3173, 90, 99.23, 90).volume_A3,
      5.1505 * 5.2116 * 5.3173 * Math.sin(beta),
      1e-14,
    );
    const h2 =
      (1 / Math.sin(beta) ** 2) * (1 / 5.1505 ** 2 + 1 / 5.3173 ** 2 - (2 * Math.cos(beta)) / (5.1505 * 5.3173));
    closeRelative(d(cell(5.1505, 5.2116, 5.3173, 90, 99.23, 90), [1, 0, 1]), 1 / Math.sqrt(h2), 1e-14);
  });

  test("frame: a along x, b in the xy plane, c up; angles as given", () => {
    const result = unitCell(4, 5, 6, 80, 95, 110);
    assert.ok(result.ok);
    const [a, b, c] = mat3.transpose(result.value.direct);
    assert.deepEqual([a[1], a[2], b[2]], [0, 0, 0]);
    assert.ok(a[0] > 0 && b[1] > 0 && c[2] > 0);
    const angle = (u: Vec3, v: Vec3) => (vec3.angleBetween(u, v) * 180) / Math.PI;
    closeRelative(angle(b, c), 80, 1e-14);
    closeRelative(angle(a, c), 95, 1e-14);
    closeRelative(angle(a, b), 110, 1e-14);
    closeRelative(mat3.determinant(result.value.direct), result.value.volume_A3, 1e-14);
  });

  test("impossible ones are refused, every wrong parameter named", () => {
    const fields = (...p: readonly [number, number, number, number, number, number]) => {
      const result = unitCell(...p);
      assert.equal(result.ok, false, p.join());
      return result.issues.map(({ field }) => field);
    };
    assert.deepEqual(fields(0, -1, Number.NaN, 90, 90, 180), ["cell.a", "cell.b", "cell.c", "cell.gamma"]);
    assert.deepEqual(fields(1, 1, 1, 120, 120, 120), ["cell.alpha"]);
    assert.deepEqual(fields(1, 1, 1, 150, 150, 150), ["cell.alpha"]);
    assert.deepEqual(fields(1, 1, 1, 20, 30, 60), ["cell.alpha"]);
    assert.deepEqual(fields(1, 1, Number.POSITIVE_INFINITY, 90, 90, 90), ["cell.c"]);
  });
});

describe("elements", () => {
  test("hydrogen to californium in order, then D and T", () => {
    assert.equal(ELEMENTS.length, 100);
    for (const [index, { atomicNumber }] of ELEMENTS.slice(0, 98).entries()) assert.equal(atomicNumber, index + 1);
    for (const { mass_u, covalentRadius_A, color } of ELEMENTS) {
      assert.ok(mass_u > 1 && mass_u < 252 && covalentRadius_A > 0.3 && covalentRadius_A < 2.7);
      assert.match(color, /^#[0-9a-f]{6}$/);
    }
    // Standard atomic weights (IUPAC 2021) of the first, some middle and the last.
    for (const [symbol, z, mass] of [
      ["H", 1, 1.008],
      ["O", 8, 15.999],
      ["Nb", 41, 92.906],
      ["Pb", 82, 207.2],
      ["U", 92, 238.03],
      ["Cf", 98, 251],
      ["D", 1, 2.014],
      ["T", 1, 3.016],
    ] as const) {
      const element = elementBySymbol(symbol);
      assert.equal(element?.atomicNumber, z);
      closeRelative(element?.mass_u ?? 0, mass, 3e-4, symbol);
    }
    assert.equal(elementBySymbol("nb"), undefined);
  });

  test("type symbols", () => {
    const cases: readonly (readonly [string, string, number])[] = [
      ["Nb", "Nb", 0],
      ["Nb+5", "Nb", 5],
      ["Nb5+", "Nb", 5],
      ["O-2", "O", -2],
      ["O2-", "O", -2],
      ["O2-.", "O", -2],
      ["Li+1", "Li", 1],
      ["Na+", "Na", 1],
      ["Cl-", "Cl", -1],
      ["ba", "Ba", 0],
      ["ti4+", "Ti", 4],
      ["FE3+", "Fe", 3],
      ["O-H1", "O", 0],
      ["SrA", "Sr", 0],
      ["FeT", "Fe", 0],
      ["NaI", "Na", 0],
      ["KI", "K", 0],
      ["OH", "O", 0],
      ["HC2", "H", 0],
      ["D", "D", 0],
      ["T", "T", 0],
      ["W1", "W", 0],
      ["Siva", "Si", 0],
      ["U", "U", 0],
    ];
    for (const [text, element, charge] of cases) {
      const type = readAtomType(text, "type");
      assert.deepEqual([type?.element.symbol, type?.charge], [element, charge], text);
    }
    for (const text of ["", "?", "X", "Qq", "1", "Wat", "WATER", "Tx", "+2"])
      assert.equal(readAtomType(text, "type"), undefined, text);
  });

  test("labels, with the formula to decide between two readings", () => {
    const symbol = (label: string, ...formula: readonly string[]) =>
      readAtomType(label, "label", new Set(formula))?.element.symbol;
    assert.deepEqual(
      ["C1", "Al", "ba", "o", "Nb1A", "Co1", "D2"].map((label) => symbol(label)),
      ["C", "Al", "Ba", "O", "Nb", "Co", "D"],
    );
    assert.equal(symbol("CO1", "C", "O"), "C");
    assert.equal(symbol("CO1", "Co", "O"), "Co");
    assert.equal(symbol("HO1", "H", "O"), "H");
    assert.equal(symbol("co1", "C", "H"), "C");
    assert.equal(symbol("CA1"), "C");
    assert.equal(symbol("T1"), undefined, "a tetrahedral site, not tritium");
    assert.equal(symbol("M2"), undefined);
  });
});
