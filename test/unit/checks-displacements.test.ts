import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { applied, fixesOf, found, issuesOf, oneIssue, RUTILE, spoilt } from "./checksRutile.ts";

describe("displacements", () => {
  test("a tensor that is no ellipsoid, at the negative element or the row", () => {
    assert.ok(
      found(spoilt(["Ti1 0.0065(3) 0.0065(3) 0.0050(3)", "Ti1 0.0065(3) -0.0065(3) 0.0050(3)"])).includes(
        "adp-not-positive warning -0.0065(3)",
      ),
    );
    const large = found(spoilt(["0.0002(1) 0 0\n", "0.0070(1) 0 0\n"]));
    assert.deepEqual(large, ["adp-not-positive warning 0.0065(3) 0.0065(3) 0.0050(3) 0.0070(1) 0 0"]);
    const long = found(spoilt(["0.0002(1) 0 0\n", "0.0064(1) 0 0\n"]));
    assert.ok(long.length === 1 && long[0]!.startsWith("adp-elongated hint"), long.join());
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
