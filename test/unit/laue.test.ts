import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  equivalentReflections,
  isSystematicallyAbsent,
  laueOperations,
  settingOperations,
  settingsByHm,
} from "../../core/crystal/index.ts";
import type { Vec3 } from "../../core/util/index.ts";

describe("reflections under symmetry", () => {
  const operations = (hm: string) => settingOperations(settingsByHm(hm)[0]!);

  test("orders of the Laue classes and numbers of equivalents (International Tables A, table 10.1.2.2)", () => {
    for (const [hm, order, general, h00] of [
      ["P 1", 2, 2, 2],
      ["P 1 21/c 1", 4, 4, 2],
      ["P n m a", 8, 8, 2],
      ["P 4 m m", 16, 16, 4],
      ["R 3 c :H", 12, 12, 6],
      ["P 63 c m", 24, 24, 6],
      ["P a -3", 24, 24, 6],
      ["F d -3 m :1", 48, 48, 6],
    ] as const) {
      const laue = laueOperations({ operations: operations(hm) });
      assert.equal(laue.length, order, hm);
      assert.equal(equivalentReflections([1, 2, 4], laue).length, general, hm);
      assert.equal(equivalentReflections([3, 0, 0], laue).length, h00, hm);
    }
  });

  test("indices go with rows: hexagonal equivalents of (1 0 -2)", () => {
    const laue = laueOperations({ operations: operations("R 3 c :H") });
    const expected = ["1,0,-2", "0,-1,-2", "-1,1,-2", "-1,0,2", "0,1,2", "1,-1,2"];
    assert.deepEqual(equivalentReflections([1, 0, -2], laue).map(String).sort(), expected.sort());
  });

  test("reflection conditions (International Tables A)", () => {
    const absent = (hm: string, hkl: Vec3) => isSystematicallyAbsent(hkl, operations(hm));
    assert.deepEqual(
      [
        [1, 1, 1],
        [2, 0, 0],
        [1, 0, 0],
        [2, 1, 1],
      ].map((hkl) => absent("F m -3 m", hkl as unknown as Vec3)),
      [false, false, true, true],
    );
    assert.deepEqual(
      [
        [2, 0, 0],
        [2, 2, 2],
        [4, 0, 0],
        [4, 2, 0],
      ].map((hkl) => absent("F d -3 m :2", hkl as unknown as Vec3)),
      [true, false, false, true],
    );
    assert.deepEqual(
      [
        [0, 0, 3],
        [0, 0, 6],
        [1, 0, -2],
        [1, 0, 2],
        [1, 0, 1],
      ].map((hkl) => absent("R 3 c :H", hkl as unknown as Vec3)),
      [true, false, false, true, true],
    );
    assert.deepEqual(
      [
        [0, 1, 0],
        [0, 2, 0],
        [1, 0, 1],
        [1, 0, 2],
        [1, 1, 1],
      ].map((hkl) => absent("P 1 21/c 1", hkl as unknown as Vec3)),
      [true, false, true, false, false],
    );
  });
});
