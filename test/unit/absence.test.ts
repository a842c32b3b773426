/** Absent by symmetry, absent through special positions, cancelled by accident, weak: four things. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Crystal } from "../../core/crystal/index.ts";
import {
  absenceOf,
  absentReflections,
  createDraftPlan,
  deriveGeometry,
  type Hkl,
  instrumentById,
  reflectionTable,
} from "../../core/experiment/index.ts";
import { crystalOf, diamond, lithiumNiobate, makeCrystal, must } from "./xrayCrystals.ts";

const hexagonal = makeCrystal({
  cell: [3.2094, 3.2094, 5.2105, 90, 90, 120],
  hall: "-P 6c 2c",
  atoms: ["Mg1 Mg 0.3333 0.6667 0.25 . 1"],
});
const tin = makeCrystal({
  cell: [5.8318, 5.8318, 3.1819, 90, 90, 90],
  hall: "I 4bw 2bw -1bw",
  atoms: ["Sn1 Sn 0 0 0 . 1"],
});

/** What the plan says of a reflection: code and severity. */
function told(crystal: Crystal, hkl: Hkl, codes = /absent|weak/): readonly string[] {
  const plan = createDraftPlan("a.cif", "a");
  const instrument = must(instrumentById(plan.instrument));
  const geometry = deriveGeometry({ ...plan, beam: { ...plan.beam, energy_keV: 60 } }, crystal, hkl, instrument);
  return geometry.issues
    .filter(({ code }) => codes.test(code))
    .map(({ code, message }) => `${code.replace("plan/", "")}: ${message}`);
}

describe("absent reflections", () => {
  test("the reasons, from the reflection conditions of International Tables A", () => {
    const cases: readonly (readonly [Crystal, Hkl, string])[] = [
      // F d -3 m, origin 1: hkl all odd or all even; 0kl with k + l = 4n; special 8a: h = 2n + 1 or h + k + l = 4n.
      [diamond, [1, 0, 0], "symmetry"],
      [diamond, [2, 0, 0], "symmetry"],
      [diamond, [2, 2, 2], "sites"],
      [diamond, [4, 4, 2], "sites"],
      [diamond, [1, 1, 1], "none"],
      [diamond, [4, 0, 0], "none"],
      // P 63/m m c: 00l with l = 2n, hhl with l = 2n; special 2c: l = 2n or h - k = 3n + 1 or 3n + 2.
      [hexagonal, [0, 0, 1], "symmetry"],
      [hexagonal, [1, 1, 1], "symmetry"],
      [hexagonal, [3, 0, 1], "sites"],
      [hexagonal, [4, 1, 3], "sites"],
      [hexagonal, [1, 0, 1], "none"],
      // I 41/a m d: hhl with 2h + l = 4n; special 4a: l = 2n + 1 or 2h + l = 4n.
      [tin, [2, 2, 2], "symmetry"],
      [tin, [4, 2, 2], "sites"],
      [tin, [3, 1, 2], "none"],
      [tin, [1, 0, 1], "none"],
      [lithiumNiobate, [0, 0, 3], "symmetry"],
      [lithiumNiobate, [0, 0, 6], "none"],
    ];
    for (const [crystal, hkl, expected] of cases) assert.equal(absenceOf(crystal, hkl), expected, String(hkl));
  });

  test("what the reflection table leaves out is listed with the reason, and nothing is in both lists", () => {
    for (const crystal of [diamond, hexagonal, lithiumNiobate]) {
      const options = { energy_keV: 40 };
      const rows = new Set(must(reflectionTable(crystal, options)).map(({ hkl }) => String(hkl)));
      const absent = must(absentReflections(crystal, options));
      assert.ok(absent.length > 0 && absent.every(({ hkl }) => !rows.has(String(hkl))));
      for (const [i, { d_A }] of absent.entries()) assert.ok(i === 0 || d_A <= absent[i - 1]!.d_A * (1 + 1e-9));
    }
    const reasons = new Map(
      must(absentReflections(diamond, { energy_keV: 40 })).map(({ hkl, absence }) => [String(hkl), absence]),
    );
    assert.equal(reasons.get("2,2,2"), "sites");
    assert.equal(reasons.get("2,0,0"), "symmetry");
    assert.equal(reasons.get("1,1,1"), undefined);
  });

  test("an atom in general position on coordinates 1/4 is no exception: its images decide", () => {
    // All atoms of rock salt lie on special positions, none of which extinguishes anything.
    const salt = crystalOf(
      "data_s\n_cell_length_a 5.64\n_cell_length_b 5.64\n_cell_length_c 5.64\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n_space_group_name_Hall '-F 4 2 3'\nloop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nNa1 0 0 0\nCl1 .5 .5 .5\n",
    );
    assert.equal(absenceOf(salt, [1, 1, 1]), "none");
    assert.equal(absenceOf(salt, [1, 0, 0]), "symmetry");
  });
});

