import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Crystal } from "../../core/crystal/index.ts";
import { elementBySymbol } from "../../core/crystal/index.ts";
import { AVOGADRO_per_mol, ELECTRON_RADIUS_A, wavelength_A } from "../../core/util/index.ts";
import {
  attenuationCoefficient_per_um,
  attenuationCurve,
  attenuationLength_um,
  checkElements,
  dispersion,
  edgesOf,
  massAttenuation_cm2_g,
  refractiveIndex,
} from "../../core/xray/index.ts";
import { closeRelative } from "./close.ts";
import { listCorpus, readCorpus, readCorpusJson, withCorpus } from "./corpus.ts";
import { aluminium, crystalOf, diamond, lithiumNiobate, makeCrystal, must } from "./xrayCrystals.ts";

describe("attenuation of crystals", () => {
  /** XrayDB 4.4.7, Elam, total: um at 8.048, 17, 30, 65.35 keV. */
  const lengths_um: readonly [string, Crystal, readonly number[]][] = [
    ["LiNbO3", lithiumNiobate, [22.84812, 174.5809, 127.9693, 1041.857]],
    ["aluminium", aluminium, [74.93062, 672.1236, 3284.015, 14884.05]],
  ];
  for (const [name, crystal, expected] of lengths_um) {
    test(`${name} agrees with XrayDB at four energies`, () => {
      for (const [i, energy_keV] of [8.048, 17, 30, 65.35].entries()) {
        const length_um = must(attenuationLength_um(crystal, energy_keV));
        closeRelative(length_um, expected[i]!, 1e-5, `${name} ${energy_keV} keV`);
        closeRelative(must(attenuationCoefficient_per_um(crystal, energy_keV)) * length_um, 1, 1e-12);
      }
    });
  }

  test("a curve is its single values", () => {
    const energies_keV = [1, 8.048, 18.9, 19, 65.35, 150];
    const curve_um = must(attenuationCurve(lithiumNiobate, energies_keV));
    energies_keV.forEach((energy_keV, i) => {
      closeRelative(curve_um[i]!, must(attenuationLength_um(lithiumNiobate, energy_keV)), 1e-12);
    });
  });

  test("heavy water of the same atom density absorbs as water, isotopes by their one electron", () => {
    const ice = (element: string): Crystal =>
      makeCrystal({
        cell: [4, 4, 4, 90, 90, 90],
        hall: "P 1",
        atoms: ["O1 O 0 0 0 . 1", `H1 ${element} 0.2 0 0 . 1`, `H2 ${element} 0 0.2 0 . 1`],
      });
    closeRelative(must(attenuationLength_um(ice("D"), 17)), must(attenuationLength_um(ice("H"), 17)), 1e-12);
  });

  test("half the occupancy, half the coefficient", () => {
    const half = makeCrystal({
      cell: [4.04958, 4.04958, 4.04958, 90, 90, 90],
      hall: "-F 4 2 3",
      atoms: ["Al1 Al 0 0 0 . 0.5"],
    });
    const ratio = must(attenuationCoefficient_per_um(half, 17)) / must(attenuationCoefficient_per_um(aluminium, 17));
    closeRelative(ratio, 0.5, 1e-12);
  });

  test("edges of all elements, rising", () => {
    const edges = edgesOf(lithiumNiobate).map(({ element, name }) => `${element} ${name}`);
    assert.deepEqual(edges, ["Nb L3", "Nb L2", "Nb L1", "Nb K"]);
  });
});

