import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  absorptionEdges,
  checkEnergy,
  dispersion,
  ENERGY_RANGE_keV,
  formFactor,
  massAttenuation_cm2_g,
  speciesName,
} from "../../core/xray/index.ts";
import { closeRelative, closeTo } from "./close.ts";
import { readCorpusJson, withCorpus } from "./corpus.ts";
import { must } from "./xrayCrystals.ts";

describe("photon energy", () => {
  test("the whole range of the tables is accepted, its ends included", () => {
    const [min, max] = ENERGY_RANGE_keV;
    for (const energy_keV of [min, 8.048, 17, 65.35, max]) assert.equal(must(checkEnergy(energy_keV)), energy_keV);
  });

  const refused: readonly [number, RegExp][] = [
    [0, /is 0 keV, but it must be positive.*1 to 150 keV/],
    [-17, /is -17 keV, but it must be positive/],
    [Number.NaN, /is not a number/],
    [0.999, /0\.999 keV, below/],
    [150.001, /150\.001 keV, above/],
    [17_000, /17000 keV, above the X-ray tables \(a value in eV would be 17 keV\)/],
    [1e9, /1000000000 keV, above the X-ray tables\. Give/],
    [Number.POSITIVE_INFINITY, /above/],
  ];
  for (const [energy_keV, message] of refused) {
    test(`${energy_keV} is refused in words`, () => {
      const result = checkEnergy(energy_keV);
      assert.ok(!result.ok);
      assert.match(result.issues[0]!.message, message);
      assert.equal(result.issues[0]!.field, "beam.energy_keV");
    });
  }

  test("every function of an element refuses it too", () => {
    for (const result of [massAttenuation_cm2_g("Al", 0.5), dispersion("Al", Number.NaN)]) {
      assert.ok(!result.ok);
      assert.equal(result.issues[0]!.code, "plan/energy-range");
    }
  });
});

describe("mass attenuation", () => {
  /** Hubbell and Seltzer, NISTIR 5632 (1995): total with coherent scattering, cm2/g. */
  const nist: readonly [string, number, number][] = [
    ["H", 10, 0.3854],
    ["C", 10, 2.373],
    ["O", 10, 5.952],
    ["Al", 10, 26.23],
    ["Si", 10, 33.89],
    ["Fe", 20, 25.68],
    ["Cu", 8, 52.55],
    ["W", 60, 3.713],
    ["Pb", 100, 5.549],
  ];
  test("agrees with the tables of NIST", () => {
    for (const [symbol, energy_keV, total] of nist) {
      const mu = must(massAttenuation_cm2_g(symbol, energy_keV));
      closeRelative(mu.total, total, 0.012, `${symbol} ${energy_keV} keV`);
      closeTo(mu.photo + mu.coherent + mu.incoherent, mu.total, 1e-12);
    }
  });

  test("is defined at the ends of the range and jumps at an edge by its published ratio", () => {
    for (const energy_keV of ENERGY_RANGE_keV) {
      assert.ok(must(massAttenuation_cm2_g("U", energy_keV)).total > 0);
    }
    const below = must(massAttenuation_cm2_g("Nb", 18.98)).photo;
    const above = must(massAttenuation_cm2_g("Nb", 18.99)).photo;
    closeRelative(above / below, 6.683, 0.01, "K jump of Nb");
  });

  test("an element without tables is refused by name", () => {
    for (const symbol of ["Es", "Xx", ""]) {
      const result = massAttenuation_cm2_g(symbol, 17);
      assert.ok(!result.ok);
      assert.match(result.issues[0]!.message, new RegExp(`"${symbol}"`));
    }
  });
});

describe("absorption edges", () => {
  test("are where Bearden and Burr have them, in keV, K first", () => {
    const names = absorptionEdges("Nb").map(({ name }) => name);
    assert.deepEqual(names, ["K", "L1", "L2", "L3"]);
    const edge = (symbol: string, name: string): number =>
      absorptionEdges(symbol).find((candidate) => candidate.name === name)!.energy_keV;
    for (const [symbol, name, energy_keV] of [
      ["Fe", "K", 7.112],
      ["Cu", "K", 8.979],
      ["Nb", "K", 18.986],
      ["W", "L3", 10.207],
      ["Pb", "K", 88.0045],
    ] as const) {
      closeRelative(edge(symbol, name), energy_keV, 1e-4, `${symbol} ${name}`);
    }
  });

  test("below 1 keV there are none, nor for an unknown element", () => {
    assert.deepEqual(absorptionEdges("C"), []);
    assert.deepEqual(absorptionEdges("D"), []);
    assert.deepEqual(absorptionEdges("Es"), []);
  });
});

