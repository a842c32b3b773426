import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import type { DocumentIssue } from "../../core/crystal/index.ts";
import { cifIssues } from "../../core/xray/index.ts";
import { applied, fixesOf, RUTILE } from "./checksRutile.ts";

const issuesOf = (text: string): readonly DocumentIssue[] => cifIssues(parseCif(text));
const found = (text: string): readonly string[] =>
  issuesOf(text)
    .filter(({ code }) => code.startsWith("xray/"))
    .map(({ code, severity, range }) => `${code} ${severity} ${text.slice(range.start, range.end)}`);
const absorbing = (value: string, text = RUTILE): string => `${text}_exptl_absorpt_coefficient_mu ${value}\n`;
const counting = (value: string, text = RUTILE): string => `${text}_exptl_crystal_F_000 ${value}\n`;
const cube = (edge_A: number): string =>
  [
    ...["a", "b", "c"].map((axis) => `_cell_length_${axis} ${edge_A}\n`),
    ...["alpha", "beta", "gamma"].map((angle) => `_cell_angle_${angle} 90\n`),
  ].join("");
const MOLYBDENUM = "_diffrn_radiation_type 'Mo K\\a'\n_diffrn_radiation_wavelength 0.71073";

/**
 * Cross-sections of International Tables for Crystallography C, table 4.2.4.2 [barn]: Mo Ka Ti 1860, O 32.5, C 11.5;
 * Cu Ka Ti 15900, O 304. Rutile has 2 Ti and 4 O in 62.45 A^3.
 */
describe("absorption coefficient, ABSMU01", () => {
  test("rutile: (2 x 1860 + 4 x 32.5) / 62.45 = 61.7 per cm with Mo, 529 with Cu", () => {
    assert.deepEqual(found(absorbing("6.17")), []);
    assert.deepEqual(found(absorbing("6.4")), []);
    const copper = RUTILE.replace(MOLYBDENUM, "_diffrn_radiation_type 'Cu K\\a'\n_diffrn_radiation_wavelength 1.54184");
    assert.deepEqual(found(absorbing("52.9", copper)), []);
    assert.deepEqual(found(absorbing("6.17", copper)), ["xray/absorption-coefficient warning 6.17"]);
  });

  test("from 5 % on a hint, from 10 % on a warning, with the computed value as fix", () => {
    assert.deepEqual(found(absorbing("6.7")), ["xray/absorption-coefficient hint 6.7"]);
    assert.deepEqual(found(absorbing("5.0")), ["xray/absorption-coefficient warning 5.0"]);
    const [issue] = issuesOf(absorbing("5.0"));
    assert.match(fixesOf(issue!)[0]!, /^Replace by 6\.1\d$/);
    assert.deepEqual(found(applied(absorbing("5.0"), issue!.fixes![0]!)), []);
  });

  test("per centimetre", () => {
    assert.deepEqual(found(absorbing("61.7")), ["xray/absorption-coefficient warning 61.7"]);
    assert.match(issuesOf(absorbing("61.7"))[0]!.message, /seems to be in cm⁻¹/);
  });

  test("light atoms: tables without scattering are far lower and only hinted at", () => {
    // Diamond: 8 x 11.5 barn in 45.4 A^3 are 2.03 per cm; half of it is scattering.
    const diamond = `data_C\n_chemical_formula_sum C\n_cell_formula_units_Z 8\n${MOLYBDENUM}\n${cube(3.567)}`;
    assert.deepEqual(found(absorbing("0.203", diamond)), []);
    assert.deepEqual(found(absorbing("0.14", diamond)), ["xray/absorption-coefficient hint 0.14"]);
    assert.deepEqual(found(absorbing("0.05", diamond)), ["xray/absorption-coefficient warning 0.05"]);
  });

  test("nothing of neutrons, without a wavelength, of 0, and near an edge", () => {
    assert.deepEqual(found(absorbing("3", `${RUTILE}_diffrn_radiation_probe neutron\n`)), []);
    assert.deepEqual(found(absorbing("3", RUTILE.replace("_diffrn_radiation_wavelength 0.71073", ""))), []);
    assert.deepEqual(found(absorbing("0")), []);
    // K edge of titanium: 4.966 keV, 2.497 A.
    const edge = RUTILE.replace(MOLYBDENUM, "_diffrn_radiation_type synchrotron\n_diffrn_radiation_wavelength 2.50");
    assert.deepEqual(found(absorbing("3", edge)), []);
  });
});

describe("F(000), PLAT068", () => {
  test("rutile has 2 x 22 + 4 x 8 = 76 electrons", () => {
    assert.deepEqual(found(counting("76")), []);
    assert.deepEqual(found(counting("76.0")), []);
    assert.deepEqual(found(counting("38")), ["xray/f-000 information 38"]);
    const [issue] = issuesOf(counting("38"));
    assert.deepEqual(fixesOf(issue!), ["Replace by 76"]);
    assert.deepEqual(
      issue!.related?.map(({ message }) => message),
      ["Formula O2 Ti", "Z = 2", "Wavelength 0.71073 Å"],
    );
    assert.deepEqual(found(counting("38", `${RUTILE}_diffrn_radiation_probe neutron\n`)), []);
  });

  test("with f' at the wavelength: that of iron is -1.13 with Cu Ka (International Tables C, table 4.2.6.8)", () => {
    const iron = (wavelength: string): string =>
      `data_Fe\n_chemical_formula_sum Fe\n_cell_formula_units_Z 2\n_diffrn_radiation_wavelength ${wavelength}\n${cube(2.866)}`;
    assert.deepEqual(found(counting("52", iron("1.54184"))), []);
    assert.deepEqual(found(counting("49.73", iron("1.54184"))), []);
    assert.deepEqual(found(counting("49.73", iron("0.71073"))), ["xray/f-000 information 49.73"]);
  });
});
