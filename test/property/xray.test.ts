import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Crystal, ELEMENTS } from "../../core/crystal/index.ts";
import { mat3 } from "../../core/util/index.ts";
import {
  attenuationLength_um,
  checkEnergy,
  dispersion,
  formFactor,
  massAttenuation_cm2_g,
  refractiveIndex,
  structureFactors,
} from "../../core/xray/index.ts";
import { closeTo } from "../unit/close.ts";
import { lithiumNiobate, makeCrystal, must } from "../unit/xrayCrystals.ts";

const hkl = fc.tuple(
  fc.integer({ min: -9, max: 9 }),
  fc.integer({ min: -9, max: 9 }),
  fc.integer({ min: -20, max: 20 }),
);
const energy_keV = fc.double({ min: 1, max: 150, noNaN: true });
const element = fc.constantFrom(...ELEMENTS.filter(({ atomicNumber }) => atomicNumber <= 98));

const fraction = fc.double({ min: 0.05, max: 0.45, noNaN: true });
const groups: readonly { hall: string; cell: [number, number, number, number, number, number] }[] = [
  { hall: "P 1", cell: [5, 6, 7, 82, 97, 104] },
  { hall: "-P 1", cell: [5, 6, 7, 82, 97, 104] },
  { hall: "C -2yc", cell: [9, 6, 7, 90, 104, 90] },
  { hall: "P 2ac 2ab", cell: [5, 6, 7, 90, 90, 90] },
  { hall: 'R 3 -2"c', cell: [5, 5, 13, 90, 90, 120] },
  { hall: "P 6c -2c", cell: [5, 5, 8, 90, 90, 120] },
  { hall: "F 4d 2 3 -1d", cell: [8, 8, 8, 90, 90, 90] },
];

/** A crystal with an anisotropic atom in general position and an isotropic one on an axis of most groups. */
const crystals: fc.Arbitrary<Crystal> = fc
  .record({
    group: fc.constantFrom(...groups),
    symbol: fc.constantFrom("Nb", "Se", "O"),
    position: fc.tuple(fraction, fraction, fraction),
    U: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }),
  })
  .map(({ group, symbol, position, U }) =>
    makeCrystal({
      ...group,
      atoms: [`X1 ${symbol} ${position.map((x) => x.toFixed(5)).join(" ")} . 1`, "Ga1 Ga 0 0 0.5 0.006 0.8"],
      aniso: [`X1 0.012 0.018 0.009 ${U.map((u) => u / 1000).join(" ")}`],
    }),
  );

describe("properties of structure factors", () => {
  test("|F| is the same for all reflections that the rotations of the group relate", () => {
    fc.assert(
      fc.property(crystals, hkl, fc.double({ min: 5, max: 80, noNaN: true }), (crystal, indices, energy) => {
        const factors = must(structureFactors(crystal, energy));
        const { abs, sumOfScattering } = factors.F(indices);
        for (const { rotation } of crystal.spaceGroup.operations) {
          const image = mat3.multiplyVector(mat3.transpose(rotation), indices);
          closeTo(factors.F(image).abs, abs, 1e-9 * (1 + sumOfScattering), `F(${image}) and F(${indices})`);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("F_friedel is F of the inverted indices, and |F| of a centrosymmetric crystal does not tell them apart", () => {
    fc.assert(
      fc.property(crystals, hkl, energy_keV, (crystal, indices, energy) => {
        const factors = must(structureFactors(crystal, energy));
        const here = factors.F(indices);
        const mate = factors.F([-indices[0], -indices[1], -indices[2]]);
        closeTo(here.abs_friedel, mate.abs, 1e-9);
        if (crystal.spaceGroup.centrosymmetric) closeTo(here.abs, mate.abs, 1e-9);
        assert.ok(here.abs <= here.sumOfScattering * (1 + 1e-12));
      }),
      { numRuns: 60 },
    );
  });

  test("without absorption, F(-h) would be the conjugate of F(h): what differs is i f''", () => {
    fc.assert(
      fc.property(hkl, energy_keV, (indices, energy) => {
        const { F, F_friedel } = must(structureFactors(lithiumNiobate, energy)).all(Int32Array.from(indices));
        const absorbing = Math.hypot(F[0]! - F_friedel[0]!, F[1]! + F_friedel[1]!);
        const limit = [
          ["Nb", 6],
          ["O", 18],
          ["Li", 6],
        ] as const;
        const most = limit.reduce((sum, [symbol, n]) => sum + 2 * n * must(dispersion(symbol, energy)).fDoublePrime, 0);
        assert.ok(absorbing <= most * (1 + 1e-9), `${absorbing} > ${most}`);
      }),
      { numRuns: 60 },
    );
  });

  test("F(000) is Z + f' + i f'' summed", () => {
    fc.assert(
      fc.property(crystals, energy_keV, (crystal, energy) => {
        const F = must(structureFactors(crystal, energy)).F([0, 0, 0]);
        let re = 0;
        let im = 0;
        for (const [symbol, count] of Object.entries(crystal.contents)) {
          const f = must(dispersion(symbol, energy));
          re += count * (formFactor(symbol, 0)! + f.fPrime);
          im += count * f.fDoublePrime;
        }
        closeTo(F.re, re, 1e-6 * Math.abs(re));
        closeTo(F.im, im, 1e-6 * im);
      }),
      { numRuns: 60 },
    );
  });
});

describe("properties of the tables", () => {
  test("f0(0) of a neutral atom is its number of electrons within 0.1 %", () => {
    for (const { symbol, atomicNumber } of ELEMENTS) {
      if (symbol !== "D" && symbol !== "T") closeTo(formFactor(symbol, 0)!, atomicNumber, 1e-3 * atomicNumber, symbol);
    }
  });

  test("every element is finite and positive everywhere in the range", () => {
    fc.assert(
      fc.property(element, energy_keV, ({ symbol }, energy) => {
        const f = must(dispersion(symbol, energy));
        assert.ok(Number.isFinite(f.fPrime) && f.fDoublePrime > 0, `${symbol} at ${energy} keV`);
        if (symbol === "D" || symbol === "T") return;
        const mu = must(massAttenuation_cm2_g(symbol, energy));
        assert.ok(mu.photo > 0 && mu.coherent > 0 && mu.incoherent > 0 && mu.total < 1e6);
      }),
      { numRuns: 2000 },
    );
  });

  test("any number as energy gives a value or a sentence, never NaN", () => {
    fc.assert(
      fc.property(fc.double(), (energy) => {
        const length = attenuationLength_um(lithiumNiobate, energy);
        const index = refractiveIndex(lithiumNiobate, energy);
        assert.equal(length.ok, checkEnergy(energy).ok);
        if (length.ok && index.ok) assert.ok(length.value > 0 && index.value.beta > 0);
        else assert.match(length.issues[0]!.message, /from 1 to 150 keV\.$/);
      }),
    );
  });
});
