import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Change, fixesOf, found, issuesOf, oneIssue, only, RUTILE, spoilt } from "./checksRutile.ts";

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
    const issue = oneIssue("missing-item hint data_rutile", ["_chemical_formula_sum 'O2 Ti'\n", ""]);
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
    const noBond: Change = ["Ti1 O1 1.98", "Ti1 O1 ?"];
    const near = oneIssue(
      "near-special-position information O1 O 0.305(1) 0.312(1) 0 1 4 Uiso 0.0050(4)",
      ["0.305(1) 0.305(1)", "0.305(1) 0.312(1)"],
      noBond,
    );
    assert.match(near.message, /0\.02 Å/);
    oneIssue(
      "near-special-position warning O1 O 0.305(1) 0.335(1) 0 1 4 Uiso 0.0050(4)",
      ["0.305(1) 0.305(1)", "0.305(1) 0.335(1)"],
      noBond,
    );
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

describe("formula of moieties", () => {
  const withMoiety = (moiety: string): string => `${RUTILE}_chemical_formula_moiety ${moiety}\n`;

  test("FORMU01: moieties sum to the formula, whatever their counts and charges", () => {
    for (const moiety of ["'Ti 4+, 2(O 2-)'", "'O2 Ti'", "'(O 2-)2, Ti 4+'", "'0.5(O4 Ti2)'", "'Ti, O, O'", "?"]) {
      assert.deepEqual(found(withMoiety(moiety)), [], moiety);
    }
    assert.deepEqual(found(withMoiety("'Ti (O)2'")), [], "not in the form of moieties, so not compared");
    assert.deepEqual(found(withMoiety("'titanium dioxide'")), []);
    oneLine("formula-moiety hint 'Ti 4+, O 2-'", withMoiety("'Ti 4+, O 2-'"), /O 1 instead of 2/);
  });
});

describe("disorder and displacements", () => {
  /** The oxygen in alternatives, each with occupancy, assembly and group. */
  const split = (...rows: readonly string[]): string =>
    spoilt(
      ["_atom_site_occupancy\n", "_atom_site_occupancy\n_atom_site_disorder_assembly\n_atom_site_disorder_group\n"],
      ["Ti1 Ti 0 0 0 1 2", "Ti1 Ti 0 0 0 1 . . 2"],
      [
        "O1 O 0.305(1) 0.305(1) 0 1 4 Uiso 0.0050(4)",
        rows.map((row, i) => `O${i + 1} O 0.30${i} 0.30${i} 0 ${row} 4 Uiso 0.005`).join("\n"),
      ],
      ["Ti1 O1 1.98", "Ti1 O1 ?"],
    );

  test("alternatives hold as many atoms each and are there at most at all times", () => {
    assert.deepEqual(found(split("0.6 A 1", "0.4 A 2")), []);
    assert.deepEqual(
      found(split("0.6(1) A 1", "0.6(1) A 2")).filter((one) => /disorder/.test(one)),
      [],
    );
    assert.deepEqual(
      found(split("0.6(1) A 1", "0.9(1) A 2")).filter((one) => /disorder/.test(one)),
      ["disorder warning A"],
    );
    assert.deepEqual(
      found(split("0.6 A 1", "0.4 A 2", "0.4 A 2")).filter((one) => /disorder/.test(one)),
      ["disorder hint A"],
    );
    assert.deepEqual(
      found(split("0.6 A 1", "0.6 B 1")).filter((one) => /disorder/.test(one)),
      [],
    );
    assert.deepEqual(
      found(split("0.6 A -1", "0.6 A 1")).filter((one) => /disorder/.test(one)),
      [],
    );
    // An atom that both share stands in one of the groups with its full occupancy.
    assert.deepEqual(
      found(split("1 A 1", "0.6 A 1", "0.4 A 2")).filter((one) => /warning A/.test(one)),
      [],
    );
  });

  test("an atom of occupancy 0", () => {
    const text = spoilt(["0.305(1) 0 1 4", "0.305(1) 0 0 4"]);
    assert.ok(found(text).includes("occupancy hint 0"));
    const dummy = text.replace("_occupancy\n", "_occupancy\n_atom_site_calc_flag\n").replace("0 0 4", "0 0 dum 4");
    assert.ok(!found(dummy.replace("0 0 0 1 2", "0 0 0 1 d 2")).some((one) => one.startsWith("occupancy")));
  });

  test("ellipsoids like needles, with their ratio", () => {
    const spread = (U33: string): string =>
      spoilt(["0.0050(3) 0.0002(1) 0 0", `${U33} 0.0000 0 0`], ["0.0060(2)", "?"]);
    assert.deepEqual(found(spread("0.064")), []);
    oneLine("adp-elongated hint Ti1 Ti 0 0 0 1 2 Uani ?", spread("0.078"), /Ti1 12 times/);
  });
});

function oneLine(expected: string, text: string, message: RegExp): void {
  assert.deepEqual(found(text), [expected]);
  assert.match(only(text).message, message);
}
