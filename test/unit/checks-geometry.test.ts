import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applied, fixesOf, found, issuesOf } from "./checksRutile.ts";

/** A chain of right angles in a cube of 10 Å; the second operator is listed with a whole cell, which the codes count from. */
const HEAD = `data_chain
_cell_length_a 10
_cell_length_b 10
_cell_length_c 10
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_chemical_formula_sum 'C N O S'
_space_group_name_H-M_alt 'P -1'
loop_
_space_group_symop_operation_xyz
x,y,z
1-x,-y,-z
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
C1 C 0.10000 0.10000 0.10000
N1 N 0.25000 0.10000 0.10000
O1 O 0.25000 0.25000 0.10000
S1 S 0.25000 0.25000 0.25000
`;
const bonds = (...rows: readonly string[]): string =>
  [
    `${HEAD}loop_`,
    "_geom_bond_atom_site_label_1",
    "_geom_bond_atom_site_label_2",
    "_geom_bond_site_symmetry_2",
    "_geom_bond_distance",
    ...rows,
    "",
  ].join("\n");
const angles = (...rows: readonly string[]): string =>
  [
    `${HEAD}loop_`,
    ...["1", "2", "3"].map((n) => `_geom_angle_atom_site_label_${n}`),
    ...["1", "3"].map((n) => `_geom_angle_site_symmetry_${n}`),
    "_geom_angle",
    ...rows,
    "",
  ].join("\n");
const torsions = (row: string): string =>
  [
    `${HEAD}loop_`,
    ...["1", "2", "3", "4"].map((n) => `_geom_torsion_atom_site_label_${n}`),
    "_geom_torsion",
    row,
    "",
  ].join("\n");

/** The only issue; its first fix leaves nothing to be said. */
function mended(text: string): readonly string[] {
  const [issue, ...more] = issuesOf(text);
  assert.ok(issue && more.length === 0, found(text).join("\n"));
  const [fix] = issue.fixes ?? [];
  if (fix) assert.deepEqual(found(applied(text, fix)), []);
  return [...found(text), ...fixesOf(issue)];
}

