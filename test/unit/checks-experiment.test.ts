import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applied, type Change, fixesOf, found, issuesOf, oneIssue, only, RUTILE, spoilt } from "./checksRutile.ts";

test("nothing is said of a file that is right", () => assert.deepEqual(found(RUTILE), []));

describe("experiment and refinement", () => {
  test("wavelength against the radiation, an energy in its place", () => {
    oneIssue("wavelength hint 1.54178", ["0.71073", "1.54178"], ["theta_max 30.0", "theta_max 75.0"]);
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
