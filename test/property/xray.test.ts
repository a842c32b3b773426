import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Crystal, ELEMENTS } from "../../core/crystal/index.ts";
import { absenceOf } from "../../core/experiment/index.ts";
import { type Mat3, mat3, type Vec3, vec3 } from "../../core/util/index.ts";
import { speciesAmplitudes } from "../../core/xray/amplitudes.ts";
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
import { crystalOf, lithiumNiobate, makeCrystal, must } from "../unit/xrayCrystals.ts";

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

/** Whole-number changes of axes with determinant 1 (or 2, which doubles the cell): columns are the new axes. */
const bases: fc.Arbitrary<Mat3> = fc.constantFrom<Mat3>(
  [
    [0, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
  ],
  [
    [1, 1, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [1, 0, -1],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [0, 1, 0],
    [1, 0, 0],
    [0, 0, -1],
  ],
  [
    [1, -1, 0],
    [1, 1, 0],
    [0, 0, 1],
  ],
);
const shifts = fc.tuple(fraction, fraction, fraction);

/** The same crystal on other axes and with another origin: cell, operations, sites and tensors together, as CIF text. */
function inOtherSetting(crystal: Crystal, basis: Mat3, origin: Vec3): Crystal {
  const inverse = mat3.inverse(basis);
  const axes = mat3.transpose(mat3.multiply(crystal.cell.direct, basis));
  const angle = (i: 0 | 1 | 2, j: 0 | 1 | 2): number => (vec3.angleBetween(axes[i], axes[j]) * 180) / Math.PI;
  const toNew = (x: Vec3): Vec3 => mat3.multiplyVector(inverse, vec3.subtract(x, origin));
  const volumes = Math.round(mat3.determinant(basis));
  // A doubled cell has the lattice points of the old one as centrings.
  const points =
    volumes === 1
      ? [[0, 0, 0] as Vec3]
      : ([
          [0, 0, 0],
          [1, 0, 0],
        ] as const);
  const xyz = crystal.spaceGroup.operations.flatMap(({ rotation, translation }) =>
    points.map((point) => {
      const R = mat3.multiply(mat3.multiply(inverse, rotation), basis);
      const shifted = vec3.add(
        vec3.add(translation, point),
        vec3.subtract(mat3.multiplyVector(rotation, origin), origin),
      );
      const t = mat3.multiplyVector(inverse, shifted);
      return R.map(
        (row, i) =>
          `${row.map((n, j) => (Math.round(n) === 0 ? "" : `${n > 0 ? "+" : "-"}${Math.abs(Math.round(n))}${"xyz"[j]}`)).join("")}+${(t[i]! - Math.floor(t[i]!)).toFixed(9)}`,
      ).join(",");
    }),
  );
  const lengths = (columns: Mat3): Vec3 =>
    columns.map((column) => vec3.norm(column) / (2 * Math.PI)) as unknown as Vec3;
  const oldStar = lengths(mat3.transpose(crystal.cell.reciprocal));
  const newStar = lengths(mat3.transpose(mat3.multiply(crystal.cell.reciprocal, mat3.transpose(inverse))));
  const anisoRows: string[] = [];
  const rows = crystal.sites.map((site) => {
    const u = site.displacement;
    if (u.kind === "aniso") {
      // beta transforms as the coordinates do; U = beta / (2 pi^2 a* a*).
      const U: Mat3 = [
        [u.U11, u.U12, u.U13],
        [u.U12, u.U22, u.U23],
        [u.U13, u.U23, u.U33],
      ];
      const scaled = U.map((row, i) => row.map((value, j) => value * oldStar[i]! * oldStar[j]!)) as unknown as Mat3;
      const turned = mat3.multiply(mat3.multiply(inverse, scaled), mat3.transpose(inverse));
      const V = turned.map((row, i) => row.map((value, j) => value / (newStar[i]! * newStar[j]!)));
      anisoRows.push(
        `${site.label} ${[V[0]![0], V[1]![1], V[2]![2], V[0]![1], V[0]![2], V[1]![2]].map((value) => value!.toFixed(12)).join(" ")}`,
      );
    }
    const iso = u.kind === "iso" ? u.U_A2 : ".";
    return `${site.label} ${site.typeSymbol} ${toNew(site.position)
      .map((x) => x.toFixed(12))
      .join(" ")} ${iso} ${site.occupancy}`;
  });
  const names = (prefix: string, list: string): string =>
    list
      .split(" ")
      .map((name) => `_atom_site_${prefix}${name}`)
      .join("\n");
  return crystalOf(
    [
      "data_other",
      ...axes.map((axis, i) => `_cell_length_${"abc"[i]} ${vec3.norm(axis)}`),
      `_cell_angle_alpha ${angle(1, 2)}\n_cell_angle_beta ${angle(0, 2)}\n_cell_angle_gamma ${angle(0, 1)}`,
      "loop_\n_space_group_symop_operation_xyz",
      ...xyz,
      `loop_\n${names("", "label type_symbol fract_x fract_y fract_z U_iso_or_equiv occupancy")}`,
      ...rows,
      `loop_\n${names("aniso_", "label U_11 U_22 U_33 U_12 U_13 U_23")}`,
      ...anisoRows,
      "",
    ].join("\n"),
  );
}

describe("properties of the whole crystal", () => {
  test("contents per volume, density and |F| are the same in every setting and from every origin", () => {
    fc.assert(
      fc.property(crystals, bases, shifts, hkl, (crystal, basis, origin, indices) => {
        // A six-fold axis has no cell with a and b doubled at right angles.
        const isLattice = crystal.spaceGroup.operations.every(({ rotation }) =>
          mat3
            .multiply(mat3.multiply(mat3.inverse(basis), rotation), basis)
            .flat()
            .every((entry) => Math.abs(entry - Math.round(entry)) < 1e-9),
        );
        fc.pre(isLattice);
        const other = inOtherSetting(crystal, basis, origin);
        const volumes = Math.round(mat3.determinant(basis));
        assert.equal(other.spaceGroup.operations.length, volumes * crystal.spaceGroup.operations.length);
        for (const [element, count] of Object.entries(crystal.contents)) {
          closeTo(other.contents[element]!, volumes * count, 1e-6, element);
        }
        closeTo(other.density_g_cm3, crystal.density_g_cm3, 1e-6);
        const image = mat3.multiplyVector(mat3.transpose(basis), indices).map(Math.round) as unknown as Vec3;
        const here = must(structureFactors(crystal, 17)).F(indices);
        const there = must(structureFactors(other, 17)).F(image);
        closeTo(there.abs, volumes * here.abs, 1e-5 * (1 + here.sumOfScattering), `${indices} as ${image}`);
        closeTo(there.abs_friedel, volumes * here.abs_friedel, 1e-5 * (1 + here.sumOfScattering));
        assert.equal(absenceOf(other, image), absenceOf(crystal, indices));
      }),
      { numRuns: 80 },
    );
  });

  test("the density from the contents is that of |F(000)| without dispersion: as many electrons as atoms hold", () => {
    fc.assert(
      fc.property(crystals, (crystal) => {
        const { re } = must(structureFactors(crystal, 17)).F([0, 0, 0]);
        let electrons = re;
        let mass_u = 0;
        for (const [symbol, count] of Object.entries(crystal.contents)) {
          const { atomicNumber, mass_u: atom_u } = ELEMENTS.find((element) => element.symbol === symbol)!;
          electrons -= count * (must(dispersion(symbol, 17)).fPrime + atomicNumber);
          mass_u += count * atom_u;
        }
        closeTo(electrons, 0, 1e-3 * re);
        closeTo((crystal.density_g_cm3 * crystal.cell.volume_A3 * 0.602214076) / mass_u, 1, 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  test("sums over sites without scattering factors obey Friedel's law: F(-h) is the conjugate of F(h)", () => {
    fc.assert(
      fc.property(crystals, hkl, (crystal, indices) => {
        const here = speciesAmplitudes(crystal, Int32Array.from(indices));
        const mate = speciesAmplitudes(
          crystal,
          Int32Array.from(indices, (index) => -index),
        );
        here.forEach(({ re, im, weight }, i) => {
          closeTo(mate[i]!.re[0]!, re[0]!, 1e-9);
          closeTo(mate[i]!.im[0]!, -im[0]!, 1e-9);
          assert.ok(Math.hypot(re[0]!, im[0]!) <= weight[0]! * (1 + 1e-9));
        });
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
