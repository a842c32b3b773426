import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applied, type Change, fixesOf, found, oneIssue, only, RUTILE, spoilt } from "./checksRutile.ts";

/** The fixture with these lines more. */
const withLines = (...lines: readonly string[]): string => `${RUTILE}${lines.join("\n")}\n`;

describe("how far and how well was measured", () => {
  test("THETM01: sin θ/λ below 0.59; powders and half a digit of θ are let pass", () => {
    // asin(0.59 x 0.71073) = 24.79°, asin(0.575 x 0.71073) = 24.12°, asin(0.55 x 0.71073) = 23.01°.
    for (const [theta, limit] of [
      ["24.79", ""],
      ["24.8", ""],
      ["24.5", "0.59"],
      ["24.0", "0.575"],
      ["22.9", "0.55"],
    ] as const) {
      const text = spoilt(["theta_max 30.0", `theta_max ${theta}`]);
      assert.deepEqual(found(text), limit ? [`resolution hint ${theta}`] : []);
      if (limit) assert.match(only(text).message, new RegExp(`below ${limit} .THETM01.; 0.6 Å⁻¹ takes θ = 25.2°`));
    }
    assert.deepEqual(
      found(`${spoilt(["theta_max 30.0", "theta_max 20.0"])}_pd_calc_method 'Rietveld Refinement'\n`),
      [],
    );
  });

  test("REFLL01: indices beyond 2 a sin θ/λ", () => {
    // 2 x 4.594 x sin 30° / 0.71073 = 6.46, 2 x 2.959 x 0.7035 = 4.16.
    const limits = (h: number, l: number): string =>
      withLines(
        ...["h", "k"].flatMap((index) => [
          `_diffrn_reflns_limit_${index}_min -${h}`,
          `_diffrn_reflns_limit_${index}_max 6`,
        ]),
        `_diffrn_reflns_limit_l_min 0`,
        `_diffrn_reflns_limit_l_max ${l}`,
      );
    assert.deepEqual(found(limits(6, 4)), []);
    assert.deepEqual(found(limits(7, 5)), [], "one more, of data that were cut");
    assert.deepEqual(found(limits(6, 6)), ["resolution information 30.0"]);
    assert.match(
      only(limits(8, 6)).message,
      /\|h\| up to 8, but at most 6; \|k\| up to 8, but at most 6; \|l\| up to 6, but at most 4 /,
    );
  });

  test("REFLT01, REFLG01: no more reflections than were measured", () => {
    const counts = (gt: number, total: number, all: number): readonly string[] =>
      found(withLines(`_reflns_number_gt ${gt}`, `_reflns_number_total ${total}`, `_diffrn_reflns_number ${all}`));
    assert.deepEqual(counts(90, 100, 100), []);
    assert.deepEqual(counts(90, 100, 99), ["reflection-count information 100"]);
    assert.deepEqual(counts(90, 100, 89), ["reflection-count information 90", "reflection-count information 100"]);
  });

  test("REFNR01: few reflections for the parameters, where not all were measured or used", () => {
    const ratio = (used: number, total: number, ...changes: readonly Change[]): readonly string[] =>
      found(
        `${spoilt(...changes)}_refine_ls_number_reflns ${used}\n_refine_ls_number_parameters 10\n_reflns_number_total ${total}\n`,
      );
    assert.deepEqual(ratio(50, 50), [], "all that there are to sin θ/λ = 0.70");
    assert.deepEqual(ratio(101, 200), []);
    assert.deepEqual(ratio(99, 200), ["reflection-count hint 10"]);
    assert.deepEqual(ratio(79, 200), ["reflection-count information 10"]);
    assert.deepEqual(ratio(59, 200), ["reflection-count warning 10"]);
    assert.deepEqual(ratio(99, 99, ["theta_max 30.0", "theta_max 24.5"]), [
      "resolution hint 24.5",
      "reflection-count hint 10",
    ]);
  });

  test("Rint and completeness: their limits, and both in percent", () => {
    const rint = (value: string): string => withLines(`_diffrn_reflns_av_R_equivalents ${value}`);
    assert.deepEqual(found(rint("0.10")), []);
    assert.deepEqual(found(rint("0.11")), ["r-int hint 0.11"]);
    assert.deepEqual(found(rint("0.21")), ["r-int warning 0.21"]);
    assert.deepEqual(fixesOf(only(rint("4.2"))), ["Replace by 0.042"]);
    assert.deepEqual(found(applied(rint("4.2"), only(rint("4.2")).fixes![0]!)), []);
    const share = (value: string): string => withLines(`_diffrn_measured_fraction_theta_full ${value}`);
    for (const [value, severity] of [
      ["0.96", ""],
      ["0.94", "hint"],
      ["0.89", "information"],
      ["0.84", "warning"],
      ["1.02", "warning"],
      ["99.6", "warning"],
    ] as const) {
      assert.deepEqual(found(share(value)), severity ? [`completeness ${severity} ${value}`] : []);
    }
    assert.deepEqual(fixesOf(only(share("99.6"))), ["Replace by 0.996"]);
    assert.deepEqual(fixesOf(only(share("1.02"))), []);
    assert.deepEqual(found(withLines("_refine_ls_R_factor_all 0.9")), []);
    assert.deepEqual(found(withLines("_refine_ls_R_factor_all 3.1")), ["limit warning 3.1"]);
    assert.match(only(withLines("_refine_ls_R_factor_all 3.1")).message, /^_refine_ls_R_factor_all 3\.1 /);
  });
});

