/** Boxes of any mix of series, materials and distances against rays that are followed lenslet by lenslet. */
import { describe, test } from "node:test";
import fc from "fast-check";
import { focusLens, type LensBox, type LensMaterial, lensPerformance } from "../../core/experiment/index.ts";
import { acceptance } from "../../core/experiment/lens/acceptance.ts";
import { lensOptics } from "../../core/experiment/lens/material.ts";
import { type Lenslet, lensTrain, seriesOptics } from "../../core/experiment/lens/train.ts";
import { AVOGADRO_per_mol, ELECTRON_RADIUS_A, wavelength_A } from "../../core/util/index.ts";
import { closeRelative, closeTo } from "../unit/close.ts";
import { unwrap } from "../unit/lenses.ts";

const BERYLLIUM: LensMaterial = { formula: "Be", density_g_cm3: 1.848 };
const ALUMINIUM: LensMaterial = { formula: "Al", density_g_cm3: 2.699 };
const NICKEL: LensMaterial = { formula: "Ni", density_g_cm3: 8.902 };
const DIAMOND: LensMaterial = { formula: "C", density_g_cm3: 3.515 };
const SU8: LensMaterial = { formula: "C87H118O16", density_g_cm3: 1.19 };
const PMMA: LensMaterial = { formula: "C5H8O2", density_g_cm3: 1.19 };

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const series = fc.record({
  count: fc.integer({ min: 1, max: 60 }),
  radius_um: between(20, 300),
  spacing_mm: between(0.5, 4),
  separator_mm: between(0, 30),
  material: fc.constantFrom(BERYLLIUM, ALUMINIUM, NICKEL, DIAMOND, SU8),
  discThickness_um: between(300, 1000),
  web_um: between(0, 50),
});
const boxes: fc.Arbitrary<LensBox> = fc.array(series, { minLength: 1, maxLength: 4 }).map((all) => ({
  name: "any",
  series: all,
  mountPoint: { along_mm: 0, orthogonal_mm: 0, offsetX_mm: 0, offsetY_mm: 0 },
}));
const experiments = fc
  .record({ box: boxes, energy_keV: between(10, 60), dTot_mm: between(1000, 10_000) })
  .map(({ box, energy_keV, dTot_mm }) => {
    const found = unwrap(focusLens(box, { energy_keV, twoTheta_deg: 20, dTot_mm }));
    return { box, energy_keV, found, train: lensTrain(box, unwrap(seriesOptics(box, energy_keV))) };
  })
  .filter(({ found }) => found.focus !== null);

/** A ray from the sample: its height at the detector, and how much of it gets there; discs do not stop it. */
function follow(train: readonly Lenslet[], d1_mm: number, d2_mm: number, height_mm: number, angle_rad: number) {
  let y = height_mm + d1_mm * angle_rad;
  let slope = angle_rad;
  let T = 1;
  for (const { focalLength_mm, absorption_per_mm2, axialAbsorption, toNext_mm } of train) {
    T *= Math.exp(-absorption_per_mm2 * y * y - (axialAbsorption ?? 0));
    slope -= y / focalLength_mm;
    y += slope * toNext_mm;
  }
  return { y: y + d2_mm * slope, T };
}

describe("a box of any mix", () => {
  test("brings every ray of a point of the sample to one point of the detector, M times as far from the axis, at both places", () => {
    fc.assert(
      fc.property(experiments, between(-0.1, 0.1), ({ found, train }, height_mm) => {
        for (const focus of [found.focus, found.otherFocus]) {
          if (focus === null) continue;
          const { d1_mm, d2_mm, M } = focus;
          closeTo(d1_mm + found.dL_mm + d2_mm, found.dTot_mm, 1e-8, "d_tot");
          const scale = Math.max(1, Math.abs(M));
          for (const angle_rad of [-1e-3, 0, 1e-3]) {
            closeTo(follow(train, d1_mm, d2_mm, height_mm, angle_rad).y, -M * height_mm, 1e-8 * scale, "image");
          }
        }
      }),
    );
  });

  test("lets through half of a ray at half of its numerical aperture, and on the axis what the webs leave", () => {
    fc.assert(
      fc.property(experiments, ({ box, energy_keV, found, train }) => {
        const { d1_mm, d2_mm } = found.focus!;
        const accepted = acceptance(train, d1_mm);
        const axis = follow(train, d1_mm, d2_mm, 0, 0).T;
        const edge = follow(train, d1_mm, d2_mm, 0, accepted.absorption_fwhm_rad / 2).T;
        closeRelative(edge / axis, 0.5, 1e-8, "NA");
        closeRelative(accepted.axialTransmission!, axis, 1e-9, "axis");
        const webs = box.series.map(
          ({ count, web_um, material }) => count * web_um! * unwrap(lensOptics(material, energy_keV)).mu_per_um,
        );
        closeRelative(axis, Math.exp(-webs.reduce((sum, web) => sum + web, 0)), 1e-9, "webs");
      }),
    );
  });

  test("blurs a point by 1.5 at both ends of its tolerance of d1, as a Gaussian beam of its aperture does", () => {
    fc.assert(
      fc.property(experiments, ({ box, found }) => {
        const performance = unwrap(lensPerformance(box, found, { bandwidth_fwhm: null, camera: null }))!;
        const tolerance_nm = (performance.depthOfField_um * 1000) / 2;
        const waist_nm = performance.resolutionGaussian_nm;
        const rayleigh_nm = waist_nm / (performance.numericalAperture_fwhm_mrad / 1000);
        closeTo(Math.hypot(1, tolerance_nm / rayleigh_nm), 1.511, 1e-3, "blur");
      }),
    );
  });
});

describe("materials of lenses", () => {
  /** Electrons and mass of a formula unit [g/mol], standard atomic weights. */
  const units = [
    { material: BERYLLIUM, electrons: 4, mass: 9.0122, tolerance: 2e-3 },
    { material: ALUMINIUM, electrons: 13, mass: 26.982, tolerance: 8e-3 },
    { material: NICKEL, electrons: 28, mass: 58.693, tolerance: 2e-2 },
    { material: DIAMOND, electrons: 6, mass: 12.011, tolerance: 2e-3 },
    { material: SU8, electrons: 87 * 6 + 118 + 16 * 8, mass: 87 * 12.011 + 118 * 1.008 + 16 * 15.999, tolerance: 2e-3 },
  ];
  for (const { material, electrons, mass, tolerance } of units) {
    test(`${material.formula}: above its edges it refracts as its electrons do, r_e λ² n / 2π`, () => {
      for (const energy_keV of [17, 25, 40]) {
        const perA3 = (material.density_g_cm3 * 1e-24 * AVOGADRO_per_mol * electrons) / mass;
        const free = (ELECTRON_RADIUS_A * wavelength_A(energy_keV) ** 2 * perA3) / (2 * Math.PI);
        closeRelative(unwrap(lensOptics(material, energy_keV)).delta, free, tolerance, `${energy_keV} keV`);
      }
    });
  }

  test("mass attenuation coefficients at 20 keV are those of the NIST tables (Hubbell and Seltzer, 1995)", () => {
    const nist: readonly (readonly [LensMaterial, number])[] = [
      [BERYLLIUM, 0.2251],
      [DIAMOND, 0.442],
      [ALUMINIUM, 3.441],
      [PMMA, 0.5714],
    ];
    for (const [material, cm2_g] of nist) {
      const { mu_per_um } = unwrap(lensOptics(material, 20));
      closeRelative((mu_per_um * 1e4) / material.density_g_cm3, cm2_g, 0.02, material.formula);
    }
  });
});