describe("dispersion", () => {
  /** International Tables C (2004), table 4.2.6.8: Cu K-alpha (8.048 keV) and Mo K-alpha (17.479 keV). */
  const international: readonly [string, number, number, number][] = [
    ["O", 8.048, 0.0492, 0.0322],
    ["Al", 8.048, 0.213, 0.2455],
    ["Si", 8.048, 0.2541, 0.3302],
    ["Si", 17.479, 0.0817, 0.0704],
    ["Fe", 8.048, -1.1336, 3.1974],
    ["Fe", 17.479, 0.3463, 0.8444],
    ["Cu", 8.048, -1.9646, 0.5888],
    ["Nb", 17.479, -2.0727, 0.6215],
    ["W", 17.479, -0.849, 6.8722],
  ];
  test("agrees with the International Tables", () => {
    for (const [symbol, energy_keV, fPrime, fDoublePrime] of international) {
      const f = must(dispersion(symbol, energy_keV));
      closeTo(f.fPrime, fPrime, symbol === "W" ? 0.25 : 0.16, `f' of ${symbol} at ${energy_keV} keV`);
      closeRelative(f.fDoublePrime, fDoublePrime, 0.05, `f'' of ${symbol} at ${energy_keV} keV`);
    }
  });

  test("f' bends as XrayDB 4.4.7 has it between the points of Chantler's table, 1 % from an edge", () => {
    for (const [symbol, energy_keV, fPrime] of [
      ["Ta", 10, -11.40368],
      ["Xe", 35, -3.520624],
      ["Hg", 12.4, -11.55008],
      ["Pb", 15, -8.130506],
      ["Rb", 15, -3.768661],
    ] as const) {
      closeTo(must(dispersion(symbol, energy_keV)).fPrime, fPrime, 0.02, `${symbol} at ${energy_keV} keV`);
    }
  });

  test("deuterium and tritium scatter as hydrogen", () => {
    for (const symbol of ["D", "T"]) assert.deepEqual(dispersion(symbol, 17), dispersion("H", 17));
  });

  test("beyond uranium f' is 0 and said to be missing; f'' is there", () => {
    const result = dispersion("Np", 17);
    assert.ok(result.ok);
    assert.equal(result.value.fPrime, 0);
    assert.ok(result.value.fDoublePrime > 4);
    assert.equal(result.issues[0]!.code, "xray/no-f-prime");
    assert.deepEqual(dispersion("U", 17).issues, []);
  });
});

describe("form factors", () => {
  test("f0(0) is the number of electrons of the ion", () => {
    for (const [species, electrons] of [
      ["Nb5+", 36],
      ["O2-", 10],
      ["Li1+", 2],
      ["Pb", 82],
    ] as const) {
      closeTo(formFactor(species, 0)!, electrons, 0.02, species);
    }
  });

  test("f0 falls as XrayDB 4.4.7 has it", () => {
    for (const [species, s_invA, f0] of [
      ["H", 0.2, 0.4808249],
      ["H1-", 0.05, 1.70832],
      ["He", 0.5, 0.5088998],
      ["Li", 1, 0.3208792],
      ["He", 6, 0.000487049],
    ] as const) {
      closeTo(formFactor(species, s_invA)!, f0, 1e-6, species);
    }
  });

  test("names of ions have the number before the sign, and none for a neutral atom", () => {
    assert.deepEqual([speciesName("Nb", 5), speciesName("O", -2), speciesName("Al", 0)], ["Nb5+", "O2-", "Al"]);
  });

  test("an ion that the table lacks is undefined", () => {
    assert.equal(formFactor("N3-", 0), undefined);
  });
});

