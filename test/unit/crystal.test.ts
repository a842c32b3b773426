import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif, selectBlock } from "../../core/crystal/index.ts";
import type { Issue } from "../../core/util/index.ts";
import { closeRelative } from "./close.ts";

const CUBE = `_cell_length_a 4
_cell_length_b 4
_cell_length_c 4
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
`;
const P1 = "_symmetry_equiv_pos_as_xyz x,y,z\n";
const ATOMS = `loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
`;
const cif = (...parts: readonly string[]): string => `data_test\n${parts.join("")}`;

function read(text: string): Crystal {
  const result = crystalFromCif(parseCif(text));
  assert.ok(result.ok, result.issues.map(({ message }) => message).join("\n"));
  return result.value;
}
/** Codes of the issues with the text that each is about. */
function issuesOf(text: string): readonly (readonly [string, string])[] {
  const { issues } = crystalFromCif(parseCif(text));
  return issues.map(({ code, range }) => [code, range ? text.slice(range.start, range.end) : ""] as const);
}
function refused(text: string): readonly Issue[] {
  const result = crystalFromCif(parseCif(text));
  assert.equal(result.ok, false);
  return result.issues;
}

describe("symmetry of a block", () => {
  const SALT = `${CUBE}${ATOMS}Na1 Na 0 0 0\nCl1 Cl 0.5 0.5 0.5\n`;

  test("operations come before symbols, Hall before Hermann-Mauguin", () => {
    const source = (symmetry: string) => {
      const { spaceGroup } = read(cif(symmetry, SALT));
      return [spaceGroup.source, spaceGroup.number, spaceGroup.operations.length];
    };
    const hall = "_space_group_name_Hall '-F 4 2 3'\n";
    const hm = "_symmetry_space_group_name_H-M 'P m -3 m'\n";
    assert.deepEqual(source(P1 + hall + hm), ["operations", 1, 1]);
    assert.deepEqual(source(hall + hm), ["hall", 225, 192]);
    assert.deepEqual(source(hm), ["hm", 221, 48]);
    assert.deepEqual(source("_space_group.name_H-M_alt 'P M -3 M'\n"), ["hm", 221, 48]);
    assert.deepEqual(source("_symmetry_equiv_pos_as_xyz ?\n_symmetry_space_group_name_H-M Pm-3m\n"), ["hm", 221, 48]);
  });

  test("both spellings of the loop, quoted or not, with numbers", () => {
    const operations = (symmetry: string) => read(cif(symmetry, SALT)).spaceGroup.operations.map(({ xyz }) => xyz);
    const expected = ["x, y, z", "-x, -y, -z"];
    assert.deepEqual(operations("loop_\n_symmetry_equiv_pos_as_xyz\n x,y,z\n '-x, -y, -z'\n"), expected);
    assert.deepEqual(
      operations("loop_\n_space_group_symop_id\n_space_group_symop_operation_xyz\n1 x,y,z\n2 -X,-Y,-Z\n"),
      expected,
    );
    assert.deepEqual(operations("loop_\n_space_group_symop.operation_xyz\n-x,-y,-z\nx,y,z\n1+x,y,z\n"), expected);
  });

  test("what the operations are called is looked up, centrosymmetry seen", () => {
    const { spaceGroup } = read(
      cif("loop_\n_symmetry_equiv_pos_as_xyz\nx,y,z\n-x,y+1/2,-z+1/2\n-x,-y,-z\nx,-y+1/2,z+1/2\n", SALT),
    );
    assert.deepEqual([spaceGroup.hm, spaceGroup.hall, spaceGroup.number], ["P 1 21/c 1", "-P 2ybc", 14]);
    assert.equal(spaceGroup.centrosymmetric, true);
    const polar = read(cif("_space_group_name_Hall 'P 4 -2'\n", SALT)).spaceGroup;
    assert.deepEqual([polar.hm, polar.number, polar.centrosymmetric], ["P 4 m m", 99, false]);
  });

  test("R groups follow the cell", () => {
    const atoms = `${ATOMS}Nb Nb 0 0 0\n`;
    const hexagonal =
      "_cell_length_a 5\n_cell_length_b 5\n_cell_length_c 14\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 120\n";
    const rhombohedral =
      "_cell_length_a 5.5\n_cell_length_b 5.5\n_cell_length_c 5.5\n_cell_angle_alpha 56\n_cell_angle_beta 56\n_cell_angle_gamma 56\n";
    const hm = "_symmetry_space_group_name_H-M 'R 3 c'\n";
    assert.equal(read(cif(hm, hexagonal, atoms)).spaceGroup.hm, "R 3 c :H");
    assert.equal(read(cif(hm, rhombohedral, atoms)).spaceGroup.hm, "R 3 c :R");
    assert.equal(
      read(cif("_symmetry_space_group_name_H-M 'R 3 c :H'\n", rhombohedral, atoms)).spaceGroup.hm,
      "R 3 c :R",
    );
    const wrong = refused(cif(hm, CUBE.replace("length_b 4", "length_b 5"), atoms));
    assert.deepEqual(
      wrong.map(({ code }) => code),
      ["crystal/unknown-space-group"],
    );
  });

  test("symbols that leave a choice open, that no table has, or that are missing are refused at their place", () => {
    const problem = (symmetry: string) => issuesOf(cif(symmetry, SALT));
    assert.deepEqual(problem("_symmetry_space_group_name_H-M 'F d -3 m'\n"), [
      ["crystal/unknown-space-group", "'F d -3 m'"],
    ]);
    assert.deepEqual(problem("_symmetry_space_group_name_H-M 'P n 3 m'\n"), [
      ["crystal/unknown-space-group", "'P n 3 m'"],
    ]);
    assert.deepEqual(problem("_space_group_name_Hall 'F 9'\n"), [["crystal/hall-symbol", "'F 9'"]]);
    assert.deepEqual(problem(""), [["crystal/missing-symmetry", "data_test"]]);
    assert.deepEqual(problem("_space_group_IT_number 62\n"), [["crystal/unknown-space-group", "62"]]);
    assert.deepEqual(problem("_space_group_IT_number 300\n"), [["crystal/missing-symmetry", "data_test"]]);
    assert.deepEqual(problem("loop_\n_symmetry_equiv_pos_as_xyz\nx,y,z\nx,y\nx,y,w\n"), [
      ["crystal/symmetry-operation", "x,y"],
      ["crystal/symmetry-operation", "x,y,w"],
    ]);
    const message = (symbol: string) =>
      refused(cif(`_symmetry_space_group_name_H-M '${symbol}'\n`, SALT))[0]?.message ?? "";
    assert.match(message("F d -3 m"), /'F d -3 m :1' or 'F d -3 m :2'/);
    assert.match(message("A e a a :2"), /'A e a a :2cab' or 'A e a a :2-cba'/);
    assert.equal(read(cif("_symmetry_space_group_name_H-M 'A e a a :2cab'\n", SALT)).spaceGroup.number, 68);
    assert.equal(read(cif("_symmetry_space_group_name_H-M 'P 21/c'\n", SALT)).spaceGroup.hm, "P 1 21/c 1");
  });

  test("an unreadable Hall symbol gives way to the H-M symbol, with a warning", () => {
    const text = cif("_space_group_name_Hall 'F 9'\n_space_group_name_H-M_alt 'P m -3 m'\n", SALT);
    assert.deepEqual(issuesOf(text), [["crystal/hall-symbol", "'F 9'"]]);
    assert.deepEqual(
      read(text).issues.map(({ severity }) => severity),
      ["warning"],
    );
    assert.equal(read(text).spaceGroup.source, "hm");
  });

  test("a number alone serves where it has one setting, with a warning", () => {
    const text = cif("_space_group_IT_number 225\n", SALT);
    assert.deepEqual(issuesOf(text), [["crystal/missing-symmetry", "225"]]);
    assert.equal(read(text).spaceGroup.hm, "F m -3 m");
  });

  test("a list that is not closed, or without identity, is completed with a warning", () => {
    const open = cif("loop_\n_symmetry_equiv_pos_as_xyz\nx,y,z\n-y,x,z\n", SALT);
    assert.deepEqual(issuesOf(open), [["crystal/symmetry-not-a-group", "_symmetry_equiv_pos_as_xyz"]]);
    assert.equal(read(open).spaceGroup.operations.length, 4);
    assert.equal(read(open).spaceGroup.hm, "P 4");
    const headless = cif("_symmetry_equiv_pos_as_xyz -x,-y,-z\n", SALT);
    assert.deepEqual(issuesOf(headless), []);
    assert.deepEqual(
      read(headless).spaceGroup.operations.map(({ xyz }) => xyz),
      ["x, y, z", "-x, -y, -z"],
    );
    const endless = cif("loop_\n_symmetry_equiv_pos_as_xyz\nx,y,z\nx+0.0123,y,z\n", SALT);
    assert.deepEqual(issuesOf(endless), [["crystal/symmetry-not-a-group", "_symmetry_equiv_pos_as_xyz"]]);
    assert.equal(read(endless).spaceGroup.operations.length, 2);
  });

  test("a cell without the symmetry of its operations is told of", () => {
    const skewed = cif("_space_group_name_Hall '-P 4 2 3'\n", SALT.replace("_cell_length_b 4", "_cell_length_b 4.2"));
    assert.deepEqual(issuesOf(skewed), [["crystal/cell-constraint", "'-P 4 2 3'"]]);
  });
});