describe("listed bonds and angles against cell and coordinates", () => {
  test("bonds that are right, with rounding and within three s.u.", () => {
    assert.deepEqual(found(bonds("C1 N1 . 1.5000", "N1 O1 . 1.50", "O1 S1 1_555 1.508(3)")), []);
    // 1-x,-y,-z takes C1 to 0.9, -0.1, -0.1: 0.8, 0.2, 0.2 from C1, and with 2_455 -0.1, -0.1, -0.1.
    assert.deepEqual(found(bonds("C1 C1 2_455 3.464(1)", "C1 C1 2_555 8.485(1)")), []);
  });

  test("a wrong bond, a little and by far; the fix keeps its s.u.", () => {
    assert.deepEqual(mended(bonds("C1 N1 . 1.520(3)")), ["geometry hint 1.520(3)", "Replace by 1.500(3)"]);
    assert.deepEqual(mended(bonds("C1 N1 . 5.1(1)")), ["geometry information 5.1(1)", "Replace by 1.5(1)"]);
  });

  test("few digits of the coordinates leave a bond open", () => {
    const rough = bonds("C1 N1 . 1.52").replaceAll(/(0\.\d\d)000/g, "$1");
    assert.deepEqual(found(rough.replace("C1 C 0.10", "C1 C 0.11")), [], "1.40 and 0.06 from rounding");
    assert.deepEqual(found(rough.replace("C1 C 0.10", "C1 C 0.14")), ["geometry information 1.52"]);
  });

  test("a symmetry code that leads elsewhere is told apart, and the right one is offered", () => {
    assert.deepEqual(mended(bonds("C1 C1 2_555 3.464(1)")), [
      "symmetry-code hint 3.464(1)",
      "Replace the symmetry code by 2_455",
    ]);
    assert.deepEqual(mended(bonds("C1 C1 2_555 3.464(1)", "C1 N1 2_555 4.500(1)")), [
      "symmetry-code hint 3.464(1)",
      "Correct 2 symmetry codes",
    ]);
  });

  test("codes count the operators as they are listed, by their numbers where they have some", () => {
    const numbered = bonds("C1 C1 -1_455 3.464(1)")
      .replace("_symop_operation_xyz\nx,y,z\n1-x", "_symop_id\n_space_group_symop_operation_xyz\n1 x,y,z\n-1 1-x")
      .replace("loop_\n_space_group_symop_id", "loop_\n_space_group_symop_id");
    assert.deepEqual(found(numbered), []);
    assert.deepEqual(found(numbered.replace("-1_455", "7_455")), [], "a code without operator cannot be followed");
  });

  test("a bond without symmetry codes may be to any image, an angle only to the one image that is near", () => {
    const uncoded = (text: string): string =>
      text.replaceAll(/_geom_(bond|angle)_site_symmetry_\d\n/g, "").replaceAll(/ \.(?= )/g, "");
    assert.deepEqual(found(uncoded(bonds("C1 C1 . 3.464(1)"))), []);
    assert.deepEqual(found(uncoded(bonds("C1 C1 . 3.2(1)"))), []);
    assert.deepEqual(found(uncoded(bonds("C1 C1 . 2.2(1)"))), ["geometry information 2.2(1)"]);
    assert.deepEqual(found(uncoded(angles("C1 N1 O1 . . 95.0(2)"))), ["geometry hint 95.0(2)"]);
    assert.deepEqual(found(uncoded(angles("N1 C1 C1 . . 95.0(2)"))), []);
  });

  test("angles, and ones with a symmetry code", () => {
    assert.deepEqual(found(angles("C1 N1 O1 . . 90.0(2)", "C1 N1 O1 1_555 1_555 90")), []);
    assert.deepEqual(mended(angles("C1 N1 O1 . . 93.0(2)")), ["geometry hint 93.0(2)", "Replace by 90.0(2)"]);
    // Image of C1 at -0.1, -0.1, -0.1: cos = (-2 x 1.5) / (3.464 x 1.5).
    assert.deepEqual(found(angles("N1 C1 C1 . 2_455 125.26(2)")), []);
    assert.deepEqual(mended(angles("N1 C1 C1 . 2_555 125.26(2)")), ["symmetry-code hint 125.26(2)"]);
  });

  test("torsion angles have a sign, and 180 is -180", () => {
    assert.deepEqual(found(torsions("C1 N1 O1 S1 90.0(2)")), []);
    assert.deepEqual(mended(torsions("C1 N1 O1 S1 -90.0(2)")), ["geometry information -90.0(2)", "Replace by 90.0(2)"]);
    const trans = torsions("C1 N1 O1 S1 -180.0(2)").replace(
      "S1 S 0.25000 0.25000 0.25000",
      "S1 S 0.40000 0.25000 0.10000",
    );
    assert.deepEqual(found(trans), []);
    assert.deepEqual(found(trans.replace("-180.0(2)", "180.0(2)")), []);
    const straight = torsions("C1 N1 O1 S1 12.0(2)").replace("O1 O 0.25000 0.25000", "O1 O 0.35000 0.10000");
    assert.deepEqual(found(straight), [], "on a line there is none");
  });

  test("hydrogen bonds: three distances and an angle", () => {
    const bond = (values: string): string =>
      [
        `${HEAD}loop_`,
        ...["D", "H", "A"].map((end) => `_geom_hbond_atom_site_label_${end}`),
        "_geom_hbond_site_symmetry_A",
        ...["DH", "HA", "DA"].map((pair) => `_geom_hbond_distance_${pair}`),
        "_geom_hbond_angle_DHA",
        `C1 N1 O1 . ${values}`,
        "",
      ].join("\n");
    assert.deepEqual(found(bond("1.50 1.50 2.121(3) 90.0")), []);
    assert.deepEqual(found(bond("1.54 1.62 2.821(3) 92.0")), [
      "geometry hint 1.54",
      "geometry information 1.62",
      "geometry information 2.821(3)",
      "geometry hint 92.0",
    ]);
  });

  test("a list of another version is told once; labels that are missing or repeated are left to other checks", () => {
    const rows = ["C1 N1", "N1 O1", "O1 S1", "N1 C1", "O1 N1", "S1 O1"];
    assert.deepEqual(found(bonds(...rows.map((row) => `${row} . 1.600(3)`))), [
      "geometry information _geom_bond_distance",
    ]);
    assert.deepEqual(found(bonds("C1 N9 . 1.9")), ["dangling-label warning N9"]);
    assert.deepEqual(found(bonds("C1 N1 . 1.9").replace("S1 S 0.25", "N1 N 0.25").replace("C N O S", "C N2 O")), [
      "duplicate-label warning N1",
    ]);
  });
});

test("cells that no crystal has are not searched for ever", () => {
  const tiny = bonds(...Array.from({ length: 200 }, () => "C1 N1 . 3.0"))
    .replaceAll(/_length_([abc]) 10/g, "_length_$1 0.02")
    .replaceAll(/_geom_bond_site_symmetry_2\n/g, "")
    .replaceAll("C1 N1 .", "C1 N1");
  assert.ok(!found(tiny).some((one) => one.startsWith("geometry")));
});
