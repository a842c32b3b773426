/** Values that follow from the rest of a block, and settings that it speaks for. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { computedValue, crystalFromBlock, likelySettings } from "../../core/crystal/index.ts";

const LITHIUM_NIOBATE = readFileSync("examples/LiNbO3.cif", "utf8");

/** The example without the lines that begin with one of these names. */
const without = (...names: readonly string[]): string =>
  LITHIUM_NIOBATE.split("\n")
    .filter((line) => !names.some((name) => line.startsWith(name)))
    .join("\n");

function computed(name: string, text: string): string {
  const block = parseCif(text).blocks[0]!;
  const value = computedValue(name, block, crystalFromBlock(block));
  return value ? `${value.text} from ${value.from}` : "nothing";
}

const Z = "_cell_formula_units_Z";
const SUM = "_chemical_formula_sum";

describe("computed values", () => {
  test("of lithium niobate, by hand", () => {
    // a² c sin 120° with a 5.14829 Å, c 13.8631 Å; 6 x 147.843 u (Li 6.94, Nb 92.9064, 3 O 15.999) in that volume.
    assert.equal(computed("_cell_volume", LITHIUM_NIOBATE), "318.21 from the cell");
    assert.equal(computed("_exptl_crystal_density_diffrn", LITHIUM_NIOBATE), "4.629 from cell and atoms");
    assert.equal(computed("_chemical_formula_weight", LITHIUM_NIOBATE), "147.84 from the formula");
    assert.equal(computed("_cell_formula_units_z", without(Z)), "6 from the atoms of the cell and the formula");
    assert.equal(computed("_cell_formula_units_z", without(Z, SUM)), "6 from the atoms of the cell");
    assert.equal(computed(SUM, without(SUM)), "Li Nb O3 from the atoms of the cell and Z = 6");
    assert.equal(
      computed(SUM, without(SUM).replace(/(_cell_formula_units_Z\s+)6/, "$13")),
      "Li2 Nb2 O6 from the atoms of the cell and Z = 3",
    );
    assert.equal(computed("_space_group_it_number", LITHIUM_NIOBATE), "161 from the symmetry");
    assert.equal(computed("_space_group_crystal_system", LITHIUM_NIOBATE), "trigonal from the symmetry");
  });

  test("no value follows from itself, from a cell that cannot be read, or from atoms that do not make whole formulas", () => {
    const number = "data_a\n_space_group_IT_number 161\n";
    assert.equal(computed("_space_group_it_number", number), "nothing");
    assert.equal(computed("_space_group_crystal_system", number), "nothing");
    assert.equal(computed("_cell_volume", without("_cell_length_c")), "nothing");
    const half = LITHIUM_NIOBATE.replace(/('?)Li Nb O3\1/, "'Li Nb O5'");
    assert.notEqual(half, LITHIUM_NIOBATE);
    assert.equal(computed("_cell_formula_units_z", half), "nothing");
    assert.equal(computed("toString", LITHIUM_NIOBATE), "nothing");
  });
});

describe("likely settings", () => {
  const first = (text: string, except: "hm" | "hall" = "hm"): string => {
    const [likeliest] = likelySettings(parseCif(text).blocks[0]!, except);
    return `${likeliest?.setting.hm}: ${likeliest?.reason}`;
  };
  const cell = (lengths: string, angles: string): string =>
    `data_a\n${[...lengths.split(" ").map((v, i) => `_cell_length_${"abc"[i]} ${v}`), ...angles.split(" ").map((v, i) => `_cell_angle_${["alpha", "beta", "gamma"][i]} ${v}`)].join("\n")}\n`;

  test("by the cell those of the highest system that it fits", () => {
    assert.equal(first(cell("5 5 5", "90 90 90")), "P 2 3: fits the cell");
    assert.equal(first(cell("5 5 13", "90 90 120")), "P 3: fits the cell");
    assert.equal(first(cell("5 5 6", "90 90 90")), "P 4: fits the cell");
    assert.equal(first(cell("5 6 7", "90 90 90")), "P 2 2 2: fits the cell");
    assert.equal(first(cell("5 6 7", "90 100 90")), "P 1 2 1: fits the cell");
    assert.equal(first(cell("5 6 7", "90 90 100")), "P 1 1 2: fits the cell");
    assert.equal(first(cell("5 6 7", "80 95 100")), "P 1: fits the cell");
    assert.equal(first(cell("5 5 5", "80 80 80")), "R 3 :R: fits the cell");
  });

  test("all of them, each once, and those that the cell does not fit last", () => {
    const all = likelySettings(parseCif(cell("5 6 7", "90 90 90")).blocks[0]!, "hm");
    assert.equal(new Set(all.map(({ setting }) => setting)).size, 530);
    assert.ok(all.findIndex(({ reason }) => reason === null) > all.findLastIndex(({ reason }) => reason !== null));
  });

  test("operations before the other symbol, that before the number, all before the cell", () => {
    const hexagonal = cell("5 5 13", "90 90 120");
    const list = "loop_\n_space_group_symop_operation_xyz\nx,y,z\n-x,-y,-z\n";
    const number = "_space_group_IT_number 161\n";
    const hall = "_space_group_name_Hall '-R 3'\n";
    assert.equal(first(hexagonal + number), "R 3 c :H: the number of the group");
    assert.equal(first(hexagonal + number + hall), "R -3 :H: the other symbol");
    assert.equal(first(hexagonal + number + hall + list), "P -1: its operations are listed");
    assert.equal(first(`${hexagonal}_space_group_name_H-M_alt 'P 63/m'\n`, "hall"), "P 63/m: the other symbol");
    assert.equal(first(`${hexagonal}_space_group_name_H-M_alt 'P 63/m'\n`), "P 3: fits the cell");
  });
});
