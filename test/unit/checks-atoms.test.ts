import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applied, fixesOf, found, issuesOf, only } from "./checksRutile.ts";

const cell = (a: number, b: number, c: number, gamma = 90): string =>
  `data_x\n_cell_length_a ${a}\n_cell_length_b ${b}\n_cell_length_c ${c}\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma ${gamma}\n`;
const loop = (names: readonly string[], rows: readonly string[]): string =>
  `loop_\n${[...names, ...rows].join("\n")}\n`;

describe("atoms nearer than any bond", () => {
  const atoms = (...rows: readonly string[]): string =>
    [
      cell(10, 10, 10),
      "_chemical_formula_sum ?\n_space_group_name_H-M_alt 'P -1'\n",
      loop(["_space_group_symop_operation_xyz"], ["x,y,z", "-x,-y,-z"]),
      loop(
        ["label", "type_symbol", "fract_x", "fract_y", "fract_z", "occupancy"].map((name) => `_atom_site_${name}`),
        rows,
      ),
    ].join("");

  test("carbon at 0.6 x 1.54 = 0.92 Å, across the border of the cell and through an image too", () => {
    assert.deepEqual(found(atoms("C1 C 0.2 0.2 0.2 1", "C2 C 0.2 0.2 0.293 1")), []);
    const near = atoms("C1 C 0.2 0.2 0.2 1", "C2 C 0.2 0.2 0.291 1");
    assert.deepEqual(found(near), ["atoms-too-close warning C2 C 0.2 0.2 0.291 1"]);
    assert.match(only(near).message, /C1 and C2 are 0\.91 Å apart/);
    assert.equal(found(atoms("C1 C 0.98 0.2 0.2 1", "C2 C 0.03 0.2 0.2 1")).length, 1);
    assert.match(only(atoms("C1 C 0.2 0.2 0.2 1", "C2 C -0.2 -0.2 -0.25 1")).message, /0\.50 Å/);
    assert.match(only(atoms("C1 C 0.03 0.02 0.02 1")).message, /^Atom C1 and an image of it are 0\.82 Å/);
  });

  test("in F m -3 m, where an atom at the origin has 48 operations that leave it there", () => {
    const rocksalt = (a_A: number): string =>
      `${cell(a_A, a_A, a_A)}_space_group_name_H-M_alt 'F m -3 m'\n${loop(
        ["label", "type_symbol", "fract_x", "fract_y", "fract_z"].map((name) => `_atom_site_${name}`),
        ["Na1 Na 0 0 0", "Cl1 Cl 0.5 0.5 0.5"],
      )}`;
    const close = (text: string): readonly string[] => found(text).filter((one) => one.startsWith("atoms-too-close"));
    assert.deepEqual(close(rocksalt(5.64)), []);
    assert.deepEqual(close(rocksalt(2.9)), ["atoms-too-close warning Cl1 Cl 0.5 0.5 0.5"]);
  });

  test("alternatives may; hydrogen is seen nearer", () => {
    assert.deepEqual(found(atoms("C1 C 0.2 0.2 0.2 0.6", "C2 C 0.2 0.2 0.25 0.4")), []);
    assert.equal(found(atoms("C1 C 0.2 0.2 0.2 0.6", "C2 C 0.2 0.2 0.25 0.6")).length, 1);
    assert.deepEqual(found(atoms("O1 O 0.2 0.2 0.2 1", "H1 H 0.2 0.2 0.26 1")), []);
    assert.equal(found(atoms("O1 O 0.2 0.2 0.2 1", "H1 H 0.2 0.2 0.25 1")).length, 1);
  });
});

test("thousands of atoms in one small cell are not compared with each other", () => {
  const rows = Array.from(
    { length: 3000 },
    (_, i) => `C${i} C ${(i * 0.618) % 1} ${(i * 0.414) % 1} ${(i * 0.732) % 1}`,
  );
  const names = ["label", "type_symbol", "fract_x", "fract_y", "fract_z"].map((name) => `_atom_site_${name}`);
  const text = `${cell(3, 3, 3)}_space_group_name_H-M_alt 'P 1'\n${loop(names, rows)}`;
  assert.ok(!found(text).some((one) => one.startsWith("atoms-too-close")));
});

