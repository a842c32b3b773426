import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type Camera,
  countsInFocus,
  energiesForMagnification,
  focusLens,
  type LensBox,
  type LensPerformance,
  lensPerformance,
  placeForMagnification,
} from "../../core/experiment/index.ts";
import { acceptance } from "../../core/experiment/lens/acceptance.ts";
import { focusAtMagnification } from "../../core/experiment/lens/imaging.ts";
import { withCount } from "../../core/experiment/lens/lensBox.ts";
import { boxMatrix, type Lenslet, lensTrain, seriesOptics } from "../../core/experiment/lens/train.ts";
import { closeRelative, closeTo } from "./close.ts";
import { readCorpusJson, withCorpus } from "./corpus.ts";
import { singleSeries, unwrap, upstreamBox } from "./lenses.ts";

interface CrlRow {
  readonly inputs: {
    readonly N: number;
    readonly R_um: number;
    readonly T_mm: number;
    readonly energy_keV: number;
    readonly magnification: number;
    readonly material: string;
    readonly density_g_cm3: number;
  };
  readonly delta: number;
  readonly mu_1_per_m: number;
  readonly effective_focal_length_mm: number;
  readonly d1_mm_from_first_lenslet_centre: number;
  readonly d2_mm_from_last_lenslet_centre: number;
  /** From the outer faces, half a period outside the outermost lenslets. */
  readonly L_total_mm: number;
  readonly sigma_a_urad: number;
  readonly NA_fwhm_mrad: number;
  readonly FOV_fwhm_um: number;
  readonly physical_aperture_2sqrt_RT_um: number;
  readonly diffraction_limited_fwhm_nm_0p75_lambda_over_NA: number;
  readonly depth_of_field_um_lambda_over_NA2: number;
}

const far: Camera = { pixel_um: 6.5, opticalMagnification: 10, size_px: [2560, 2160], mounting: "normal" };

function performanceOf(box: LensBox, energy_keV: number, dTot_mm: number, twoTheta_deg = 17.95): LensPerformance {
  const found = unwrap(focusLens(box, { energy_keV, twoTheta_deg, dTot_mm }));
  const performance = unwrap(lensPerformance(box, found, { bandwidth_fwhm: 1.4e-4, camera: far }));
  assert.ok(performance);
  return performance;
}

/** Transmission of one ray, followed through the lens step by step; 0 where a disc stops it. */
function transmissionOfRay(train: readonly Lenslet[], d1_mm: number, height_mm: number, angle_rad: number): number {
  let y = height_mm + d1_mm * angle_rad;
  let slope = angle_rad;
  let T = 1;
  for (const { focalLength_mm, absorption_per_mm2, halfAperture_mm, toNext_mm } of train) {
    if (halfAperture_mm !== null && Math.abs(y) > halfAperture_mm) return 0;
    T *= Math.exp(-absorption_per_mm2 * y * y);
    slope -= y / focalLength_mm;
    y += slope * toNext_mm;
  }
  return T;
}

/** Where a function that falls from 1 reaches one half, by steps and bisection. */
function halfWidth(f: (x: number) => number, step: number): number {
  let high = step;
  while (f(high) > 0.5) high += step;
  let low = high - step;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (f(middle) > 0.5) low = middle;
    else high = middle;
  }
  return low;
}

