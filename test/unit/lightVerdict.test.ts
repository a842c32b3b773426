import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dynamicalToKinematical, meanDynamicalToKinematical } from "../../core/experiment/dynamical.ts";
import {
  applyOps,
  deriveExperiment,
  type ExperimentPlan,
  energyOfMostSignal,
  type Hkl,
  integratedReflectivity_urad,
} from "../../core/experiment/index.ts";
import { detectorPlace } from "../../core/experiment/reach/detector.ts";
import { radians } from "../../core/util/index.ts";
import { closeRelative, closeTo } from "./close.ts";
import { crystalOf, derive, findingOf, type Given, ID03, inputOf, LINBO3, S02, verdictOf } from "./experiments.ts";

describe("light", () => {
  test("symmetric Laue: best thickness cos theta/mu, signal x e^(1-x) of the best", () => {
    const { attenuation, geometry } = derive(LINBO3, S02);
    const theta = radians(geometry.twoTheta_deg / 2);
    closeRelative(attenuation.optimumThickness_um ?? 0, attenuation.attenuationLength_um * Math.cos(theta), 1e-6);
    const x = -Math.log(geometry.path.transmissionMean);
    closeRelative(attenuation.signalOfOptimum, x * Math.exp(1 - x), 1e-5);
  });

  test("integrated reflectivity of S02: 1023 urad times transmission 0.4218, perfect 28 urad before attenuation", () => {
    const perfect = inputOf(LINBO3, S02);
    const { geometry } = derive(LINBO3, S02);
    const { transmissionMean: T } = geometry.path;
    const deformed = applyOps(perfect.plan, [{ path: ["sample", "perfection"], value: "deformed" }]);
    const of = (plan: ExperimentPlan): number => integratedReflectivity_urad({ ...perfect, plan, geometry }, 17) / T;
    closeRelative(of(deformed), 1023, 5e-3);
    closeRelative(of(perfect.plan), 28, 2e-2);
  });

  test("the best energy: no energy of a fine grid gives more signal", () => {
    const given = { ...S02, sample: { ...S02.sample, perfection: "deformed" as const } };
    const sample = { ...inputOf(LINBO3, given), geometry: derive(LINBO3, given).geometry };
    const best = energyOfMostSignal(sample);
    assert.ok(best);
    for (let energy_keV = 12; energy_keV < 60; energy_keV += 0.037) {
      assert.ok(integratedReflectivity_urad(sample, energy_keV) <= best.value * (1 + 1e-6), `${energy_keV} keV`);
    }
  });

  test("the best energy is one at which the detector catches the beam, not near backscattering where 1/sin 2theta diverges", () => {
    const thick: Given = { hkl: [1, 0, -2], sample: { thickness_um: 20_000 } };
    const sample = { ...inputOf(LINBO3, thick), geometry: derive(LINBO3, thick).geometry };
    const best = energyOfMostSignal(sample);
    assert.ok(best);
    const { twoTheta_deg: seen_deg } = derive(LINBO3, { ...thick, energy_keV: best.at }).geometry;
    assert.equal(detectorPlace(ID03, seen_deg).obstacle, null);
    const arm = { ...ID03.detector!, twoThetaLimits_deg: [2, 8] as const, travelAlong_mm: null };
    const atLowAngles = energyOfMostSignal({ ...sample, instrument: { ...ID03, detector: arm } });
    assert.ok(atLowAngles);
    const { twoTheta_deg } = derive(LINBO3, { ...thick, energy_keV: atLowAngles.at }).geometry;
    assert.ok(twoTheta_deg >= 2 - 1e-9 && twoTheta_deg <= 8 + 1e-9, `${twoTheta_deg}`);
  });

  test("the best energy of a perfect crystal is none of a fringe: a micrometre of thickness does not move it", () => {
    const bestAt = (thickness_um: number): number => {
      const given = { ...S02, sample: { ...S02.sample, thickness_um } };
      const best = energyOfMostSignal({ ...inputOf(LINBO3, given), geometry: derive(LINBO3, given).geometry });
      assert.ok(best);
      return best.at;
    };
    // With the fringes it moves by 0.35 keV.
    const energies = [150, 152, 154].map(bestAt);
    assert.ok(Math.max(...energies) - Math.min(...energies) < 0.1, energies.join());
    // Of a thick plate the mean is that of the Bessel integral, 1, by 2 pi t/Lambda; of a thin one the ratio itself.
    closeRelative(meanDynamicalToKinematical(20, "laue"), 1 / (40 * Math.PI), 1e-3);
    closeRelative(meanDynamicalToKinematical(0.01, "laue"), 1, 1e-3);
    assert.equal(meanDynamicalToKinematical(3, "bragg"), dynamicalToKinematical(3, "bragg"));
  });

  test("a thick sample is a no; the suggestion, taken, makes it a yes", () => {
    const input = inputOf(LINBO3, { ...S02, sample: { ...S02.sample, thickness_um: 1500, perfection: "deformed" } });
    const before = deriveExperiment(input);
    assert.ok(before.ok);
    const light = before.value.verdicts[0];
    assert.equal(light.answer, "no");
    assert.match(light.suggestion ?? "", /Thin the sample from 1\.5 mm to 170 µm/);
    const after = deriveExperiment({ ...input, plan: applyOps(input.plan, light.ops) });
    assert.ok(after.ok);
    assert.equal(after.value.verdicts[0].answer, "yes");
  });

  test("where beams run along a face, and a thinner sample stays dark, no thinner one is proposed", () => {
    const given: Given = {
      hkl: [-3, -1, -1],
      energy_keV: 29.492424242038968,
      sample: { thickness_um: 1502.1099326202593, perfection: "perfect", up: "[2,0,1]" },
      plan: { beamExit: "[-2,-1,-2]" },
    };
    const light = findingOf(derive(LINBO3, given), "light/transmission");
    assert.equal(light?.answer, "no");
    assert.doesNotMatch(light?.suggestion ?? "", /Thin/);
  });

  test("an absent reflection is a no with a present one proposed; Y K at 38 eV is named", () => {
    const ymno3 = crystalOf("YMnO3");
    const experiment = derive(ymno3, { hkl: [1, 0, 1] });
    assert.equal(experiment.dynamical, null);
    assert.equal(experiment.reflection.absence, "symmetry");
    const light = verdictOf(experiment, "light");
    assert.equal(light.answer, "no");
    const hkl = (light.ops[0]?.value as { hkl: Hkl } | undefined)?.hkl ?? [0, 0, 0];
    const proposed = derive(ymno3, { hkl });
    assert.equal(proposed.reflection.absence, null);
    const edge = findingOf(experiment, "light/edge");
    closeTo(edge?.value ?? 0, 38, 1);
    const energy_keV = edge?.ops[0]?.value as number;
    assert.equal(findingOf(derive(ymno3, { hkl: [1, 0, 2], energy_keV }), "light/edge"), undefined);
  });

  test("BaTiO3 with the beams askew is unevenly lit by 5 to 1, at the proposed thickness by 3 to 1", () => {
    const given: Given = { hkl: [2, 0, 0], sample: { up: "[0,0,1]", exit: "[1,1,0]" } };
    const uneven = findingOf(derive(crystalOf("BaTiO3"), given), "light/uneven");
    closeTo(uneven?.value ?? 0, 0.0295 / 0.0059, 0.05);
    const thickness_um = uneven?.ops[0]?.value as number;
    const { path } = derive(crystalOf("BaTiO3"), { ...given, sample: { ...given.sample, thickness_um } }).geometry;
    closeTo(path.transmissionMax / path.transmissionMin, 3, 0.1);
  });

  test("thresholds of the plan are the ones that count", () => {
    const given = { ...S02, sample: { ...S02.sample, perfection: "deformed" as const } };
    const answer = (thresholds: ExperimentPlan["thresholds"]) =>
      derive(LINBO3, { ...given, plan: { ...(thresholds && { thresholds }) } }).verdicts[0].answer;
    assert.equal(answer(undefined), "yes");
    assert.equal(answer({ transmissionGood: 0.5 }), "marginal");
    assert.equal(answer({ transmissionGood: 0.6, transmissionPoor: 0.45 }), "no");
  });
});
