/** Magnetic and superspace lists of operations, and Hall symbols with a change of basis. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { crystalFromCif, documentIssues, operationsFromHall, settingByOperations } from "../../core/crystal/index.ts";

const CELL =
  "_cell_length_a 4\n_cell_length_b 4\n_cell_length_c 6\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n";
const ATOM = "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nMn1 0.1 0.2 0.3\n";
const loop = (name: string, ...values: readonly string[]): string =>
  `loop_\n${name}\n${values.map((value) => `'${value}'`).join("\n")}\n`;
const read = (...parts: readonly string[]) => crystalFromCif(parseCif(`data_x\n${CELL}${ATOM}${parts.join("")}`));
function group(...parts: readonly string[]) {
  const result = read(...parts);
  assert.ok(result.ok, result.issues.map(({ message }) => message).join("\n"));
  const { spaceGroup, issues } = result.value;
  return { hm: spaceGroup.hm, xyz: spaceGroup.operations.map(({ xyz }) => xyz), issues };
}
const codes = (issues: readonly { readonly code: string; readonly severity: string }[]) =>
  issues.map(({ code, severity }) => `${code} ${severity}`);

describe("magnetic operations", () => {
  for (const prefix of ["_space_group_symop_magn_operation.xyz", "_space_group_symop.magn_operation_xyz"]) {
    test(`${prefix}: time reversal is dropped, with a note`, () => {
      const { hm, xyz, issues } = group(loop(prefix, "x,y,z,+1", "-x,-y,z,-1", "x,-y,z,-1,mx,-my,mz", "-x,y,z,+1"));
      assert.deepEqual(xyz, ["x, y, z", "-x, -y, z", "x, -y, z", "-x, y, z"]);
      assert.equal(hm, "P m m 2");
      assert.deepEqual(codes(issues), ["crystal/magnetic information"]);
    });
  }

  test("centrings and anti-centrings multiply the list", () => {
    const { hm, xyz } = group(
      loop("_space_group_symop_magn_operation.xyz", "x,y,z,+1", "-x,-y,-z,+1"),
      loop("_space_group_symop_magn_centering.xyz", "x,y,z,+1", "x+1/2,y+1/2,z+1/2,-1"),
    );
    assert.deepEqual(
      [...xyz].sort(),
      ["-x+1/2, -y+1/2, -z+1/2", "-x, -y, -z", "x+1/2, y+1/2, z+1/2", "x, y, z"].sort(),
    );
    assert.equal(hm, null);
  });

  test("what cannot be read is refused at its place", () => {
    const result = read(loop("_space_group_symop_magn_operation.xyz", "x,y,z,+1", "x,y,+1"));
    assert.deepEqual([result.ok, ...codes(result.issues)], [false, "crystal/symmetry-operation error"]);
  });
});

describe("modulated structures", () => {
  const dimension = "_cell_modulation_dimension 1\n";
  const superspace = (...operations: readonly string[]) =>
    loop("_space_group_symop_ssg_operation_algebraic", ...operations);

  test("the basic structure, from superspace operations or from its own", () => {
    const own = group(dimension, loop("_symmetry_equiv_pos_as_xyz", "x,y,z", "-x,-y,-z"));
    assert.deepEqual(codes(own.issues), ["crystal/modulated information"]);
    const projected = group(dimension, superspace("x1,x2,x3,x4", "-x1,-x2,x3,-x4+1/2", "x1,x2+1/2,x3+1/2,x4"));
    assert.deepEqual(codes(projected.issues), ["crystal/modulated information"]);
    assert.equal(projected.xyz.length, 4);
    assert.equal(projected.hm, "A 1 1 2");
  });

  test("refused with the reason where there is none", () => {
    for (const parts of [
      [dimension, superspace("x1,x2,x3,x4", "x1+x4,x2,x3,x4")],
      [dimension, "_space_group_ssg_name 'P m c m(0,0,g)000'\n"],
      [dimension],
      [dimension, "_cell_subsystems_number 2\n", loop("_symmetry_equiv_pos_as_xyz", "x,y,z")],
    ]) {
      const result = read(...parts);
      assert.equal(result.ok, false);
      assert.ok(codes(result.issues).includes("crystal/modulated error"), parts.join());
    }
  });

  test("dimension 0 is no modulation", () => {
    assert.deepEqual(group("_cell_modulation_dimension 0\n", loop("_symmetry_equiv_pos_as_xyz", "x,y,z")).issues, []);
  });
});

describe("Hall symbols with a change of basis", () => {
  const named = (symbol: string) => {
    const result = operationsFromHall(symbol);
    assert.ok(result.ok, symbol);
    const operations = result.value;
    return [settingByOperations(operations)?.hm, operations.length];
  };

  test("other settings of the same group come out (International Tables A, table 4.3.2.1)", () => {
    assert.deepEqual(named("-P 2yc (x,y,z)"), ["P 1 2/c 1", 4]);
    // Cyclic exchange of the axes: unique axis b becomes c.
    assert.deepEqual(named("-P 2ybc (y,z,x)"), ["P 21/b 1 1", 4]);
    assert.deepEqual(named("-P 2ybc (z,x,y)"), ["P 1 1 21/a", 4]);
    assert.deepEqual(named("-P 2ac 2n (z,x,y)"), ["P b n m", 8]);
    // Obverse R cell in hexagonal axes from the rhombohedral one, and back.
    assert.deepEqual(named("P 3* -2n (2/3x-1/3y-1/3z,1/3x+1/3y-2/3z,1/3x+1/3y+1/3z)"), ["R 3 c :H", 18]);
    assert.deepEqual(named('R 3 -2"c (x+z,-x+y+z,-y+z)'), ["R 3 c :R", 6]);
    // F and I lattice of one tetragonal lattice.
    assert.deepEqual(named("F 4 2 (x-y,x+y,z)"), ["I 4 2 2", 16]);
  });

  test("origin shift in both forms", () => {
    const first = operationsFromHall("F 4d 2 3 -1d");
    const second = operationsFromHall("-F 4vw 2vw 3 (x+1/8,y+1/8,z+1/8)");
    assert.ok(first.ok && second.ok);
    assert.equal(settingByOperations(second.value)?.hm, "F d -3 m :1");
    assert.deepEqual(first.value.map(({ xyz }) => xyz).sort(), second.value.map(({ xyz }) => xyz).sort());
    const shifted = operationsFromHall("-P 2 2 (0 0 3)");
    const written = operationsFromHall("-P 2 2 (x,y,z+1/4)");
    assert.ok(shifted.ok && written.ok);
    assert.deepEqual(shifted.value, written.value);
  });

  test("axes that are no lattice vectors, and matrices that are none, are refused", () => {
    for (const symbol of ["-P 2yc (2x,y,z)", "-P 2yc (x,x,z)", "-P 2yc (x,y)", "P 4 (2x,1/2y,z)", "P 4 (x,y,q)"]) {
      assert.equal(operationsFromHall(symbol).ok, false, symbol);
    }
  });
});

describe("problems of a document", () => {
  test("a symmetry that was read is not said to be missing or unknown", () => {
    const told = (symmetry: string) =>
      documentIssues(parseCif(`data_x\n_chemical_formula_sum Mn\n${CELL}${ATOM}${symmetry}`)).map(
        ({ code, severity }) => `${code} ${severity}`,
      );
    const magnetic = told(loop("_space_group_symop_magn_operation.xyz", "x,y,z,+1", "-x,-y,-z,-1"));
    assert.deepEqual(magnetic, ["crystal/magnetic information"]);
    const centred = told("_symmetry_space_group_name_H-M 'A -1'\n");
    assert.ok(centred.includes("crystal/setting-chosen information"));
    assert.ok(centred.every((issue) => !issue.startsWith("crystal/space-group-spelling")));
    assert.ok(told("_symmetry_space_group_name_H-M 'X4bm'\n").includes("crystal/unknown-space-group error"));
  });
});