describe("sites", () => {
  const hexagonal = `_cell_length_a 3\n_cell_length_b 3\n_cell_length_c 5\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 120
_space_group_name_Hall '-P 6c 2c'
`;

  test("a rounded special position of a full site is one atom on the exact place", () => {
    const { sites, contents } = read(cif(hexagonal, ATOMS, "Be1 Be 0.333 0.6667 0.25\n"));
    assert.deepEqual(sites[0]?.position, [1 / 3, 2 / 3, 0.25]);
    assert.equal(sites[0]?.multiplicity, 2);
    assert.deepEqual(contents, { Be: 2 });
  });

  test("images of a partly occupied site stay apart unless they coincide", () => {
    const atoms = ATOMS.replace("_fract_z\n", "_fract_z\n_atom_site_occupancy\n");
    const sites = read(
      cif(
        CUBE,
        "_space_group_name_Hall -P_1\n",
        atoms,
        "A Li 0.02 0 0 0.5\nB O 0.501 0.5 0.5 0.5\nC Nb 0.48 0.5 0 1.0\n",
      ),
    ).sites;
    assert.deepEqual(
      sites.map(({ multiplicity }) => multiplicity),
      [2, 1, 1],
    );
    assert.deepEqual(
      sites.map(({ position }) => position),
      [
        [0.02, 0, 0],
        [0.5, 0.5, 0.5],
        [0.5, 0.5, 0],
      ],
    );
  });

  test("a full site far from its place is moved with a warning", () => {
    const text = cif(CUBE, "_space_group_name_Hall '-P 1'\n", ATOMS, "A Li 0.04 0 0\n");
    assert.deepEqual(issuesOf(text), [["crystal/near-special-position", "A Li 0.04 0 0"]]);
    assert.deepEqual(read(text).sites[0]?.position, [0, 0, 0]);
  });

  test("contents count occupancy, D apart from H; density follows", () => {
    const atoms = ATOMS.replace("_fract_z\n", "_fract_z\n_atom_site_occupancy\n");
    const crystal = read(
      cif(CUBE, P1, atoms, "H1 H 0 0 0 0.35(2)\nD1 D 0 0 0 0.65\nO1 O 0.5 0.5 0.5 ?\nO2 O .5 .5 0 .\n"),
    );
    assert.deepEqual(crystal.contents, { D: 0.65, H: 0.35, O: 2 });
    closeRelative(crystal.cellMass_u, 0.35 * 1.008 + 0.65 * 2.014 + 2 * 15.999, 1e-5);
    closeRelative(crystal.density_g_cm3, (crystal.cellMass_u * 1.6605390671738) / 64, 1e-9);
  });

  test("displacements: U, B, anisotropic U and B, type; zero is not given", () => {
    const text = cif(
      CUBE,
      P1,
      ATOMS.replace(
        "_fract_z\n",
        "_fract_z\n_atom_site_U_iso_or_equiv\n_atom_site_B_iso_or_equiv\n_atom_site_adp_type\n",
      ),
      "A Li 0 0 0 0.01 ? Uiso\nB Li .1 0 0 . 0.8 Biso\nC Li .2 0 0 0.02 ? Uani\nD1 Li .3 0 0 0.02 ? Bani\nE Li .4 0 0 0 ? Uiso\nF1 Li .5 0 0 0.03 ? Uiso\nG Li .6 0 0 ? ? Uiso\n",
      "loop_\n_atom_site_aniso_label\n_atom_site_aniso_U_11\n_atom_site_aniso_U_22\n_atom_site_aniso_U_33\n_atom_site_aniso_U_12\n_atom_site_aniso_U_13\n_atom_site_aniso_U_23\nC 0.01 0.02 0.03 0.001 0.002 0.003(1)\nF1 1 1 1 0 0 0\n",
      "loop_\n_atom_site_aniso_B_label\n_atom_site_aniso_B_11\n2 3\n",
    );
    const kinds = read(text).sites.map(({ displacement }) => displacement);
    assert.deepEqual(kinds[0], { kind: "iso", U_A2: 0.01 });
    assert.equal(kinds[1]?.kind, "iso");
    closeRelative(kinds[1]?.kind === "iso" ? kinds[1].U_A2 : 0, 0.8 / (8 * Math.PI ** 2), 1e-15);
    assert.deepEqual(kinds[2], { kind: "aniso", U11: 0.01, U22: 0.02, U33: 0.03, U12: 0.001, U13: 0.002, U23: 0.003 });
    assert.deepEqual(kinds[3], { kind: "iso", U_A2: 0.02 }, "no row in the anisotropic list");
    assert.deepEqual(kinds[4], { kind: "none" });
    assert.deepEqual(kinds[5], { kind: "iso", U_A2: 0.03 }, "the type says isotropic");
    assert.deepEqual(kinds[6], { kind: "none" });
    assert.deepEqual(issuesOf(text), [["crystal/displacement-zero", "0"]]);
  });

  test("anisotropic B", () => {
    const components = ["11", "22", "33", "12", "13", "23"].map((ij) => `_atom_site_aniso_B_${ij}\n`).join("");
    const text = cif(
      CUBE,
      P1,
      ATOMS,
      "A Li 0 0 0\n",
      `loop_\n_atom_site_aniso_label\n${components}A 0.8 0.8 0.8 0 0 0.4\n`,
    );
    const displacement = read(text).sites[0]?.displacement;
    assert.equal(displacement?.kind, "aniso");
    if (displacement?.kind !== "aniso") return;
    closeRelative(displacement.U11, 0.8 / (8 * Math.PI ** 2), 1e-15);
    closeRelative(displacement.U23, 0.4 / (8 * Math.PI ** 2), 1e-15);
  });

  test("sites without coordinates are left out, wrong values named at their place", () => {
    const dummy = cif(CUBE, P1, ATOMS, "A Li 0 0 0\nB O ? ? ?\nC O . 0 0\n");
    assert.deepEqual(issuesOf(dummy), [["crystal/site-skipped", "B O ? ? ?"]]);
    assert.deepEqual(read(dummy).contents, { Li: 1 });
    assert.deepEqual(issuesOf(cif(CUBE, P1, ATOMS, "A Li 0 zero 0\nB Xx 0 0 0\nC 'water' 0 0 0\n")), [
      ["crystal/atom-value", "zero"],
      ["crystal/unknown-element", "Xx"],
      ["crystal/unknown-element", "'water'"],
    ]);
    assert.match(refused(cif(CUBE, P1, ATOMS, "B7 Xx 0 0 0\n"))[0]?.message ?? "", /B7.*'Xx'/);
  });

  test("label only", () => {
    const atoms = ATOMS.replace("_atom_site_type_symbol\n", "");
    const [site] = read(cif(CUBE, P1, atoms, "Al1 0 0 0\n")).sites;
    assert.deepEqual([site?.label, site?.typeSymbol, site?.element, site?.charge], ["Al1", "Al1", "Al", 0]);
  });

  test("two atoms at one place are told of, shared places and split sites are not", () => {
    const atoms = ATOMS.replace("_fract_z\n", "_fract_z\n_atom_site_occupancy\n");
    const codes = (rows: string) =>
      issuesOf(cif(CUBE, "_space_group_name_Hall '-P 1'\n", atoms, rows)).map(([code]) => code);
    assert.deepEqual(codes("A Li .1 .2 .3 1\nB Na -.1 .8 -.3 1\n"), ["crystal/sites-overlap"]);
    assert.deepEqual(codes("A Li .999 .2 .3 1\nB Na .001 .2 .3 1\n"), ["crystal/sites-overlap"]);
    assert.deepEqual(codes("A Li .1 .2 .3 0.6\nB Na -.1 .8 -.3 0.4\n"), []);
    assert.deepEqual(codes("A Li .1 .2 .3 1\nB Na .15 .2 .3 1\n"), []);
  });

  test("occupancies outside 0 to 1", () => {
    const atoms = ATOMS.replace("_fract_z\n", "_fract_z\n_atom_site_occupancy\n");
    assert.deepEqual(issuesOf(cif(CUBE, P1, atoms, "A Li 0 0 0 -0.5\n")), [["crystal/occupancy", "-0.5"]]);
    assert.equal(read(cif(CUBE, P1, atoms, "A Li 0 0 0 1.5\n")).issues[0]?.severity, "warning");
  });
});

