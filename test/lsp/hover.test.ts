import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Hover, MarkupContent } from "vscode-languageserver";
import { opened, positionOf, slice } from "./client.ts";
import { LITHIUM_NIOBATE, VOLUME } from "./texts.ts";

const hoverAt = async (text: string, mark: string, offset = 0): Promise<{ hover: Hover | null; value: string }> => {
  const { ask } = await opened(text);
  const hover = await ask<Hover | null>("hover", { position: positionOf(text, mark, offset) });
  return { hover, value: hover ? (hover.contents as MarkupContent).value : "" };
};

describe("hover", () => {
  test("a cell length says its value, its uncertainty, what it is, and the whole cell", async () => {
    const { hover, value } = await hoverAt(LITHIUM_NIOBATE, "_cell_length_a", 3);
    assert.match(value, /a = 5\.14829 Å/);
    assert.match(value, /standard uncertainty 0\.00002 Å/);
    assert.match(value, /edge a/);
    assert.match(value, /5\.14829, 5\.14829, 13\.8631 Å/);
    assert.match(value, /90°, 90°, 120°/);
    assert.ok(value.includes(`V = ${VOLUME}`));
    // 6 formula units of 147.84 u in 318.21 cubic angstrom.
    assert.match(value, /4\.62\d g\/cm³|4\.63\d g\/cm³/);
    assert.match(value, /Category `cell`[\s\S]*at least 0\n/);
    assert.deepEqual(hover?.range, {
      start: { line: 1, character: 0 },
      end: { line: 1, character: "_cell_length_a 5.14829(2)".length },
    });
  });

  test("the value has the same hover as its name, in the newer spelling too", async () => {
    const text = LITHIUM_NIOBATE.replaceAll("_cell_length_", "_cell.length_");
    const { value } = await hoverAt(text, "13.8631", 2);
    assert.match(value, /c = 13\.8631 Å/);
    assert.match(value, /standard uncertainty 0\.0004 Å/);
  });

  test("an unknown value and a crystal that cannot be built are said, not guessed", async () => {
    const text = LITHIUM_NIOBATE.replace("_cell_length_a 5.14829(2)", "_cell_length_a ?");
    const { value } = await hoverAt(text, "_cell_length_a", 1);
    assert.match(value, /not known/);
    assert.doesNotMatch(value, /NaN|density|V =/);
  });

  test("text of the file cannot become markup", async () => {
    const text = LITHIUM_NIOBATE.replace("_cell_length_a 5.14829(2)", "_cell_length_a [x](command:evil)<b>`");
    const { value } = await hoverAt(text, "_cell_length_a", 1);
    assert.ok(value.includes("\\[x\\]\\(command:evil\\)\\<b\\>\\`"), value);
  });

  test("there is none on keywords, headers and white space", async () => {
    for (const mark of ["loop_", "data_"]) assert.equal((await hoverAt(LITHIUM_NIOBATE, mark)).hover, null);
    assert.equal((await hoverAt(`${LITHIUM_NIOBATE}\n\n`, "0.0647\n\n", 8)).hover, null);
  });
});

describe("hover on a name", () => {
  test("what it means, its category, type, range and unit, its other names and the page of the IUCr", async () => {
    const { value } = await hoverAt(`${LITHIUM_NIOBATE}_diffrn_ambient_pressure 100\n`, "_diffrn_ambient_pressure", 3);
    assert.match(value, /Category `diffrn`/);
    assert.match(value, /kPa/);
    assert.match(value, /standard uncertainty/);
    assert.match(value, /`_diffrn\.ambient_pressure`/);
    assert.match(value, /\]\(https:\/\/www\.iucr\.org\/\S+\)/);
    const fraction = await hoverAt(LITHIUM_NIOBATE, "_atom_site_fract_x", 3);
    assert.match(fraction.value, /Category `atom_site`, one value a row/);
    assert.doesNotMatch(fraction.value, /undefined|null/);
  });

  test("states are listed, long lists cut short", async () => {
    const text = `${LITHIUM_NIOBATE}_space_group_crystal_system trigonal\n`;
    const { value } = await hoverAt(text, "_space_group_crystal_system", 3);
    for (const system of ["triclinic", "monoclinic", "cubic"]) assert.ok(value.includes(`\`${system}\``), value);
    const types = await hoverAt(LITHIUM_NIOBATE, "_atom_site_type_symbol", 3);
    assert.ok(types.value.length < 1500, types.value);
  });

  test("a name that no dictionary defines is said to be so", async () => {
    assert.match((await hoverAt("data_a\n_my_own_name 1\n", "_my_own", 2)).value, /`_my_own_name` is not defined/);
  });
});

describe("hover on a value", () => {
  test("a state says what it means", async () => {
    const text = LITHIUM_NIOBATE.replace("fract_z\n", "fract_z\n_atom_site_adp_type\n").replaceAll(
      /( 0|29|47)\n/g,
      "$1 Uani\n",
    );
    assert.match((await hoverAt(text, "Uani", 1)).value, /anisotropic, U\\_ij/);
  });

  test("its name, its row and column, the number with its uncertainty", async () => {
    const text = LITHIUM_NIOBATE.replace("0.2829", "0.2829(3)");
    const { value, hover } = await hoverAt(text, "0.2829(3)", 2);
    assert.match(value, /`_atom_site_fract_z`: row 2 of 3, column 5 of 5/);
    assert.match(value, /0\.2829 ± 0\.0003/);
    assert.ok(hover?.range);
    assert.equal(slice(text, hover.range), "0.2829(3)");
  });

  test("what ? and . mean", async () => {
    assert.match((await hoverAt("data_a\n_my_x ?\n", "?")).value, /unknown/);
    assert.match((await hoverAt("data_a\n_my_x .\n", " .", 1)).value, /does not apply/);
  });

  test("an atom: element, multiplicity, occupancy, neighbours with distances", async () => {
    // Nb-O bonds of LiNbO3: 1.889 and 2.112 A (Abrahams, Reddy & Bernstein 1966).
    for (const [mark, offset] of [
      ["Nb1 Nb", 1],
      ["Nb1 Nb", 5],
    ] as const) {
      const { value } = await hoverAt(LITHIUM_NIOBATE, mark, offset);
      assert.match(value, /Nb1\*\*: Nb, 6 in the cell, fully occupied, at \(0, 0, 0\)/);
      assert.match(value, /3 × O1 at 1\.8\d\d Å, 3 × O1 at 2\.1\d\d Å/);
    }
  });

  test("a label in another loop leads to the same site", async () => {
    const text = `${LITHIUM_NIOBATE}loop_\n_atom_site_aniso_label\n_atom_site_aniso_U_11\nLi1 0.01\n`;
    assert.match((await hoverAt(text, "Li1 0.01", 1)).value, /Li1\*\*: Li, 6 in the cell/);
  });

  test("a symmetry operation: its geometric meaning", async () => {
    const text = "data_a\nloop_\n_space_group_symop_operation_xyz\nx,y,z\n'-x, y+1/2, -z+1/2'\n";
    const { value } = await hoverAt(text, "y+1/2", 1);
    assert.match(value, /row 2 of 2/);
    assert.match(value, /2-fold screw axis along \[0 1 0\] through \(0, 0, 1\/4\), screw vector \(0, 1\/2, 0\)/);
  });
});