/** A moment on the mirror y = 0, or beside it, with a screw axis that reverses time. */
describe("magnetic moments and time reversal", () => {
  const magnet = (moment: string, operators: readonly string[], y = "0", centrings: readonly string[] = []): string =>
    [
      cell(4, 5, 6),
      "_chemical_formula_sum Fe\n_space_group_name_H-M_alt 'P m'\n",
      loop(["_space_group_symop_magn_operation.xyz"], operators),
      centrings.length > 0 ? loop(["_space_group_symop_magn_centering.xyz"], centrings) : "",
      loop(
        ["label", "type_symbol", "fract_x", "fract_y", "fract_z"].map((name) => `_atom_site_${name}`),
        [`Fe1 Fe 0.1 ${y} 0.2`],
      ),
      loop(
        ["label", "crystalaxis_x", "crystalaxis_y", "crystalaxis_z"].map((name) => `_atom_site_moment.${name}`),
        [`Fe1 ${moment}`],
      ),
    ].join("");
  const magnetic = (text: string): readonly string[] =>
    found(text).filter((one) => /^(time-reversal|magnetic-moment)/.test(one));
  const MIRROR = ["x,y,z,+1", "x,-y,z,+1"];
  const REVERSING_MIRROR = ["x,y,z,+1", "x,-y,z,-1"];

  test("a mirror keeps the moment across it, one that reverses time the moments along it", () => {
    assert.deepEqual(magnetic(magnet("0 2.0 0", MIRROR)), []);
    assert.deepEqual(magnetic(magnet("1.0 0 2.0", REVERSING_MIRROR)), []);
    assert.deepEqual(magnetic(magnet("1.0 2.0 0", MIRROR)), ["magnetic-moment warning 1.0 2.0 0"]);
    assert.deepEqual(magnetic(magnet("0 2.0 0", REVERSING_MIRROR)), ["magnetic-moment warning 0 2.0 0"]);
    assert.deepEqual(magnetic(magnet("1.0 2.0 0", MIRROR, "0.1")), [], "beside the mirror all are allowed");
    assert.deepEqual(magnetic(magnet("0.04 2.0 0", MIRROR)), [], "rounding");
    assert.deepEqual(magnetic(magnet("0.3(1) 2.0 0", MIRROR)), [], "three s.u.");
  });

  test("the fix leaves the part that is allowed", () => {
    const text = magnet("1.0 2.0 0", MIRROR);
    const issue = issuesOf(text).find(({ code }) => code === "crystal/magnetic-moment")!;
    assert.deepEqual(fixesOf(issue), ["Keep the part that symmetry allows"]);
    const mended = applied(text, issue.fixes![0]!);
    assert.match(mended, /\nFe1 0 2\.0 0\n/);
    assert.deepEqual(magnetic(mended), []);
    assert.match(issue.message, /operator 'x,-y,z,\+1'/);
  });

  test("on hexagonal axes, where moments have oblique components: x, 2x, 0 on the mirror of Mn3Ge", () => {
    // Site and operators of the mirror -x+y, y, -z+1/2 with time kept: (x, 2x, 1/4) stays, and so does m = (m, 2m, 0).
    const hexagonal = (moment: string): string =>
      magnet(moment, ["x,y,z,+1", "-x+y,y,-z+1/2,+1"])
        .replace("_length_a 4\n_cell_length_b 5", "_length_a 5\n_cell_length_b 5")
        .replace("gamma 90", "gamma 120")
        .replace("Fe1 Fe 0.1 0 0.2", "Fe1 Fe 0.15 0.3 0.25");
    assert.deepEqual(magnetic(hexagonal("1.5 3.0 0")), []);
    assert.deepEqual(magnetic(hexagonal("3.0 1.5 0")), ["magnetic-moment warning 3.0 1.5 0"]);
    assert.deepEqual(magnetic(hexagonal("0 0 2.0")), ["magnetic-moment warning 0 0 2.0"]);
  });

  test("a grey group allows no moment", () => {
    const grey = magnet("0 0 1.0", ["x,y,z,+1", "x,y,z,-1"], "0.1");
    assert.deepEqual(magnetic(grey), ["magnetic-moment warning 0 0 1.0"]);
    const centred = magnet("0 0 1.0", ["x,y,z,+1"], "0.1", ["x,y,z,+1", "x,y,z+1/2,-1"]);
    assert.deepEqual(magnetic(centred), [], "a translation that reverses time moves the atom");
  });

  test("operators without a time reversal, and ones that contradict each other", () => {
    assert.deepEqual(magnetic(magnet("0 2.0 0", ["x,y,z,+1", "x,-y,z"])), ["time-reversal warning x,-y,z"]);
    const four = ["x,y,z,+1", "-y,x,z,-1", "-x,-y,z,+1", "y,-x,z,-1"];
    assert.deepEqual(magnetic(magnet("0 0 0", four, "0.3")), []);
    assert.deepEqual(magnetic(magnet("0 0 0", [...four.slice(0, 3), "y,-x,z,+1"], "0.3")).length, 1);
  });
});