describe("What follows from a lens", () => {
  withCorpus("agrees with the independent rows for equal lenslets", () => {
    const { crl } = readCorpusJson<{ crl: readonly CrlRow[] }>("oracle", "dfxm-derived.json");
    assert.equal(crl.length, 13);
    for (const row of crl) {
      const { N, R_um, T_mm, energy_keV, magnification, material, density_g_cm3 } = row.inputs;
      const what = JSON.stringify(row.inputs);
      const box = singleSeries({
        count: N,
        radius_um: R_um,
        spacing_mm: T_mm,
        discThickness_um: T_mm * 1000,
        material: { formula: material, density_g_cm3 },
      });
      // With the row's own delta and mu only the sums are tested.
      const optics = [{ delta: row.delta, mu_per_um: row.mu_1_per_m / 1e6 }];
      const train = lensTrain(box, optics);
      const matrix = boxMatrix(box, optics);
      const focus = focusAtMagnification(matrix, magnification);
      closeRelative(-1 / matrix.c_per_mm, row.effective_focal_length_mm, 1e-9, `${what} f`);
      closeRelative(focus.d1_mm, row.d1_mm_from_first_lenslet_centre, 1e-9, `${what} d1`);
      closeRelative(focus.d2_mm, row.d2_mm_from_last_lenslet_centre, 1e-9, `${what} d2`);
      const { absorption_fwhm_rad, fieldOfView_fwhm_mm, aperture } = acceptance(train, focus.d1_mm);
      closeRelative(absorption_fwhm_rad * 1000, row.NA_fwhm_mrad, 1e-6, `${what} NA`);
      closeRelative(fieldOfView_fwhm_mm * 1000, row.FOV_fwhm_um, 1e-6, `${what} FOV`);
      closeRelative(aperture!.diameter_mm * 1000, row.physical_aperture_2sqrt_RT_um, 1e-9, `${what} aperture`);
      // With our own tables.
      const place = unwrap(placeForMagnification(box, energy_keV, magnification));
      closeTo(place.d1_mm, row.d1_mm_from_first_lenslet_centre, 0.05 + 3e-4 * place.d1_mm, `${what} own d1`);
      closeTo(place.dTot_mm, row.L_total_mm, 3e-4 * place.dTot_mm, `${what} own d_tot`);
      const own = performanceOf(box, energy_keV, place.dTot_mm);
      if (own.isApertureLimited) continue;
      closeRelative(own.numericalAperture_fwhm_mrad, row.NA_fwhm_mrad, 2e-3, `${what} own NA`);
      closeRelative(own.depthOfField_um, row.depth_of_field_um_lambda_over_NA2, 4e-3, `${what} own depth`);
      closeRelative(own.resolution_nm, row.diffraction_limited_fwhm_nm_0p75_lambda_over_NA, 2e-3, `${what} resolution`);
    }
  });

  test("88 Be lenslets at 17 keV and M 17: NA 0.703 mrad, depth of field 148 µm, resolution 78 and 46 nm", () => {
    const place = unwrap(placeForMagnification(singleSeries(), 17, 17));
    const found = performanceOf(singleSeries(), 17, place.dTot_mm);
    closeTo(found.numericalAperture_fwhm_mrad, 0.703, 1e-3);
    closeTo(found.depthOfField_um, 148, 0.6);
    closeTo(found.resolution_nm, 78, 0.5);
    closeTo(found.resolutionGaussian_nm, 46, 0.5);
  });

  test("widths by attenuation and by discs are those of rays followed one by one", () => {
    for (const energy_keV of [12, 17, 24]) {
      for (const discThickness_um of [undefined, 1000, 60]) {
        const box = singleSeries(discThickness_um === undefined ? {} : { discThickness_um, web_um: 30 });
        const { focus } = unwrap(focusLens(box, { energy_keV, twoTheta_deg: 10, dTot_mm: 5000 }));
        const train = lensTrain(box, unwrap(seriesOptics(box, energy_keV)));
        const bare = train.map((lenslet) => ({ ...lenslet, halfAperture_mm: null }));
        const d1 = focus!.d1_mm;
        const { absorption_fwhm_rad, fieldOfView_fwhm_mm, aperture } = acceptance(train, d1);
        const NA = 2 * halfWidth((angle) => transmissionOfRay(bare, d1, 0, angle), 1e-5);
        closeRelative(absorption_fwhm_rad, NA, 1e-6, "NA");
        const best = (y: number): number => {
          let [low, high] = [-0.02, 0.02];
          for (let i = 0; i < 200; i++) {
            const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
            if (transmissionOfRay(bare, d1, y, a) < transmissionOfRay(bare, d1, y, b)) low = a;
            else high = b;
          }
          return transmissionOfRay(bare, d1, y, (low + high) / 2);
        };
        closeRelative(fieldOfView_fwhm_mm, 2 * halfWidth(best, 0.05), 1e-4, "FOV");
        if (aperture === null) continue;
        const cone = halfWidth((angle) => (transmissionOfRay(train, d1, 0, angle) > 0 ? 1 : 0), 1e-6);
        closeRelative(aperture.fullAngle_rad, 2 * cone, 1e-6, "cone");
        const passesAny = (y: number): number => {
          for (let i = -4000; i <= 4000; i++) if (transmissionOfRay(train, d1, y, -y / 200 + i * 2e-6) > 0) return 1;
          return 0;
        };
        closeRelative(aperture.field_mm, 2 * halfWidth(passesAny, 0.02), 1e-2, "field of the discs");
      }
    }
  });

  test("discs of 1 mm with a web of 30 µm: 440 µm; without thickness it is not known", () => {
    const at = (box: LensBox) => performanceOf(box, 17, 5000).acceptance;
    const known = at(singleSeries({ discThickness_um: 1000, web_um: 30 }));
    closeTo(known.aperture!.diameter_mm * 1000, 440, 0.6);
    const unknown = at(singleSeries());
    assert.deepEqual([unknown.aperture, unknown.axialTransmission, unknown.meanTransmission], [null, null, null]);
  });

  test("transmission on the axis is that of the webs, and its mean over the cone that of a sum over rays", () => {
    const box = singleSeries({ discThickness_um: 1000, web_um: 30 });
    const optics = unwrap(seriesOptics(box, 17));
    const train = lensTrain(box, optics);
    const { focus } = unwrap(focusLens(box, { energy_keV: 17, twoTheta_deg: 10, dTot_mm: 5000 }));
    const { axialTransmission, meanTransmission, aperture } = acceptance(train, focus!.d1_mm);
    closeRelative(axialTransmission!, Math.exp(-88 * 0.003 * optics[0]!.mu_per_um * 1e4), 1e-9);
    let [sum, weights] = [0, 0];
    const steps = 4000;
    for (let i = 0; i < steps; i++) {
      const angle = (((i + 0.5) / steps) * aperture!.fullAngle_rad) / 2;
      sum += angle * transmissionOfRay(train, focus!.d1_mm, 0, angle);
      weights += angle;
    }
    closeRelative(meanTransmission!, (axialTransmission! * sum) / weights, 1e-5);
  });

  test("chromatic shift: 32.3 mm/keV at 17 keV, 77 µm over the bandwidth; 343 µm at 30 keV", () => {
    const at17 = performanceOf(upstreamBox(), 17, 5000).chromatic;
    closeTo(at17.dd1_dE_mm_per_keV, 32.3, 0.1);
    closeTo(at17.overBandwidth_um!, 77, 0.6);
    const d1 = (energy_keV: number): number =>
      unwrap(focusLens(upstreamBox(), { energy_keV, twoTheta_deg: 0, dTot_mm: 5000 })).focus!.d1_mm;
    closeRelative(at17.dd1_dE_mm_per_keV, (d1(17.1) - d1(16.9)) / 0.2, 1e-3);
    closeTo(performanceOf(upstreamBox(), 30, 5000).chromatic.overBandwidth_um!, 343, 3);
  });

  test("pixel of the camera in the sample: sin 2θ for a camera normal to the beam, tan 2θ for an upright one", () => {
    const box = upstreamBox();
    const found = unwrap(focusLens(box, { energy_keV: 17, twoTheta_deg: 17.95, dTot_mm: 5000 }));
    const pixelFor = (mounting: Camera["mounting"]) =>
      unwrap(lensPerformance(box, found, { bandwidth_fwhm: null, camera: { ...far, mounting } }))!.pixel!;
    const across = 650 / found.focus!.M;
    const sine = Math.sin((17.95 * Math.PI) / 180);
    const tangent = Math.tan((17.95 * Math.PI) / 180);
    closeRelative(pixelFor("normal").across_nm, across, 1e-12);
    closeRelative(pixelFor("normal").along_nm!, across / sine, 1e-12);
    closeRelative(pixelFor("upright").along_nm!, across / tangent, 1e-12);
    closeRelative(pixelFor("normal").fieldAcross_um, (2560 * across) / 1000, 1e-12);
    // 36.8 nm pixels at 17.95 degrees, as published figures have them.
    closeTo(36.83 / sine, 119.5, 0.1);
    closeTo(36.83 / tangent, 113.7, 0.1);
  });

  test("direct beam passes 13.9 mm, 18.2 and 40.5 mm from the lens axis at 3.82, 5 and 11.16 degrees", () => {
    for (const [twoTheta_deg, clearance_mm] of [
      [3.82, 13.9],
      [5, 18.2],
      [11.16, 40.5],
    ] as const) {
      closeTo(performanceOf(upstreamBox(), 17, 5096.39, twoTheta_deg).directBeamClearance_mm, clearance_mm, 0.06);
    }
  });
});