describe("elements against XrayDB 4.4.7 and gemmi 0.5.7", () => {
  interface Elements {
    readonly energies_eV: readonly number[];
    readonly elements: Readonly<Record<string, OracleElement>>;
  }
  interface OracleElement {
    readonly mu_photo: readonly number[];
    readonly mu_coh: readonly number[];
    readonly mu_incoh: readonly number[];
    readonly mu_total: readonly number[];
    readonly edges_eV: readonly (readonly [string, number])[];
    readonly mu_total_below_above_edge: readonly (readonly [number, number])[];
    readonly f_prime?: readonly (number | null)[];
    readonly f_double_prime_CromerLiberman_gemmi?: readonly (number | null)[];
  }

  withCorpus("Elam's coefficients at 17 energies within 1e-5", () => {
    const { energies_eV, elements } = readCorpusJson<Elements>("oracle", "elements.json");
    let cases = 0;
    for (const [symbol, oracle] of Object.entries(elements)) {
      for (const [i, energy_eV] of energies_eV.entries()) {
        const mu = must(massAttenuation_cm2_g(symbol, energy_eV / 1000));
        const what = `${symbol} ${energy_eV} eV`;
        closeRelative(mu.photo, oracle.mu_photo[i]!, 1e-5, `${what} photo`);
        closeRelative(mu.coherent, oracle.mu_coh[i]!, 1e-5, `${what} coherent`);
        closeRelative(mu.incoherent, oracle.mu_incoh[i]!, 1e-5, `${what} incoherent`);
        closeRelative(mu.total, oracle.mu_total[i]!, 1e-5, `${what} total`);
        cases++;
      }
    }
    assert.equal(cases, 98 * 17);
  });

  withCorpus("edges, and the coefficients 0.1 % below and above each", () => {
    const { elements } = readCorpusJson<Elements>("oracle", "elements.json");
    let cases = 0;
    for (const [symbol, oracle] of Object.entries(elements)) {
      for (const [i, [name, energy_eV]] of oracle.edges_eV.entries()) {
        const edge = absorptionEdges(symbol).find((candidate) => candidate.name === name)!;
        closeRelative(edge.energy_keV, energy_eV / 1000, 1e-9, `${symbol} ${name}`);
        const [below, above] = oracle.mu_total_below_above_edge[i]!;
        const at = (factor: number): number => must(massAttenuation_cm2_g(symbol, (energy_eV * factor) / 1000)).total;
        closeRelative(at(0.999), below, 1e-5, `below ${symbol} ${name}`);
        closeRelative(at(1.001), above, 1e-5, `above ${symbol} ${name}`);
        cases++;
      }
    }
    assert.equal(cases, 538);
  });

  withCorpus("f' within 0.025 electrons away from edges, 95 % of them within 0.003; f'' within 5 %", () => {
    const { energies_eV, elements } = readCorpusJson<Elements>("oracle", "elements.json");
    const errors: number[] = [];
    let imaginaryCases = 0;
    for (const [symbol, oracle] of Object.entries(elements)) {
      for (const [i, energy_eV] of energies_eV.entries()) {
        if (absorptionEdges(symbol).some((edge) => Math.abs(energy_eV / 1000 / edge.energy_keV - 1) < 0.005)) continue;
        const f = must(dispersion(symbol, energy_eV / 1000));
        const what = `${symbol} ${energy_eV} eV`;
        const fPrime = oracle.f_prime?.[i];
        if (typeof fPrime === "number") {
          closeTo(f.fPrime, fPrime, 0.025, `f' of ${what}`);
          errors.push(Math.abs(f.fPrime - fPrime));
        }
        const imaginary = oracle.f_double_prime_CromerLiberman_gemmi?.[i];
        if (typeof imaginary !== "number" || imaginary < 0.1) continue;
        closeRelative(f.fDoublePrime, imaginary, 0.05, `f'' of ${what}`);
        imaginaryCases++;
      }
    }
    assert.equal(errors.length, 1550);
    assert.ok(imaginaryCases > 1200, `${imaginaryCases} cases of f''`);
    errors.sort((a, b) => a - b);
    assert.ok(errors[Math.floor(0.95 * errors.length)]! < 0.003);
  });

  withCorpus("f0 of all 211 atoms and ions at 13 values of s within 1e-6", () => {
    const oracle = readCorpusJson<{ s_values: number[]; f0: Record<string, number[]> }>(
      "oracle",
      "f0_waasmaier_kirfel.json",
    );
    let cases = 0;
    for (const [species, values] of Object.entries(oracle.f0)) {
      for (const [i, s_invA] of oracle.s_values.entries()) {
        closeTo(formFactor(species, s_invA)!, values[i]!, 1e-6 * Math.max(1, values[i]!), `${species} at ${s_invA}`);
        cases++;
      }
    }
    assert.equal(cases, 211 * 13);
  });
});