describe("refractive index", () => {
  /** XrayDB 4.4.7 (Chantler): delta, and beta for which Chantler's f'' is up to 5 % below Elam's. */
  const indices: readonly [string, Crystal, number, number, number][] = [
    ["LiNbO3", lithiumNiobate, 17, 2.976168e-6, 2.939397e-8],
    ["LiNbO3", lithiumNiobate, 65.35, 2.072146e-7, 1.264585e-9],
    ["aluminium", aluminium, 8.048, 8.467188e-6, 1.570496e-7],
    ["aluminium", aluminium, 30, 6.005566e-7, 7.598801e-10],
  ];
  test("delta within 0.05 %, beta within 5 % of XrayDB", () => {
    for (const [name, crystal, energy_keV, delta, beta] of indices) {
      const n = must(refractiveIndex(crystal, energy_keV));
      closeRelative(n.delta, delta, 5e-4, `delta of ${name} at ${energy_keV} keV`);
      closeRelative(n.beta, beta, 0.05, `beta of ${name} at ${energy_keV} keV`);
    }
  });

  test("beta is the photoelectric part of the attenuation: mu = 4 pi beta / lambda", () => {
    const photo_per_um = (must(massAttenuation_cm2_g("C", 17)).photo * diamond.density_g_cm3) / 1e4;
    const { beta } = must(refractiveIndex(diamond, 17));
    closeRelative((4 * Math.PI * beta) / (wavelength_A(17) * 1e-4), photo_per_um, 1e-4);
  });
});

describe("known faults of the attenuation table", () => {
  test("are told where the crystal has the element and the energy lies in the range, with the value as it is", () => {
    const codes = (contents: Crystal["contents"], energy_keV: number): readonly string[] =>
      attenuationLength_um({ ...aluminium, contents }, energy_keV).issues.map(({ message }) => message);
    assert.match(codes({ Cr: 2 }, 7).join(), /table of Cr is up to 12\.7 % too high from 6\.1 to 7\.8 keV/);
    assert.match(codes({ Tm: 2 }, 60).join(), /Tm is up to 4\.7 % too low/);
    assert.match(codes({ O: 3, Pb: 1, Ti: 1 }, 2.5).join(), /Pb is up to 49 % too low/);
    for (const [contents, energy_keV] of [
      [{ Cr: 2 }, 8.048],
      [{ Cr: 0, O: 1 }, 7],
      [{ Si: 8 }, 17],
      [{ Al: 4 }, 2.5],
    ] as const) {
      assert.deepEqual(codes(contents, energy_keV), []);
    }
    assert.equal(must(attenuationCurve(lithiumNiobate, [17])).length, 1);
  });
});

describe("crystals that cannot be evaluated", () => {
  const withContents = (contents: Crystal["contents"]): Crystal => ({ ...aluminium, contents });

  test("an element without tables is refused by every function, never NaN", () => {
    const crystal = withContents({ Al: 4, Es: 1 });
    const results = [
      checkElements(crystal),
      attenuationCoefficient_per_um(crystal, 17),
      attenuationLength_um(crystal, 17),
      attenuationCurve(crystal, [17]),
      refractiveIndex(crystal, 17),
    ];
    for (const result of results) {
      assert.ok(!result.ok);
      assert.match(result.issues[0]!.message, /no X-ray tables for "Es"/);
    }
  });

  test("so is a crystal without atoms", () => {
    for (const contents of [{}, { Al: 0 }]) {
      const result = attenuationLength_um(withContents(contents), 17);
      assert.ok(!result.ok);
      assert.equal(result.issues[0]!.code, "xray/no-atoms");
    }
  });

  test("and an energy outside the tables, also one of many", () => {
    for (const result of [
      attenuationLength_um(aluminium, 0.5),
      attenuationCurve(aluminium, [17, 151]),
      refractiveIndex(aluminium, Number.NaN),
    ]) {
      assert.ok(!result.ok);
      assert.equal(result.issues[0]!.code, "plan/energy-range");
    }
  });

  test("neptunium attenuates; its refractive index says that f' is missing", () => {
    const crystal = withContents({ Np: 4 });
    assert.ok(must(attenuationLength_um(crystal, 17)) > 0);
    assert.deepEqual(
      refractiveIndex(crystal, 17).issues.map(({ code }) => code),
      ["xray/no-f-prime"],
    );
  });
});