describe("what is left of the refinement", () => {
  test("DIFMX01, DIFMN02: peaks and holes against 0.1 Z of titanium, 2.2 e/Å³", () => {
    const peak = (value: string): readonly string[] => found(withLines(`_refine_diff_density_max ${value}`));
    const hole = (value: string): readonly string[] => found(withLines(`_refine_diff_density_min ${value}`));
    assert.deepEqual(peak("1.6"), []);
    assert.deepEqual(peak("1.7"), ["difference-density hint 1.7"]);
    assert.deepEqual(peak("2.3"), ["difference-density information 2.3"]);
    assert.deepEqual(peak("4.5"), ["difference-density warning 4.5"]);
    assert.deepEqual(hole("-1.6"), []);
    assert.deepEqual(hole("-2.3"), ["difference-density information -2.3"]);
    const unsigned = withLines("_refine_diff_density_min 0.8");
    assert.deepEqual(
      [...found(unsigned), ...fixesOf(only(unsigned))],
      ["difference-density warning 0.8", "Replace by -0.8"],
    );
    assert.deepEqual(found(withLines("_diffrn_radiation_probe neutron", "_refine_diff_density_max 4.5")), []);
  });

  test("STRVAL01: Flack's parameter, and one of a crystal with an inversion", () => {
    const flack = (value: string): string =>
      `data_polar\n_cell_length_a 5\n_cell_length_b 5\n_cell_length_c 5\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n_chemical_formula_sum Si\n_space_group_name_H-M_alt 'P 1'\n_refine_ls_abs_structure_Flack ${value}\nloop_\n_space_group_symop_operation_xyz\nx,y,z\nloop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nSi1 0 0 0\n`;
    for (const [value, reason] of [
      ["0.02(3)", ""],
      ["-0.1(1)", ""],
      ["0.98(3)", /inverted/],
      ["0.5(1)", /ambiguous/],
      ["-0.4(1)", /below 0/],
      ["0.1(6)", /too large/],
    ] as const) {
      assert.deepEqual(found(flack(value)), reason ? [`absolute-structure hint ${value}`] : []);
      if (reason) assert.match(only(flack(value)).message, reason);
    }
    assert.match(only(withLines("_refine_ls_abs_structure_Flack 0.02(3)")).message, /P 42\/m n m has an inversion/);
  });

  test("a refined structure whose cell has no uncertainties", () => {
    oneIssue("cell-su hint 2.959", ["_c 2.959(1)", "_c 2.959"]);
    assert.deepEqual(found(spoilt(["_c 2.959(1)", "_c 2.959"], ["_refine_ls_R_factor_gt 0.021", ""])), []);
    assert.deepEqual(
      found(spoilt(["_b 4.594(1)", "_b 4.594"])),
      ["su-on-fixed hint 4.594"],
      "b is equal to a and told as such",
    );
  });
});
