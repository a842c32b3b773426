import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dynamicalToKinematical } from "../../core/experiment/dynamical.ts";
import { polarisationFactor } from "../../core/experiment/extinction.ts";
import type { InstrumentProfile } from "../../core/experiment/index.ts";
import { radians } from "../../core/util/index.ts";
import { closeRelative, closeTo } from "./close.ts";
import { crystalOf, derive, ID03, LINBO3, S02 } from "./experiments.ts";

describe("dynamical gate", () => {
  test("R_dyn/R_kin = (1/x) int_0^x J0, x = 2 pi t/Lambda (reference values), 1 for a thin crystal", () => {
    for (const [ratio, expected] of [
      [0.15, 0.928],
      [0.3, 0.741],
      [0.5, 0.429],
      [6.44, 0.028],
    ] as const) {
      closeTo(dynamicalToKinematical(ratio, "laue"), expected, 5e-4, `t/Lambda ${ratio}`);
    }
    closeTo(dynamicalToKinematical(1e-6, "laue"), 1, 1e-9);
    closeTo(dynamicalToKinematical(0, "bragg"), 1, 0);
  });

  test("the integral of J0 joins its asymptotic form", () => {
    const at = 300 / (2 * Math.PI);
    closeRelative(dynamicalToKinematical(at * 0.999999, "laue"), dynamicalToKinematical(at * 1.000001, "laue"), 1e-3);
  });

  test("LiNbO3 plate of 150 um: t/Lambda 6.44, a caution and never a no; deformed: none", () => {
    const { dynamical, verdicts } = derive(LINBO3, S02);
    assert.ok(dynamical);
    closeRelative(dynamical.extinctionLength_um, 23.29, 1e-2);
    closeTo(dynamical.ratio, 6.44, 0.06);
    closeTo(dynamical.refractionStrain, 0, 1e-12, "symmetric Laue");
    assert.equal(verdicts[0].answer, "marginal");
    const deformed = derive(LINBO3, { ...S02, sample: { ...S02.sample, perfection: "deformed" } });
    assert.equal(deformed.verdicts[0].answer, "yes");
  });

  test("Si 111 at 17 keV in Bragg geometry: depth 1.527 um, Darwin width 15.308, FWHM 16.24 urad, refraction", () => {
    const { dynamical, attenuation } = derive(crystalOf("silicon"), {
      hkl: [1, 1, 1],
      sample: { up: "(1,1,1)", exit: "(1,-1,0)", thickness_um: 20000, width_um: 20000, height_um: 500 },
    });
    assert.ok(dynamical);
    assert.equal(dynamical.geometry, "bragg");
    closeRelative(dynamical.extinctionDepth_um ?? 0, 1.527, 1e-2);
    closeRelative(dynamical.darwinWidth_urad, 15.308, 1e-2);
    closeRelative(dynamical.darwinWidth_fwhm_urad, 16.24, 1e-2);
    closeRelative(dynamical.refractionStrain, 1.2402e-4, 1e-2);
    closeRelative(
      attenuation.penetration_um ?? 0,
      (Math.sin(radians(6.67841)) * attenuation.attenuationLength_um) / 2,
      1e-5,
    );
    assert.equal(attenuation.optimumThickness_um, null);
  });
});

describe("polarisation", () => {
  test("oblique deflection: P = 1 - sin^2 2theta sin^2 eta, Al 113 at 20.23 deg 0.96858, Al 111 at 54.23 deg 0.93749", () => {
    const crystal = crystalOf("aluminium");
    for (const [hkl, energy_keV, eta_deg, expected] of [
      [[1, 1, 3], 19.1, 20.23, 0.96858],
      [[1, 1, 1], 17, 54.23, 0.93749],
    ] as const) {
      const instrument: InstrumentProfile = { ...ID03, eta_deg };
      const { geometry } = derive(crystal, { hkl, energy_keV, instrument });
      closeTo(polarisationFactor(geometry, instrument), expected, 1e-4, hkl.join(""));
    }
  });
});