describe("crystals against XrayDB 4.4.7", () => {
  const folders = ["examples", "more"] as const;

  withCorpus("attenuation of 35 files at four energies within 1e-5; delta within 0.06 %; beta within 10 %", () => {
    let cases = 0;
    for (const folder of folders) {
      for (const file of listCorpus("cif", folder)) {
        if (file.startsWith("dfxm_")) continue;
        const crystal = crystalOf(readCorpus("cif", folder, file));
        const { attenuation } = readCorpusJson<{
          attenuation: Record<
            string,
            { elam_xraydb: { attenuation_length_um: number }; delta: number; beta_photo: number }
          >;
        }>("oracle", file.replace(".cif", ".json"));
        for (const [energy, oracle] of Object.entries(attenuation)) {
          const what = `${file} ${energy} keV`;
          const energy_keV = Number(energy);
          const length_um = must(attenuationLength_um(crystal, energy_keV));
          const n = must(refractiveIndex(crystal, energy_keV));
          closeRelative(length_um, oracle.elam_xraydb.attenuation_length_um, 1e-5, what);
          closeRelative(n.delta, oracle.delta, 6e-4, `delta of ${what}`);
          closeRelative(n.beta, oracle.beta_photo, 0.1, `beta of ${what}`);
          cases++;
        }
      }
    }
    assert.equal(cases, 4 * 35);
  });

  withCorpus("curves of the eight examples, 590 energies each, within 2e-5", () => {
    const { curves } = readCorpusJson<{ curves: Record<string, number[]> }>("oracle", "attenuation_curves.json");
    let cases = 0;
    for (const [name, lengths_um] of Object.entries(curves)) {
      const crystal = crystalOf(readCorpus("cif", "examples", `${name}.cif`));
      const energies_keV = lengths_um.map((_, i) => 1 + i * 0.1);
      const curve_um = must(attenuationCurve(crystal, energies_keV));
      lengths_um.forEach((expected_um, i) => {
        closeRelative(curve_um[i]!, expected_um, 2e-5, `${name} ${energies_keV[i]} keV`);
        cases++;
      });
    }
    assert.equal(cases, 8 * 590);
  });

  withCorpus("delta and attenuation of ten materials at 16 energies", () => {
    interface Material {
      readonly formula: string;
      readonly density_g_cm3: number;
      readonly rows: readonly { E_keV: number; delta: number; mu_elam_total_cm: number }[];
    }
    const { materials } = readCorpusJson<{ materials: Record<string, Material> }>("oracle", "optics.json");
    let cases = 0;
    for (const [name, { formula, density_g_cm3, rows }] of Object.entries(materials)) {
      const atoms = [...formula.matchAll(/([A-Z][a-z]?)(\d*)/g)].map(([, symbol, count]) => ({
        element: elementBySymbol(symbol!)!,
        count: Number(count || 1),
      }));
      const mass_u = atoms.reduce((sum, { element, count }) => sum + count * element.mass_u, 0);
      for (const { E_keV, delta, mu_elam_total_cm } of rows) {
        let mu_cm2 = 0;
        let electrons = 0;
        for (const { element, count } of atoms) {
          mu_cm2 += count * element.mass_u * must(massAttenuation_cm2_g(element.symbol, E_keV)).total;
          electrons += count * (element.atomicNumber + must(dispersion(element.symbol, E_keV)).fPrime);
        }
        const units_per_A3 = (density_g_cm3 * AVOGADRO_per_mol) / mass_u / 1e24;
        const factor = (ELECTRON_RADIUS_A * wavelength_A(E_keV) ** 2) / (2 * Math.PI);
        closeRelative((density_g_cm3 * mu_cm2) / mass_u, mu_elam_total_cm, 2e-5, `mu of ${name} at ${E_keV} keV`);
        closeRelative(factor * units_per_A3 * electrons, delta, 6e-4, `delta of ${name} at ${E_keV} keV`);
        cases++;
      }
    }
    assert.equal(cases, 160);
  });
});
