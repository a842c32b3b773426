import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { type DocumentIssue, documentIssues } from "../../core/crystal/index.ts";
import type { IssueFix } from "../../core/util/index.ts";

/**
 * Rutile, TiO2 (cell and coordinate: Baur, Acta Cryst. 9 (1956) 515, rounded; displacements and the rest made up so
 * that everything fits): nothing is to be said of it. Each test spoils one thing.
 */
const RUTILE = `#\\#CIF_1.1
data_rutile
_chemical_formula_sum 'O2 Ti'
_chemical_formula_weight 79.87
_cell_length_a 4.594(1)
_cell_length_b 4.594(1)
_cell_length_c 2.959(1)
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_cell_volume 62.45(3)
_cell_formula_units_Z 2
_cell_measurement_temperature 295
_diffrn_ambient_temperature 295(2)
_diffrn_radiation_type 'Mo K\\a'
_diffrn_radiation_wavelength 0.71073
_diffrn_reflns_theta_min 3.0
_diffrn_reflns_theta_max 30.0
_exptl_crystal_density_diffrn 4.247
_refine_ls_R_factor_gt 0.021
_refine_ls_wR_factor_ref 0.055
_refine_ls_goodness_of_fit_ref 1.05
_refine_ls_shift/su_max 0.001
_space_group_name_H-M_alt 'P 42/m n m'
_space_group_name_Hall '-P 4n 2n'
_space_group_IT_number 136
_space_group_crystal_system tetragonal
loop_
_space_group_symop_id
_space_group_symop_operation_xyz
1 x,y,z
2 -y+1/2,x+1/2,z+1/2
3 -x,-y,z
4 y+1/2,-x+1/2,z+1/2
5 x+1/2,-y+1/2,-z+1/2
6 y,x,-z
7 -x+1/2,y+1/2,-z+1/2
8 -y,-x,-z
9 -x,-y,-z
10 y+1/2,-x+1/2,-z+1/2
11 x,y,-z
12 -y+1/2,x+1/2,-z+1/2
13 -x+1/2,y+1/2,z+1/2
14 -y,-x,z
15 x+1/2,-y+1/2,z+1/2
16 y,x,z
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
_atom_site_site_symmetry_multiplicity
_atom_site_adp_type
_atom_site_U_iso_or_equiv
Ti1 Ti 0 0 0 1 2 Uani 0.0060(2)
O1 O 0.305(1) 0.305(1) 0 1 4 Uiso 0.0050(4)
loop_
_atom_site_aniso_label
_atom_site_aniso_U_11
_atom_site_aniso_U_22
_atom_site_aniso_U_33
_atom_site_aniso_U_12
_atom_site_aniso_U_13
_atom_site_aniso_U_23
Ti1 0.0065(3) 0.0065(3) 0.0050(3) 0.0002(1) 0 0
loop_
_geom_bond_atom_site_label_1
_geom_bond_atom_site_label_2
_geom_bond_distance
Ti1 O1 1.98
`;

type Change = readonly [from: string, to: string];

function spoilt(...changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => {
    assert.equal(text.split(from).length, 2, `'${from}' stands once in the fixture`);
    return text.replace(from, () => to);
  }, RUTILE);
}

const issuesOf = (text: string): readonly DocumentIssue[] => documentIssues(parseCif(text));

/** Codes without group, severities and the texts that the issues are about. */
const found = (text: string): readonly string[] =>
  issuesOf(text).map(
    ({ code, severity, range }) => `${code.replace("crystal/", "")} ${severity} ${text.slice(range.start, range.end)}`,
  );

function applied(text: string, { edits }: IssueFix): string {
  const backwards = [...edits].sort((a, b) => b.range.start - a.range.start);
  return backwards.reduce(
    (result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end),
    text,
  );
}

