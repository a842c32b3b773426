/** Hermann-Mauguin symbols as files spell them, and what decides where they leave a choice. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif, readHmSymbol, SETTINGS } from "../../core/crystal/index.ts";
import { hall_symbol_entry } from "./moyo.ts";

const meant = (symbol: string): readonly string[] | undefined =>
  readHmSymbol(symbol)?.meanings.map(({ setting }) => setting.number + setting.choice);

const cell = (a: number, b: number, c: number, alpha = 90, beta = 90, gamma = 90): string =>
  `_cell_length_a ${a}\n_cell_length_b ${b}\n_cell_length_c ${c}\n_cell_angle_alpha ${alpha}\n_cell_angle_beta ${beta}\n_cell_angle_gamma ${gamma}\n`;
const atoms = (...rows: readonly string[]): string =>
  `loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n${rows.join("\n")}\n`;
const cif = (symbol: string, ...parts: readonly string[]): string =>
  `data_x\n_symmetry_space_group_name_H-M '${symbol}'\n${parts.join("")}`;

function read(text: string): Crystal {
  const result = crystalFromCif(parseCif(text));
  assert.ok(result.ok, result.issues.map(({ message }) => message).join("\n"));
  return result.value;
}
function refused(text: string): string {
  const result = crystalFromCif(parseCif(text));
  assert.equal(result.ok, false, text);
  return result.issues.map(({ message }) => message).join("\n");
}
const decided = (text: string): readonly (string | null)[] => {
  const { spaceGroup, issues } = read(text);
  return [
    spaceGroup.hm,
    ...issues.filter(({ code }) => code === "crystal/setting-chosen").map(({ severity }) => severity),
  ];
};

describe("spellings of space-group symbols", () => {
  test("all 530 settings by the short and the full symbols of moyo", () => {
    for (const [index, setting] of SETTINGS.entries()) {
      const entry = hall_symbol_entry(index + 1);
      for (const symbol of [entry.hm_short, entry.hm_full, setting.hm, `${setting.hmFull}:${setting.choice}`]) {
        const reading = readHmSymbol(symbol);
        const numbers = new Set(reading?.meanings.map((meaning) => meaning.setting.number));
        assert.deepEqual([...numbers], [setting.number], symbol);
        if (symbol !== entry.hm_short) {
          assert.ok(
            reading?.meanings.some((meaning) => meaning.setting === setting),
            symbol,
          );
        }
      }
    }
  });

  test("blanks, marks, brackets, bars, missing ones, old glides, remarks", () => {
    const cases: Readonly<Record<string, readonly string[]>> = {
      "F d -3 m :1": ["2271"],
      "Fd-3m": ["2271", "2272"],
      "F d 3 m": ["2271", "2272"],
      "Fd3m S": ["2271"],
      "Fd-3mZ": ["2272"],
      "F d -3 m {origin @ centre (-3m)}": ["2272"],
      "F d -3 m {origin @ -43m}": ["2271"],
      "F d -3 m (origin choice 2)": ["2272"],
      "F d 3bar m :2": ["2272"],
      "P m 3 m": ["221"],
      "P m 3 n": ["223"],
      "I a 3 d": ["230"],
      "R 3 c {rhombohedral axes}": ["161R"],
      "R 3 c {hexagonal axes}": ["161H"],
      R3CH: ["161H"],
      "R -3 m H": ["166H"],
      "H 3": ["146H"],
      "H 3 2": ["155H"],
      "P21/n": ["14b2", "14c2", "14a2"],
      "P2_1/n": ["14b2", "14c2", "14a2"],
      "P 1 21/n 1": ["14b2"],
      "P 2(1)/c": ["14b1", "14a3"],
      "P 21/c (No. 14)": ["14b1", "14a3"],
      "P 21/a": ["14b3", "14c1"],
      "B 2/b": ["15-c1", "15a1"],
      "I 2/a": ["15b3", "15-c3"],
      "B m a b": ["64a-cb"],
      "C m c a": ["64"],
      "C m c b": ["64"],
      "A b m 2": ["39"],
      "A b a 2": ["41"],
      "C c c a": ["681", "682", "681ba-c", "682ba-c"],
      "C m m a": ["67", "67ba-c"],
    };
    for (const [symbol, expected] of Object.entries(cases)) {
      assert.deepEqual(meant(symbol), expected, symbol);
    }
  });

  test("what is no symbol is none", () => {
    for (const symbol of ["X4bm", "", "P", "Q 9 9 9", "hello", "P 4 3 m", "C 3", "F 3 m", "A 2 3"]) {
      assert.equal(meant(symbol), undefined, symbol);
    }
  });

  test("centrings that the table has not are added", () => {
    for (const [symbol, order, number] of [
      ["C 1", 2, 1],
      ["A -1", 4, 2],
      ["F -1", 8, 2],
      ["I -1", 4, 2],
      ["B 1", 2, 1],
    ] as const) {
      const { spaceGroup, issues } = read(cif(symbol, cell(5, 6, 7, 91, 92, 93), atoms("Si1 0.1 0.2 0.3")));
      assert.deepEqual([spaceGroup.operations.length, spaceGroup.number, spaceGroup.hm], [order, number, symbol]);
      assert.equal(issues[0]?.code, "crystal/setting-chosen");
    }
    const tetragonal = read(cif("C 4/m m m", cell(5, 5, 7), atoms("Si1 0.11 0.23 0.31"))).spaceGroup;
    assert.equal(tetragonal.operations.length, 32);
  });
});

describe("settings that the cell decides", () => {
  const site = atoms("Si1 0.1 0.2 0.3");
  const hexagonal = cell(5, 5, 14, 90, 90, 120);
  const rhombohedral = cell(5.5, 5.5, 5.5, 56, 56, 56);

  test("R groups", () => {
    assert.deepEqual(decided(cif("R 3 c", hexagonal, site)), ["R 3 c :H", "information"]);
    assert.deepEqual(decided(cif("R 3 c", rhombohedral, site)), ["R 3 c :R", "information"]);
    assert.deepEqual(decided(cif("R 3 c :H", hexagonal, site)), ["R 3 c :H"]);
    assert.deepEqual(decided(cif("R 3 c {rhombohedral axes}", hexagonal, site)), ["R 3 c :H", "information"]);
    assert.deepEqual(decided(cif("R 3 c :H", rhombohedral, site)), ["R 3 c :R", "information"]);
    assert.match(refused(cif("R 3 c", cell(5, 6, 7), site)), /does not fit the cell/);
  });

  test("the unique axis", () => {
    assert.deepEqual(decided(cif("P 21/c", cell(5, 6, 7, 90, 99, 90), site)), ["P 1 21/c 1", "information"]);
    assert.deepEqual(decided(cif("P 21/c", cell(5, 6, 7), site)), ["P 1 21/c 1"]);
    assert.deepEqual(decided(cif("P2_1/n", cell(5, 6, 7, 90, 90, 99), site)), ["P 1 1 21/n", "information"]);
    assert.deepEqual(decided(cif("B 2/b", cell(5, 6, 7, 90, 90, 99), site)), ["B 1 1 2/b", "information"]);
    assert.match(refused(cif("P 21/c", cell(5, 6, 7, 90, 90, 99), site)), /does not fit the cell/);
  });
});

describe("origins that the atoms decide", () => {
  const silicon = cell(5.43, 5.43, 5.43);
  const eight = "_chemical_formula_sum Si\n_cell_formula_units_Z 8\n";

  test("formula times Z", () => {
    const first = read(cif("F d -3 m", silicon, eight, atoms("Si1 0 0 0")));
    assert.deepEqual([first.spaceGroup.hm, first.contents], ["F d -3 m :1", { Si: 8 }]);
    assert.match(first.issues[0]?.message ?? "", /'F d -3 m :1', because only then the cell holds 8 times/);
    const second = read(cif("F d 3 m", silicon, eight, atoms("Si1 0.125 0.125 0.125")));
    assert.deepEqual([second.spaceGroup.hm, second.contents], ["F d -3 m :2", { Si: 8 }]);
  });

  test("the formula without Z: a spinel", () => {
    const spinel = (...rows: readonly string[]) =>
      decided(cif("Fd-3m", cell(8.08, 8.08, 8.08), "_chemical_formula_sum 'Al2 Mg O4'\n", atoms(...rows)));
    assert.deepEqual(spinel("Mg1 0.125 0.125 0.125", "Al1 0.5 0.5 0.5", "O1 0.2624 0.2624 0.2624")[0], "F d -3 m :2");
    assert.deepEqual(spinel("Mg1 0 0 0", "Al1 0.625 0.625 0.625", "O1 0.3876 0.3876 0.3876")[0], "F d -3 m :1");
  });

  test("the density", () => {
    const dense = "_exptl_crystal_density_diffrn 2.33\n";
    assert.deepEqual(decided(cif("F d -3 m", silicon, dense, atoms("Si1 0 0 0"))), ["F d -3 m :1", "information"]);
  });

  test("both spellings are offered where nothing decides", () => {
    assert.match(
      refused(cif("F d -3 m", silicon, atoms("Si1 0 0 0"))),
      /the atoms do not decide it; write 'F d -3 m :1' or 'F d -3 m :2', or list the operations/,
    );
    const general = cif("P n n n", cell(5, 6, 7), "_chemical_formula_sum Si\n", atoms("Si1 0.11 0.23 0.31"));
    assert.match(refused(general), /'P n n n :1' or 'P n n n :2'/);
  });
});