describe("Lens questions the other way round", () => {
  test("the place for a magnification focuses with that magnification, for both roots", () => {
    for (const M of [0.1, 1, 4, 17]) {
      const { d1_mm, dTot_mm } = unwrap(placeForMagnification(upstreamBox(), 17, M));
      const found = unwrap(
        focusLens(upstreamBox(), { energy_keV: 17, twoTheta_deg: 0, dTot_mm: dTot_mm * (1 + 1e-15) }),
      );
      const root = M < 1 ? found.otherFocus : found.focus;
      closeRelative(root!.M, M, 1e-5);
      closeRelative(root!.d1_mm, d1_mm, 1e-5);
    }
  });

  test("numbers of lenslets that focus are just those for which the lens is found in focus", () => {
    const place = { energy_keV: 30, twoTheta_deg: 0, dTot_mm: 5000 };
    const counts = new Map(
      unwrap(countsInFocus(upstreamBox(), 0, place, 120)).map(({ count, focus }) => [count, focus]),
    );
    for (let count = 1; count <= 120; count++) {
      const { focus } = unwrap(focusLens(withCount(upstreamBox(), 0, count), place));
      assert.deepEqual(counts.get(count) ?? null, focus, String(count));
    }
    assert.ok(!counts.has(20) && counts.has(68));
  });

  test("the energy for a magnification gives that magnification back", () => {
    for (const M of [4, 17, 40]) {
      const energies = unwrap(energiesForMagnification(upstreamBox(), 5000, M));
      assert.ok(energies.length > 0);
      for (const energy_keV of energies) {
        const { focus } = unwrap(focusLens(upstreamBox(), { energy_keV, twoTheta_deg: 0, dTot_mm: 5000 }));
        closeRelative(focus!.M, M, 1e-5);
      }
      assert.ok(energies.at(-1)! > 10, "the usual one is among them");
    }
    assert.deepEqual(unwrap(energiesForMagnification(upstreamBox(), 500, 100)), []);
    assert.ok(!energiesForMagnification(upstreamBox(), 5000, -1).ok);
  });
});