/** The only issue of a text. */
function only(text: string): DocumentIssue {
  const issues = issuesOf(text);
  assert.equal(issues.length, 1, issues.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return issues[0]!;
}

/** One change makes exactly one issue, as `found` writes it; its first fix leaves nothing to be said. */
function oneIssue(expected: string, ...changes: readonly Change[]): DocumentIssue {
  const text = spoilt(...changes);
  assert.deepEqual(found(text), [expected]);
  const issue = only(text);
  const [fix] = issue.fixes ?? [];
  if (fix) assert.deepEqual(found(applied(text, fix)), [], fix.title);
  return issue;
}

const fixesOf = (issue: DocumentIssue): readonly string[] => (issue.fixes ?? []).map(({ title }) => title);

test("nothing is said of a file that is right", () => assert.deepEqual(found(RUTILE), []));

describe("cell", () => {
  test("a volume that the cell does not have, with the computed one and its s.u. as the fix", () => {
    // a^2 c = 4.594^2 x 2.959 = 62.449; s.u. with a = b varying together: V sqrt((2/4594)^2 + (1/2959)^2) = 0.034.
    const issue = oneIssue("cell-volume warning 63.45(3)", ["62.45(3)", "63.45(3)"]);
    assert.match(issue.message, /63\.45\(3\).*62\.45\(3\).*CELLV01/);
    assert.deepEqual(fixesOf(issue), ["Replace by 62.45(3)"]);
    assert.deepEqual(found(spoilt(["62.45(3)", "62.40"])), [], "within 0.1 %");
    assert.deepEqual(found(spoilt(["62.45(3)", "62"])), [], "62.45 rounds to 62");
    assert.deepEqual(found(spoilt(["62.45(3)", "61"])), ["cell-volume warning 61"]);
    assert.deepEqual(found(spoilt(["62.45(3)", "62.65"])), ["cell-volume warning 62.65"], "0.3 %");
    assert.deepEqual(found(spoilt(["62.45(3)", "62.9(2)"])), [], "within three s.u.");
  });

  test("the s.u. of a volume: lengths equal by symmetry vary together, angles fixed by it do not vary", () => {
    // sigma(V) = 2 V sigma(a) / a = 2 x 62.449 x 0.005 / 4.594 = 0.136.
    const tetragonal = spoilt(
      ["length_a 4.594(1)", "length_a 4.594(5)"],
      ["length_b 4.594(1)", "length_b 4.594(5)"],
      ["length_c 2.959(1)", "length_c 2.959"],
      ["62.45(3)", "70.00"],
    );
    assert.deepEqual(fixesOf(only(tetragonal)), ["Replace by 62.45(14)"]);
    const hexagonal =
      "data_x\n_cell_length_a 5\n_cell_length_b 5\n_cell_length_c 10\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 120.0(5)\n_cell_volume 300.00\n_space_group_name_H-M_alt 'P 6'\n";
    const volume = issuesOf(hexagonal).find(({ code }) => code === "crystal/cell-volume");
    assert.deepEqual(fixesOf(volume!), ["Replace by 216.51"]);
  });

  test("an uncertainty of the volume that the cell does not give", () => {
    oneIssue("cell-volume-su hint 62(3)", ["62.45(3)", "62(3)"]);
  });

  test("an impossible cell is an error", () => {
    const text = spoilt(["_cell_angle_gamma 90", "_cell_angle_gamma 190"]);
    assert.ok(found(text).includes("impossible-cell error 190"));
  });

  test("lengths and angles that the space group does not allow", () => {
    const angle = oneIssue("cell-constraint warning 90.2", ["gamma 90", "gamma 90.2"]);
    assert.match(angle.message, /P 42\/m n m: angle gamma is 90\.2° and must be 90°/);
    const length = oneIssue(
      "cell-constraint warning 4.600(1)",
      ["length_b 4.594(1)", "length_b 4.600(1)"],
      ["62.45(3)", "62.45(9)"],
    );
    assert.match(length.message, /length b is 4\.600\(1\) Å and must equal length a, 4\.594\(1\) Å/);
    assert.deepEqual(
      found(spoilt(["length_b 4.594(1)", "length_b 4.597(1)"])),
      ["su-on-fixed hint 4.597(1)"],
      "3 s.u.: 0.0042",
    );
  });

  test("each crystal system and setting has its own constraints", () => {
    const cell = (hm: string, parameters: readonly number[]): readonly string[] => {
      const names = ["length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma"];
      const items = names.map((name, i) => `_cell_${name} ${parameters[i]}`).join("\n");
      const text = `data_x\n${items}\n_space_group_name_H-M_alt '${hm}'\n`;
      return found(text).flatMap((line) => line.replace("cell-constraint warning ", "#").match(/^#.*/) ?? []);
    };
    assert.deepEqual(cell("P -1", [4, 5, 6, 80, 85, 95]), []);
    assert.deepEqual(cell("P 1 21/c 1", [4, 5, 6, 90, 95, 90]), []);
    assert.deepEqual(cell("P 1 21/c 1", [4, 5, 6, 90.1, 95, 90]), ["#90.1"]);
    assert.deepEqual(cell("P 1 1 21/b", [4, 5, 6, 90, 90.1, 95]), ["#90.1"]);
    assert.deepEqual(cell("P n m a", [4, 5, 6, 90, 90, 90]), []);
    assert.deepEqual(cell("P 63/m m c", [5, 5, 23, 90, 89.98, 120.01]), ["#89.98", "#120.01"]);
    assert.deepEqual(cell("R -3 c :R", [5, 5, 5, 55, 55, 55.02]), ["#55.02"]);
    assert.deepEqual(cell("R -3 c :H", [5, 5, 14, 90, 90, 120]), []);
    assert.deepEqual(cell("F m -3 m", [4, 4, 4.001, 90, 90, 90]), ["#4.001"]);
  });

  test("uncertainties on what symmetry fixes, and ones hardly meant", () => {
    oneIssue("su-on-fixed hint 90.00(2)", ["gamma 90", "gamma 90.00(2)"]);
    oneIssue("su-on-fixed hint 4.594(2)", ["length_b 4.594(1)", "length_b 4.594(2)"]);
    assert.deepEqual(found(spoilt(["length_c 2.959(1)", "length_c 2.959(50)"], ["62.45(3)", "62.5"])), [
      "cell-su hint 2.959(50)",
    ]);
    oneIssue("su-zero hint 2.959(0)", ["length_c 2.959(1)", "length_c 2.959(0)"]);
    oneIssue("su-digits hint 295.00(150)", ["temperature 295(2)", "temperature 295.00(150)"]);
  });
});

describe("symmetry", () => {
  test("operators that the symbol asks for and the list lacks are named", () => {
    const text = spoilt(["_space_group_name_Hall '-P 4n 2n'\n", ""], ["\n16 y,x,z", ""]);
    assert.deepEqual(
      found(text).filter((line) => line.startsWith("sym")),
      [
        "symop-space-group-mismatch warning 'P 42/m n m'",
        "symmetry-not-a-group warning _space_group_symop_operation_xyz",
      ],
    );
    const mismatch = issuesOf(text).find(({ code }) => code === "crystal/symop-space-group-mismatch");
    assert.match(mismatch!.message, /lacks 'y, x, z'/);
    const fix = mismatch!.fixes?.find(({ title }) => title.startsWith("Replace the list"));
    assert.ok(fix);
    assert.deepEqual(
      found(applied(text, fix)).filter((line) => line.startsWith("sym")),
      [],
    );
  });

  test("operators that are too many are named, and the symbol that fits is offered", () => {
    const text = spoilt(
      ["'P 42/m n m'", "'P 42 n m'"],
      ["_space_group_name_Hall '-P 4n 2n'\n", ""],
      ["_IT_number 136", "_IT_number 102"],
    );
    const issue = only(text);
    assert.equal(issue.code, "crystal/symop-space-group-mismatch");
    assert.match(issue.message, /has '.*' and 4 more too many/);
    assert.deepEqual(fixesOf(issue), ["Replace by 'P 42/m n m'", "Replace the list by the 8 operators of 'P 42 n m'"]);
  });

  test("another origin is no contradiction, but told", () => {
    const shifted = spoilt(
      ["'-P 4n 2n'", "'-P 4 2'"],
      ["'P 42/m n m'", "'P 4/m m m'"],
      ["_IT_number 136", "_IT_number 123"],
    );
    assert.ok(found(shifted).every((line) => line.startsWith("symop-space-group-mismatch information")));
    assert.equal(issuesOf(shifted).length, 2);
  });

  test("Hall symbol, number and crystal system against the rest", () => {
    oneIssue("symop-space-group-mismatch warning '-P 2 2'", ["'-P 4n 2n'", "'-P 2 2'"]);
    oneIssue("space-group-number warning 135", ["_IT_number 136", "_IT_number 135"]);
    oneIssue("crystal-system information cubic", ["system tetragonal", "system cubic"]);
    const symbols = "data_x\n_space_group_name_H-M_alt 'P n m a'\n_space_group_name_Hall '-P 2yc'\n_cell_length_a 4\n";
    assert.ok(found(symbols).includes("space-group-mismatch warning 'P n m a'"));
    const trigonal = "data_x\n_space_group_name_H-M_alt 'R -3 c :H'\n_symmetry_cell_setting hexagonal\n";
    assert.deepEqual(found(trigonal), [], "hexagonal axes of a trigonal group");
  });

  test("symbols in another spelling are understood, misspelt ones corrected", () => {
    const hm = (symbol: string): readonly (readonly string[])[] =>
      issuesOf(`data_x\n_space_group_name_H-M_alt '${symbol}'\n`).map((issue) => [issue.severity, ...fixesOf(issue)]);
    assert.deepEqual(hm("P 1 21/n 1"), []);
    assert.deepEqual(hm("P21/c"), []);
    assert.deepEqual(hm("P2(1)/c"), [["hint", "Replace by 'P 1 21/c 1'"]]);
    assert.deepEqual(hm("P 21/n"), [["hint", "Replace by 'P 1 21/n 1'"]]);
    assert.deepEqual(hm("F d 3 m S"), [["hint", "Replace by 'F d -3 m :1'"]]);
    assert.deepEqual(hm("C m c a"), [["hint", "Replace by 'C m c e'"]]);
    assert.deepEqual(hm("R -3 c H"), [["hint", "Replace by 'R -3 c :H'"]]);
    assert.deepEqual(hm("P 63/m m cc"), [["warning", "Replace by 'P 63/m m c'"]]);
    assert.deepEqual(hm("Q 9 9 9"), [["information"]]);
    oneIssue("space-group-spelling warning 'P 4 2 m n m'", ["'P 42/m n m'", "'P 4 2 m n m'"]);
  });

  test("operators that repeat others, and ones that cannot be read", () => {
    const repeated = oneIssue("duplicate-symop warning x+1,y,z-1", ["\n16 y,x,z", "\n16 y,x,z\n17 x+1,y,z-1"]);
    assert.match(repeated.message, /repeats 'x,y,z' of row 1/);
    const twice = spoilt(["\n16 y,x,z", "\n16 y,x,z\n17 x+1,y,z-1"]);
    assert.equal(applied(twice, only(twice).fixes![0]!), RUTILE);
    assert.ok(found(spoilt(["\n16 y,x,z", "\n16 y,x"])).includes("symmetry-operation error y,x"));
  });

  test("a list that lacks products of its operators names them and is completed", () => {
    const text =
      "data_x\n_space_group_name_H-M_alt 'P 2/m'\nloop_\n_symmetry_equiv_pos_as_xyz\nx,y,z\n-x,y,-z\n-x,-y,-z\n";
    const open = issuesOf(text).find(({ code }) => code === "crystal/symmetry-not-a-group");
    assert.match(open!.message, /products 'x, -y, z' are missing/);
    const closed = found(applied(text, open!.fixes![0]!));
    assert.deepEqual(
      closed.filter((line) => line.startsWith("sym")),
      [],
    );
    const endless = issuesOf(text.replace("-x,y,-z", "x+0.0123,y,z")).find(
      ({ code }) => code === "crystal/symmetry-not-a-group",
    );
    assert.match(endless!.message, /never end/);
  });

  test("symmetry that is not given, in part or at all", () => {
    const operators = RUTILE.slice(
      RUTILE.indexOf("loop_\n_space_group_symop_id"),
      RUTILE.indexOf("loop_\n_atom_site_label"),
    );
    const unlisted = oneIssue("missing-symmetry hint data_rutile", [operators, ""]);
    assert.deepEqual(unlisted.names, []);
    oneIssue(
      "missing-symmetry hint data_rutile",
      ["_space_group_name_H-M_alt 'P 42/m n m'\n", ""],
      ["_space_group_name_Hall '-P 4n 2n'\n", ""],
    );
    const none = spoilt(
      [operators, ""],
      ["_space_group_name_H-M_alt 'P 42/m n m'\n", ""],
      ["_space_group_name_Hall '-P 4n 2n'\n", ""],
    );
    assert.ok(found(none).includes("missing-symmetry error data_rutile"));
    assert.equal(issuesOf(none).filter(({ code }) => code === "crystal/missing-symmetry").length, 1);
  });
});

describe("formula, weight, density, Z and contents", () => {
  test("a formula that cannot be read or is out of order", () => {
    const text = spoilt(["'O2 Ti'", "TiO2"]);
    assert.deepEqual(found(text), ["formula information TiO2"]);
    assert.deepEqual(fixesOf(only(text)), ["Replace by 'Ti O2'"]);
    assert.deepEqual(fixesOf(oneIssue("formula-order information 'Ti O2'", ["'O2 Ti'", "'Ti O2'"])), [
      "Replace by 'O2 Ti'",
    ]);
  });

  test("a formula that is not there is computed", () => {
    const issue = oneIssue("missing-item information data_rutile", ["_chemical_formula_sum 'O2 Ti'\n", ""]);
    assert.deepEqual(issue.names, ["_chemical_formula_sum"]);
    assert.deepEqual(fixesOf(issue), ["Add _chemical_formula_sum 'O2 Ti'"]);
  });

  test("weight and density: levels C, B and A at 1, 5 and 10 %", () => {
    // Ti 47.867 + 2 O 15.999 = 79.865 g/mol (IUPAC); 2 x 79.865 x 1.66054 / 62.449 = 4.247 g/cm3.
    for (const [factor, severity] of [
      [1.005, undefined],
      [1.03, "hint"],
      [0.93, "information"],
      [1.2, "warning"],
    ] as const) {
      const weight = (79.865 * factor).toFixed(2);
      const density = (4.2472 * factor).toFixed(3);
      const weighed = found(spoilt(["_weight 79.87", `_weight ${weight}`]));
      assert.deepEqual(weighed, severity ? [`formula-weight ${severity} ${weight}`] : []);
      const dense = found(spoilt(["4.247", density])).filter((line) => line.startsWith("density"));
      assert.deepEqual(dense, severity ? [`density ${severity} ${density}`] : []);
    }
    assert.match(
      oneIssue("formula-weight warning 89.87", ["_weight 79.87", "_weight 89.87"]).message,
      /89\.87.*79\.86|79\.87/,
    );
  });

  test("Z against density and contents", () => {
    const text = spoilt(["units_Z 2", "units_Z 4"]);
    assert.deepEqual(found(text), ["contents warning 'O2 Ti'", "formula-units information 4", "density warning 4.247"]);
    assert.deepEqual(fixesOf(issuesOf(text)[1]!), ["Replace by 2"]);
    assert.ok(found(spoilt(["units_Z 2", "units_Z 2.5"])).includes("formula-units information 2.5"));
    const between = found(spoilt(["units_Z 2", "units_Z 4"], ["4.247", "3.300"]));
    assert.ok(!between.some((line) => line.startsWith("formula-units")), "1.55 formula units are no reason to say 2");
  });

  test("an element that is missing from the list of atoms is named with both counts", () => {
    const text = spoilt(["O1 O 0.305(1) 0.305(1) 0 1 4 Uiso 0.0050(4)\n", ""], ["Ti1 O1 1.98", "Ti1 Ti1 2.96"]);
    const issue = only(text);
    assert.equal(issue.code, "crystal/contents");
    assert.equal(issue.severity, "warning");
    assert.match(issue.message, /O 0 instead of 4/);
  });
});

describe("sites", () => {
  test("multiplicity against the operators; the order of SHELXL under its old name is let pass", () => {
    assert.deepEqual(fixesOf(oneIssue("site-multiplicity information 8", ["0 1 4 Uiso", "0 1 8 Uiso"])), [
      "Replace by 4",
    ]);
    const old: Change = ["_site_symmetry_multiplicity", "_symmetry_multiplicity"];
    assert.deepEqual(found(spoilt(old, ["0 1 2 Uani", "0 1 8 Uani"])), []);
    const order: Change = ["_site_symmetry_multiplicity", "_site_symmetry_order"];
    assert.deepEqual(found(spoilt(order, ["0 1 2 Uani", "0 1 8 Uani"])), []);
    assert.deepEqual(found(spoilt(order)), ["site-multiplicity information 2"]);
  });

  test("a site beside a special position is told how far it lies from it", () => {
    // O at (0.305, 0.312): 0.007 x 4.594 / sqrt 2 = 0.023 A from the mirror x = y.
    const near = oneIssue("near-special-position information O1 O 0.305(1) 0.312(1) 0 1 4 Uiso 0.0050(4)", [
      "0.305(1) 0.305(1)",
      "0.305(1) 0.312(1)",
    ]);
    assert.match(near.message, /0\.02 Å/);
    oneIssue("near-special-position warning O1 O 0.305(1) 0.335(1) 0 1 4 Uiso 0.0050(4)", [
      "0.305(1) 0.305(1)",
      "0.305(1) 0.335(1)",
    ]);
  });

  test("thirds with too few digits; a partly occupied site too near to its image", () => {
    const hexagonal = (z: string, occupancy = "1"): string =>
      `data_x\n_chemical_formula_sum Mg\n_cell_length_a 3.2\n_cell_length_b 3.2\n_cell_length_c 5.2\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 120\n_space_group_name_H-M_alt 'P 3'\nloop_\n_space_group_symop_operation_xyz\nx,y,z\n-y,x-y,z\n-x+y,-x,z\nloop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\nMg1 ${z} 0.25 ${occupancy}\n`;
    const text = hexagonal("0.333 0.6667");
    assert.deepEqual(found(text), ["coordinate-digits hint 0.333", "coordinate-digits hint 0.6667"]);
    assert.deepEqual(issuesOf(text).flatMap(fixesOf), ["Replace by 0.33333", "Replace by 0.66667"]);
    assert.deepEqual(found(hexagonal("0.33333 0.66667")), []);
    assert.deepEqual(found(hexagonal("0.330 0.660", "0.3")), [
      "near-special-position information Mg1 0.330 0.660 0.25 0.3",
    ]);
    assert.deepEqual(found(hexagonal("0.250 0.660", "0.3")), [], "a split site");
  });

  test("occupancies outside 0 to 1", () => {
    const text = spoilt(["0 1 4 Uiso", "0 1.2 4 Uiso"]);
    assert.deepEqual(
      found(text).filter((line) => line.startsWith("occupancy")),
      ["occupancy warning 1.2"],
    );
    assert.deepEqual(found(spoilt(["0 1 4 Uiso", "0 1.01(1) 4 Uiso"])), [], "within three s.u.");
    assert.ok(found(spoilt(["0 1 4 Uiso", "0 -0.1 4 Uiso"])).includes("occupancy error -0.1"));
    oneIssue("occupancy-unknown hint ?", ["0 1 4 Uiso", "0 ? 4 Uiso"]);
  });

  test("sites at one place: the rows that collide and their sum, three of them too", () => {
    const shared = (...occupancies: readonly string[]): string => {
      const rows = occupancies
        .map((occupancy, i) => `O${i + 1} O 0.305 0.305 0 ${occupancy} 4 Uiso 0.0050(4)`)
        .join("\n");
      return spoilt(["O1 O 0.305(1) 0.305(1) 0 1 4 Uiso 0.0050(4)", rows]);
    };
    const overlaps = (text: string) => issuesOf(text).filter(({ code }) => code === "crystal/sites-overlap");
    assert.deepEqual(found(shared("0.4", "0.4", "0.2")), []);
    assert.deepEqual(overlaps(shared("0.34", "0.33", "0.34")), [], "rounding");
    assert.deepEqual(overlaps(shared("0.6(1)", "0.6(1)")), [], "within three s.u.");
    const [issue, ...others] = overlaps(shared("0.4", "0.4", "0.4"));
    assert.equal(others.length, 0);
    assert.match(issue!.message, /O1, O2, O3 .* sum to 1\.2/);
    const images = spoilt([
      "O1 O 0.305(1) 0.305(1) 0 1 4 Uiso",
      "O1 O 0.305 0.305 0 1 4 Uiso 0.005\nO2 O 0.695 0.695 0 1 4 Uiso",
    ]);
    assert.equal(overlaps(images).length, 1, "an image under symmetry");
  });
});

describe("displacements", () => {
  test("a tensor that is no ellipsoid, at the negative element or the row", () => {
    assert.ok(
      found(spoilt(["Ti1 0.0065(3) 0.0065(3) 0.0050(3)", "Ti1 0.0065(3) -0.0065(3) 0.0050(3)"])).includes(
        "adp-not-positive warning -0.0065(3)",
      ),
    );
    const large = found(spoilt(["0.0002(1) 0 0\n", "0.0070(1) 0 0\n"]));
    assert.deepEqual(large, ["adp-not-positive warning 0.0065(3) 0.0065(3) 0.0050(3) 0.0070(1) 0 0"]);
    assert.deepEqual(found(spoilt(["0.0002(1) 0 0\n", "0.0064(1) 0 0\n"])), []);
  });

  test("two and one negative principal axes", () => {
    const tensor = (...u: readonly string[]): readonly string[] =>
      found(spoilt(["Ti1 0.0065(3) 0.0065(3) 0.0050(3) 0.0002(1) 0 0\n", `Ti1 ${u.join(" ")}\n`])).filter((line) =>
        line.startsWith("adp-not"),
      );
    assert.deepEqual(tensor("0.01", "-0.01", "-0.02", "0", "0", "0"), ["adp-not-positive warning -0.01"]);
    assert.deepEqual(tensor("0.01", "0.01", "-0.02", "0", "0", "0"), ["adp-not-positive warning -0.02"]);
    assert.deepEqual(tensor("0.01", "0.01", "0.01", "0", "0.02", "0"), [
      "adp-not-positive warning 0.01 0.01 0.01 0 0.02 0",
    ]);
    assert.deepEqual(tensor("0", "0", "0", "0", "0", "0"), [], "not given");
  });

  test("U(eq) against U(ij): (2 x 0.0065 + 0.0050) / 3 = 0.0060 on orthogonal axes", () => {
    assert.deepEqual(fixesOf(oneIssue("adp-equivalent hint 0.0090(2)", ["0.0060(2)", "0.0090(2)"])), [
      "Replace by 0.0060(2)",
    ]);
    assert.deepEqual(found(spoilt(["0.0060(2)", "0.0069(2)"])), [], "within 0.001");
    assert.deepEqual(found(spoilt(["0.0060(2)", "0.0090(11)"])), [], "within three s.u.");
  });

  test("on hexagonal axes U(eq) is that of the isotropic tensor U12 = U11 / 2", () => {
    const tensor = (u12: string): string =>
      `data_x\n_chemical_formula_sum Mg\n_cell_length_a 3.2\n_cell_length_b 3.2\n_cell_length_c 5.2\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 120\n_space_group_name_H-M_alt 'P 1'\n_space_group_symop_operation_xyz x,y,z\nloop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_U_iso_or_equiv\nMg1 0.1 0.2 0.3 0.0200\nloop_\n_atom_site_aniso_label\n_atom_site_aniso_U_11\n_atom_site_aniso_U_22\n_atom_site_aniso_U_33\n_atom_site_aniso_U_12\n_atom_site_aniso_U_13\n_atom_site_aniso_U_23\nMg1 0.02 0.02 0.02 ${u12} 0 0\n`;
    assert.deepEqual(found(tensor("0.01")), []);
    assert.deepEqual(found(tensor("0")), ["adp-equivalent hint 0.0200"]);
  });

  test("negative U, anisotropic sites without a row, none at all", () => {
    assert.deepEqual(found(spoilt(["Uiso 0.0050(4)", "Uiso -0.0050(4)"])), ["displacement-value warning -0.0050(4)"]);
    oneIssue("adp-missing-row information Uani", ["4 Uiso", "4 Uani"]);
    const bare = (year: number): string =>
      `${RUTILE.slice(0, RUTILE.indexOf("loop_\n_atom_site_label"))}_journal_year ${year}\nloop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nTi1 0 0 0\nO1 0.305 0.305 0\n`;
    assert.deepEqual(found(bare(1970)), ["missing-adp hint data_rutile"]);
    assert.deepEqual(found(bare(1969)), []);
  });
});

describe("labels", () => {
  test("given twice, with a new one as the fix where nothing refers to it", () => {
    const [issue] = issuesOf(spoilt(["O1 O 0.305(1)", "Ti1 O 0.305(1)"])).filter(
      ({ code }) => code === "crystal/duplicate-label",
    );
    assert.match(issue!.message, /Ti1 .* row 1/);
    assert.equal(issue!.fixes, undefined);
    const free = spoilt(["O1 O 0.305(1)", "Ti1 O 0.305(1)"]).replace(/loop_\n_atom_site_aniso[\s\S]*/, "");
    assert.deepEqual(
      issuesOf(free)
        .filter(({ code }) => code === "crystal/duplicate-label")
        .flatMap(fixesOf),
      ["Rename this one to Ti2"],
    );
  });

  test("that the atom list does not have, each once, with the likely one for all its places", () => {
    const issue = oneIssue("dangling-label warning O11", ["Ti1 O1 1.98", "Ti1 O11 1.98\nTi1 O11 1.99"]);
    assert.match(issue.message, /O11 .*\(2 times\).* O1\?/);
    assert.deepEqual(fixesOf(issue), ["Replace by O1"]);
    assert.ok(found(spoilt(["Ti1 0.0065(3)", "Ti9x 0.0065(3)"])).includes("dangling-label warning Ti9x"));
  });

  test("that name another element than the type", () => {
    const text = spoilt(["O1 O 0.305(1)", "O1 Ti 0.305(1)"]);
    assert.ok(found(text).includes("label-element information Ti"));
    assert.deepEqual(
      found(spoilt(["O1 O 0.305(1)", "Ow1 O 0.305(1)"], ["Ti1 O1 1.98", "Ti1 Ow1 1.98"])),
      [],
      "a name of its own",
    );
    assert.ok(found(spoilt(["Ti1 Ti 0", "Ti1 Xx 0"])).includes("unknown-element error Xx"));
  });
});

describe("companions", () => {
  test("a coordinate, a component, a limit without the others", () => {
    const text = spoilt(
      ["_atom_site_fract_y\n", ""],
      ["O1 O 0.305(1) 0.305(1) 0", "O1 O 0.305(1) 0"],
      ["Ti1 Ti 0 0 0", "Ti1 Ti 0 0"],
    );
    const issue = issuesOf(text).find(({ code }) => code === "crystal/missing-companion");
    assert.equal(text.slice(issue!.range.start, issue!.range.end), "_atom_site_fract_x");
    assert.deepEqual(issue!.names, ["_atom_site_fract_x", "_atom_site_fract_y"]);
    const mended = applied(text, issue!.fixes![0]!);
    assert.equal(parseCif(mended).issues.length, 0);
    assert.ok(!found(mended).some((line) => line.startsWith("missing-companion")));

    const component = spoilt(["_atom_site_aniso_U_23\n", ""], ["0.0002(1) 0 0\n", "0.0002(1) 0\n"]);
    assert.ok(found(component).includes("missing-companion warning _atom_site_aniso_U_11"));
    oneIssue("missing-limit hint _diffrn_reflns_limit_h_max", [
      "_diffrn_reflns_theta_min",
      "_diffrn_reflns_limit_h_max 6\n_diffrn_reflns_theta_min",
    ]);
  });
});

describe("experiment and refinement", () => {
  test("wavelength against the radiation, an energy in its place", () => {
    oneIssue("wavelength hint 1.54178", ["0.71073", "1.54178"]);
    for (const value of ["0.7107", "0.71069", "0.70930"])
      assert.deepEqual(found(spoilt(["0.71073", value])), [], value);
    // 12.398420 keV A / 17 keV.
    const energy = spoilt(["0.71073", "17.0"], ["'Mo K\\a'", "synchrotron"]);
    assert.deepEqual(fixesOf(only(energy)), ["Replace by 0.7293"]);
  });

  test("temperatures in Celsius, and different ones", () => {
    const both: readonly Change[] = [["measurement_temperature 295", "measurement_temperature 20"]];
    const text = spoilt(...both);
    assert.deepEqual(found(text), ["temperature hint 20"]);
    assert.deepEqual(fixesOf(only(text)), ["Replace by 293"]);
    assert.ok(found(spoilt(["temperature 295(2)", "temperature -100(2)"])).includes("temperature warning -100(2)"));
    assert.deepEqual(found(spoilt(["measurement_temperature 295", "measurement_temperature 100"])), [
      "temperature-differs hint 100",
    ]);
  });

  test("a least value above the largest", () => {
    oneIssue("min-max-order warning 40.0", ["theta_min 3.0", "theta_min 40.0"]);
  });

  test("limits of a refinement: levels C, B, A; percent; negative", () => {
    for (const [value, severity] of [
      ["0.10", ""],
      ["0.11", "hint"],
      ["0.16", "information"],
      ["0.21", "warning"],
    ] as const) {
      assert.deepEqual(found(spoilt(["0.021", value])), severity ? [`limit ${severity} ${value}`] : []);
    }
    assert.deepEqual(fixesOf(oneIssue("limit warning 7.16", ["0.021", "7.16"])), ["Replace by 0.0716"]);
    for (const [value, severity] of [
      ["0.79", "hint"],
      ["2.1", "hint"],
      ["0.65", "hint"],
      ["0.5", "information"],
      ["4.1", "information"],
      ["0.3", "warning"],
      ["6.5", "warning"],
    ] as const) {
      assert.deepEqual(found(spoilt(["1.05", value])), [`limit ${severity} ${value}`]);
    }
    oneIssue("limit information -0.007", ["su_max 0.001", "su_max -0.007"]);
  });
});

describe("numbers and texts", () => {
  test("letters for digits, a decimal comma, words: the cause and what was meant", () => {
    for (const [written, meant] of [
      ["79.8l", "79.81"],
      ["79,87", "79.87"],
      ["8O.1", "80.1"],
    ] as const) {
      assert.deepEqual(
        fixesOf(oneIssue(`number-spelling information ${written}`, ["_weight 79.87", `_weight ${written}`])),
        [`Replace by ${meant}`],
      );
    }
    const coordinate = spoilt(["O1 O 0.305(1)", "O1 O 0.3O5(1)"]);
    assert.deepEqual(found(coordinate), ["number-spelling error 0.3O5(1)"], "the reader's refusal with its cause");
    assert.deepEqual(found(applied(coordinate, only(coordinate).fixes![0]!)), []);
    assert.deepEqual(
      fixesOf(oneIssue("text-for-number warning 'not measured'", ["temperature 295(2)", "temperature 'not measured'"])),
      ["Replace by ?"],
    );
  });

  test("a semicolon at the start of a value", () => {
    oneIssue("suspicious-quote information ;Nonius", [
      "_diffrn_radiation_type",
      "_diffrn_measurement_device_type ;Nonius\n_diffrn_radiation_type",
    ]);
  });

  test("SHELX checksums: the sum of one A, 65 x 1366 + 150889 modulo 714025, then modulo 100000", () => {
    const shelx = (sum: number): string =>
      spoilt([
        "_diffrn_radiation_type",
        `_shelx_res_file\n;\nA\n;\n_shelx_res_checksum ${sum}\n_diffrn_radiation_type`,
      ]);
    assert.deepEqual(found(shelx((65 * 1366 + 150889) % 100000)), []);
    assert.deepEqual(found(shelx(1)), ["shelx-checksum information 1"]);
  });
});

describe("what is not checked", () => {
  test("bibliographies, dictionaries and macromolecular files", () => {
    assert.deepEqual(found("data_paper\n_publ_section_title 'On lead'\n"), []);
    assert.deepEqual(found("data_dic\n_dictionary.title x\nsave_a\n_cell.length_a 1\nsave_\n"), []);
    assert.deepEqual(found("data_dic\nsave_a\n_cell.length_a 1\nsave_\n"), []);
    assert.deepEqual(found("data_1\n_name '_atom_site_[]'\n_symmetry_equiv_pos_as_xyz x,y\n"), []);
    assert.deepEqual(found("data_1ABC\n_entry.id 1ABC\n_cell.length_a 50\n"), []);
  });

  test("in a powder file every block is asked for formula and symmetry, blocks without atoms by hints", () => {
    const text = "data_overall\n_pd_phase_block_id a\ndata_a\n_pd_block_id a\n_space_group_name_H-M_alt 'P n m a'\n";
    assert.deepEqual(
      issuesOf(text).map(({ code, severity, block }) => `${block} ${code} ${severity}`),
      [
        "overall crystal/missing-item hint",
        "overall crystal/missing-symmetry hint",
        "a crystal/missing-item hint",
        "a crystal/missing-symmetry hint",
      ],
    );
  });

  test("names of the old and of the new dictionary are the same", () => {
    const dotted = RUTILE.replaceAll("_cell_", "_cell.")
      .replaceAll("_atom_site_aniso_", "_atom_site_aniso.")
      .replaceAll(/_atom_site_(?!aniso)/g, "_atom_site.");
    assert.deepEqual(found(dotted), []);
    assert.deepEqual(found(dotted.replace("62.45(3)", "63.45(3)")), ["cell-volume warning 63.45(3)"]);
  });
});