describe("files that hold no crystal", () => {
  const codes = (text: string) => refused(text).map(({ code }) => code);

  test("empty, binary, without block, cell or atoms", () => {
    assert.deepEqual(codes(""), ["crystal/no-block"]);
    assert.deepEqual(codes(" \n# nothing\n"), ["crystal/no-block"]);
    assert.deepEqual(codes("\u0000\u0001PNG\r\n\u001a\u0000\ufffd\ufffd"), ["crystal/no-block"]);
    assert.deepEqual(codes("data_a\n_x 1\ndata_b\n"), ["crystal/no-cell"]);
    assert.deepEqual(codes(cif(CUBE, P1)), ["crystal/no-atoms"]);
    assert.deepEqual(codes(cif(CUBE, P1, ATOMS)), ["crystal/no-atoms"]);
    assert.deepEqual(codes(cif(CUBE, P1, ATOMS, "A Li ? ? ?\n")), ["crystal/site-skipped", "crystal/no-atoms"]);
    assert.deepEqual(codes(cif(CUBE, P1, ATOMS.replace("_atom_site_fract_y\n", ""), "A Li 0 0\n")), [
      "crystal/no-atoms",
    ]);
  });

  test("cell values unknown, missing, not numbers or impossible, each at its place", () => {
    const broken = (from: string, to: string) => issuesOf(cif(CUBE.replace(from, to), P1, ATOMS, "A Li 0 0 0\n"));
    assert.deepEqual(broken("a 4", "a ?"), [["crystal/cell-value", "?"]]);
    assert.deepEqual(broken("b 4", "b 4,05"), [["crystal/cell-value", "4,05"]]);
    assert.deepEqual(broken("_cell_length_c 4\n", ""), [["crystal/cell-value", "data_test"]]);
    assert.deepEqual(broken("c 4", "c -4"), [["crystal/impossible-cell", "-4"]]);
    assert.deepEqual(broken("gamma 90", "gamma 190"), [["crystal/impossible-cell", "190"]]);
    assert.deepEqual(broken("_cell_angle_beta 90\n", ""), [["crystal/cell-angle-assumed", "data_test"]]);
    assert.deepEqual(broken("a 4", "a 4.05(2)"), []);
  });

  test("everything wrong is told at once", () => {
    assert.deepEqual(codes(cif(CUBE.replace("a 4", "a ?").replace("b 4", "b ?"), ATOMS, "A Qq 0 0 0\nB Li 0 0 x\n")), [
      "crystal/cell-value",
      "crystal/cell-value",
      "crystal/missing-symmetry",
      "crystal/unknown-element",
      "crystal/atom-value",
    ]);
  });

  test("the block: by code, else the first with a cell and atoms", () => {
    const text = `data_global\n_a 1\ndata_cell\n${CUBE}data_structure\n${CUBE}${P1}${ATOMS}A Li 0 0 0\n`;
    const document = parseCif(text);
    const code = (wanted?: string) => {
      const block = selectBlock(document, wanted);
      return block.ok ? block.value.code : block.issues[0]?.message;
    };
    assert.equal(code(), "structure");
    assert.equal(code("CELL"), "cell");
    assert.equal(code("nowhere"), "No data block is named nowhere; there are: global, cell, structure.");
  });
});