describe("the plan tells the reason", () => {
  test("symmetry, special positions, accident, weakness, each in its own words", () => {
    assert.match(told(diamond, [2, 0, 0]).join(), /^absent-reflection: .*by the symmetry of F d -3 m :1/);
    assert.match(told(diamond, [2, 2, 2]).join(), /^absent-reflection: .*special positions/);
    assert.deepEqual(told(diamond, [1, 1, 1]), []);
    // Two equal atoms that no operation of P 1 relates cancel in (1,0,0).
    const accident = makeCrystal({
      cell: [5, 5, 5, 90, 90, 90],
      hall: "P 1",
      atoms: ["Si1 Si 0 0 0 . 1", "Si2 Si 0.5 0 0 . 1"],
    });
    assert.equal(absenceOf(accident, [1, 0, 0]), "none");
    assert.match(told(accident, [1, 0, 0]).join(), /^absent-reflection: .*cancel each other by accident/);
    const nearly = makeCrystal({
      cell: [5, 5, 5, 90, 90, 90],
      hall: "P 1",
      atoms: ["Si1 Si 0 0 0 . 1", "Si2 Si 0.501 0 0 . 1"],
    });
    assert.match(told(nearly, [1, 0, 0]).join(), /^weak-reflection: .*0\.31 % of what they would scatter in phase/);
  });

  test("atoms without displacement parameters, all or some", () => {
    const cell = [4, 4, 4, 90, 90, 90] as const;
    const crystal = (...atoms: readonly string[]) => makeCrystal({ cell, hall: "P 1", atoms });
    assert.match(
      told(crystal("Si1 Si 0 0 0 . 1"), [1, 0, 0], /rest/).join(),
      /^atoms-at-rest: .*no displacement parameters/,
    );
    const some = told(crystal("Si1 Si 0 0 0 0.01 1", "O1 O .5 .5 .4 . 1"), [1, 0, 0], /rest/);
    assert.match(some.join(), /^atoms-at-rest: .*no displacement for 1 of 2 sites/);
    assert.deepEqual(told(crystal("Si1 Si 0 0 0 0.01 1"), [1, 0, 0], /rest/), []);
  });

  test("silicon of the examples", () => {
    const silicon = crystalOf(readFileSync("examples/silicon.cif", "utf8"));
    assert.equal(absenceOf(silicon, [2, 2, 2]), "sites");
  });
});

describe("what is kept between energies", () => {
  test("gives the rows of a fresh crystal at every step of a slider, up and down", () => {
    for (const energy_keV of [17, 17.05, 17.8, 30, 16.9, 17]) {
      for (const formFactors of ["neutral", "ionic"] as const) {
        const kept = must(reflectionTable(lithiumNiobate, { energy_keV, formFactors }));
        const fresh = must(reflectionTable({ ...lithiumNiobate }, { energy_keV, formFactors }));
        assert.deepEqual(kept, fresh);
      }
    }
  });
});
