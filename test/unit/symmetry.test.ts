import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import {
  operationsFromHall,
  parseOperation,
  SETTINGS,
  type SymmetryOperation,
  settingByOperations,
  settingsByHm,
} from "../../core/crystal/index.ts";
import type { Mat3 } from "../../core/util/index.ts";
import { settingsFile, settingsModule } from "../../scripts/tables/settings.ts";
import { hall_symbol_entry, type MoyoOperation, operations_from_number } from "./moyo.ts";

/** moyo's rotations are stored by columns. */
function fromMoyo({ rotation, translation }: MoyoOperation): string {
  const rows = [0, 1, 2].map((i) => [rotation[i], rotation[i + 3], rotation[i + 6]].join(","));
  return `${rows.join(",")};${translation.map((t) => ((Math.round(t * 24) % 24) + 24) % 24).join()}`;
}
const plain = ({ rotation, translation }: SymmetryOperation): string =>
  `${rotation.join()};${translation.map((t) => Math.round(t * 24)).join()}`;
const sorted = (texts: readonly string[]) => [...texts].sort();

function hall(symbol: string): readonly SymmetryOperation[] {
  const result = operationsFromHall(symbol);
  assert.ok(result.ok, `${symbol} is read`);
  return result.value;
}

describe("table of settings", () => {
  test("is what its generator writes", () => {
    assert.equal(readFileSync(settingsFile, "utf8"), settingsModule());
  });

  test("has the 530 settings of the 230 groups", () => {
    assert.equal(SETTINGS.length, 530);
    assert.equal(new Set(SETTINGS.map(({ number }) => number)).size, 230);
  });

  test("all 530 Hall symbols give moyo's operations", () => {
    for (const [index, setting] of SETTINGS.entries()) {
      const entry = hall_symbol_entry(index + 1);
      const expected = operations_from_number(entry.number, { type: "HallNumber", value: index + 1 }, false);
      const actual = hall(setting.hall);
      assert.deepEqual(sorted(actual.map(plain)), sorted(expected.map(fromMoyo)), `${index + 1}: ${setting.hall}`);
      assert.equal(actual[0]?.xyz, "x, y, z");
    }
  });

  test("every setting is found again by its operations and by its symbol", () => {
    for (const setting of SETTINGS) {
      const found = settingByOperations(hall(setting.hall));
      // Compared by Hall symbol: of C c c e some settings differ by name only.
      assert.equal(found?.hall, setting.hall);
      assert.ok(settingsByHm(setting.hm).includes(setting), setting.hm);
      assert.ok(settingsByHm(setting.hmFull).includes(setting), setting.hmFull);
    }
  });

  test("H-M symbols differ in blanks, underscores, case and choice only", () => {
    const numbers = (symbol: string) => settingsByHm(symbol).map(({ number, choice }) => `${number}${choice}`);
    assert.deepEqual(numbers("R 3 c :H"), ["161H"]);
    assert.deepEqual(numbers("R3c:r"), ["161R"]);
    assert.deepEqual(numbers("R 3 c"), ["161H", "161R"]);
    assert.deepEqual(numbers("F d -3 m :2"), ["2272"]);
    assert.deepEqual(numbers("F d -3 m"), ["2271", "2272"]);
    assert.deepEqual(numbers("P b n m"), ["62cab"]);
    assert.deepEqual(numbers("P 1 21/c 1"), ["14b1"]);
    assert.deepEqual(numbers("p_1_2_1/c_1"), ["14b1"]);
    assert.deepEqual(numbers("I4/mmm"), ["139"]);
    assert.deepEqual(numbers("P 21/c")[0], "14b1");
    assert.deepEqual(numbers("F d 3 m"), []);
  });
});

describe("Hall symbols", () => {
  test("origin shift in twelfths", () => {
    const shifted = hall("-P 2 2 (0 0 3)").map(plain);
    assert.ok(shifted.includes("-1,0,0,0,-1,0,0,0,-1;0,0,12"), "an inversion centre at 0 0 1/4");
  });

  test("what is none is refused with the symbol and the remedy", () => {
    for (const text of ["", "P", "X 2", "P 5", "P 2q", "hello world", "P 4 2 3 1 2", "P 33"]) {
      const result = operationsFromHall(text, { start: 3, end: 4 });
      assert.equal(result.ok, false, text);
      assert.equal(result.issues[0]?.code, "crystal/hall-symbol");
      assert.deepEqual(result.issues[0]?.range, { start: 3, end: 4 });
    }
  });
});

describe("operators as text", () => {
  const read = (text: string): SymmetryOperation => {
    const result = parseOperation(text);
    assert.ok(result.ok, text);
    return result.value;
  };

  const cases: readonly (readonly [string, string])[] = [
    ["x,y,z", "x, y, z"],
    ["1/2+x,y,z", "x+1/2, y, z"],
    ["x+1/2,y,z", "x+1/2, y, z"],
    ["-y+2/3, x-y+1/3, 7/6+z", "-y+2/3, x-y+1/3, z+1/6"],
    ["+x,+y,+z", "x, y, z"],
    ["x-y,x,z+0.5", "x-y, x, z+1/2"],
    ["X,-Y,Z-1/4", "x, -y, z+3/4"],
    [" - x , 1/2 - y , z ", "-x, -y+1/2, z"],
    ["x+0.3333,y+.6667,z+.333", "x+1/3, y+2/3, z+1/3"],
    ["-x-0.25,y,z", "-x+3/4, y, z"],
    ["y-x,-x,z", "-x+y, -x, z"],
    ["x,y,z+5/24", "x, y, z+5/24"],
    ["x,y,z+0.123", "x, y, z+0.123"],
    ["x,y,z+0.1240", "x, y, z+0.124"],
    ["x+0.67,y+0.33,z+0.333000", "x+2/3, y+1/3, z+1/3"],
    ["x+0.66667,y+0.6666,z+0.12", "x+2/3, y+2/3, z+1/8"],
    ["x,y,z+0.3", "x, y, z+0.3"],
    ["x+0.66,y+0.33,z+0.95", "x+2/3, y+1/3, z+0.95"],
    ["x+0.04,y,z+0.9500", "x+0.04, y, z+0.95"],
    ["-0.5+x,y,z+1", "x+1/2, y, z"],
    ["1*x,y,z", "x, y, z"],
  ];
  test("all spellings come to one form", () => {
    for (const [text, expected] of cases) assert.equal(read(text).xyz, expected, text);
  });

  test("translations are exact multiples of 1/24", () => {
    assert.deepEqual(read("x+0.3333,y+0.16667,z-1/3").translation, [8 / 24, 4 / 24, 16 / 24]);
  });

  test("rotation acts on columns", () => {
    const expected: Mat3 = [
      [0, -1, 0],
      [1, -1, 0],
      [0, 0, 1],
    ];
    assert.deepEqual(read("-y,x-y,z").rotation, expected);
  });

  test("what is none is refused with the reason", () => {
    for (const text of [
      "x,y",
      "x,y,z,1",
      "",
      "x,y,q",
      "x,x,z",
      "x,y,1/0+z",
      "x y,z,x",
      "x,y,z+",
      "1/2,y,z",
      "x,,z",
      "0.5x,y,z",
    ]) {
      const result = parseOperation(text);
      assert.equal(result.ok, false, text);
      assert.equal(result.issues[0]?.code, "crystal/symmetry-operation");
    }
  });
});
