import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../../core/crystal/index.ts";
import { dynamicalToKinematical } from "../../core/experiment/dynamical.ts";
import { polarisationFactor } from "../../core/experiment/extinction.ts";
import {
  applyOps,
  createDraftPlan,
  deriveExperiment,
  type Experiment,
  type ExperimentPlan,
  energyOfMostSignal,
  type Hkl,
  type InstrumentProfile,
  instrumentById,
  integratedReflectivity_urad,
  type LensBox,
  lensById,
  planIssues,
  type Question,
} from "../../core/experiment/index.ts";
import { crystalToSampleOf, orientationOf } from "../../core/experiment/orientation.ts";
import { detectorPlace } from "../../core/experiment/reach/detector.ts";
import { mat3, radians } from "../../core/util/index.ts";
import { closeMatrix, closeRelative, closeTo } from "./close.ts";

const crystalOf = (name: string): Crystal => {
  const crystal = crystalFromCif(parseCif(readFileSync(`examples/${name}.cif`, "utf8")));
  assert.ok(crystal.ok);
  return crystal.value;
};
const instrumentOf = (id: string): InstrumentProfile => {
  const instrument = instrumentById(id);
  assert.ok(instrument.ok);
  return instrument.value;
};

interface Given {
  readonly plan?: Partial<ExperimentPlan>;
  readonly sample?: Partial<ExperimentPlan["sample"]>;
  readonly energy_keV?: number;
  readonly hkl: Hkl;
  readonly instrument?: InstrumentProfile;
  readonly lens?: LensBox;
}
const LINBO3 = crystalOf("LiNbO3");
const ID03 = instrumentOf("esrf-id03");

function inputOf(crystal: Crystal, given: Given) {
  const { lens: _lens, ...draft } = createDraftPlan("x.cif", "");
  const plan: ExperimentPlan = {
    ...draft,
    beam: { ...draft.beam, energy_keV: given.energy_keV ?? 17 },
    sample: { ...draft.sample, ...given.sample },
    reflection: { hkl: given.hkl },
    ...given.plan,
  };
  return { plan, crystal, hkl: given.hkl, instrument: given.instrument ?? ID03, lens: given.lens ?? null };
}
function derive(crystal: Crystal, given: Given): Experiment {
  const experiment = deriveExperiment(inputOf(crystal, given));
  assert.ok(experiment.ok, JSON.stringify(experiment.issues));
  return experiment.value;
}
/** The README case of DF-XRM_viz. */
const S02: Given = { hkl: [1, -1, 2], sample: { up: "(0,0,1)", exit: "(-1,-1,0)", width_um: 3000 } };

const findingOf = ({ verdicts }: Experiment, code: string) =>
  verdicts.flatMap(({ findings }) => findings).find((finding) => finding.code === code);
const verdictOf = ({ verdicts }: Experiment, question: Question) => {
  const verdict = verdicts.find((one) => one.question === question);
  assert.ok(verdict);
  return verdict;
};

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

describe("reach", () => {
  test("c up LiNbO3 at 17 keV: (0,0,6) is reached at mu 9.0807, (1,-1,2) would need chi 57.25", () => {
    const { sample } = S02;
    assert.equal(verdictOf(derive(LINBO3, { hkl: [0, 0, 6], ...(sample && { sample }) }), "reach").answer, "yes");
    const reach = verdictOf(derive(LINBO3, S02), "reach");
    assert.equal(reach.answer, "no");
    closeTo(reach.value ?? 0, 57.2498, 1e-3);
    assert.equal(reach.limit, 5);
    assert.match(reach.suggestion ?? "", /wedge of 54° under the sample, about its x axis \(top towards −y\)/);
  });

  test("what the motors do not reach is cured by the proposed equivalent or beam direction, in the same mount", () => {
    const aluminium = crystalOf("aluminium");
    const sample = { up: "[0,0,1]", exit: "[1,0,0]" } as const;
    for (const [given, suggestion] of [
      [{ hkl: [2, 0, 0], sample: { ...sample, exit: "[1,1,0]" } }, /^Choose the equivalent \(0,0,2\): then/],
      [{ hkl: [0, 0, 2], sample, plan: { beamExit: "[-1,0,0]" } }, /^Send the beam along .1,0,0.: then/],
      [{ hkl: [0, 2, 0], sample, plan: { beamExit: "[-1,0,0]" } }, /^Choose the equivalent .* and send the beam along/],
    ] as const satisfies readonly (readonly [Given, RegExp])[]) {
      const input = inputOf(aluminium, given);
      const before = deriveExperiment(input);
      assert.ok(before.ok);
      const motors = findingOf(before.value, "reach/motors");
      assert.equal(motors?.answer, "no");
      assert.match(motors?.suggestion ?? "", suggestion);
      const after = deriveExperiment({ ...input, plan: applyOps(input.plan, motors?.ops ?? []) });
      assert.ok(after.ok);
      assert.equal(findingOf(after.value, "reach/motors")?.answer, "yes");
      closeMatrix(after.value.geometry.crystalToSample, before.value.geometry.crystalToSample, 1e-12);
    }
  });

  test("direct beam clearance at the lens: 40.5 mm at 11.16 deg; a housing of 45 mm is hit", () => {
    const lens = lensById("id06");
    assert.ok(lens.ok);
    const given = (halfHeight_mm: number): Given => ({
      ...S02,
      plan: { lens: { file: "id06", detectorDistance_mm: 5000 } },
      lens: lens.value,
      instrument: { ...ID03, lensHousing_halfHeight_mm: halfHeight_mm },
    });
    const clear = findingOf(derive(LINBO3, given(30)), "reach/direct-beam");
    assert.equal(clear?.answer, "yes");
    closeTo(clear?.value ?? 0, 40.5, 0.1);
    const hit = findingOf(derive(LINBO3, given(45)), "reach/direct-beam");
    assert.equal(hit?.answer, "no");
    const energy_keV = hit?.ops[0]?.value as number;
    assert.equal(findingOf(derive(LINBO3, { ...given(45), energy_keV }), "reach/direct-beam")?.answer, "yes");
  });

  test("a lens without focus is a no, and the proposed distance focuses", () => {
    const lens = lensById("id06");
    assert.ok(lens.ok);
    const at = (detectorDistance_mm: number) =>
      findingOf(
        derive(LINBO3, {
          ...S02,
          energy_keV: 40,
          plan: { lens: { file: "id06", detectorDistance_mm } },
          lens: lens.value,
        }),
        "reach/lens",
      );
    const none = at(5000);
    assert.equal(none?.answer, "no");
    assert.equal(at(none?.ops[0]?.value as number)?.answer, "yes");
  });

  test("2theta beyond the detector: the proposed energy brings it within reach", () => {
    const given: Given = { hkl: [2, 2, 0], sample: { exit: "(0,0,1)" } };
    const silicon = crystalOf("silicon");
    const detector = findingOf(derive(silicon, given), "reach/detector");
    assert.equal(detector?.answer, "no");
    const energy_keV = detector?.ops[0]?.value as number;
    assert.equal(findingOf(derive(silicon, { ...given, energy_keV }), "reach/detector")?.answer, "yes");
  });
});

describe("mount", () => {
  test("S02 mounted otherwise: about up and y absent, about the exit normal the Friedel mate", () => {
    const half = derive(LINBO3, S02).otherMounts.filter(({ angle_deg }) => angle_deg === 180);
    const of = (about: string) => half.find((mount) => mount.about === about);
    assert.deepEqual([of("up")?.hkl, of("up")?.F], [[-1, 1, 2], 0]);
    assert.deepEqual([of("y")?.hkl, of("y")?.F], [[1, -1, -2], 0]);
    assert.deepEqual(of("exit")?.hkl, [-1, 1, -2]);
    closeTo(of("exit")?.F ?? 0, 208.08, 0.05);
    assert.equal(of("exit")?.looks, "alike");
    assert.equal(of("up")?.looks, "different");
  });

  test("a turn by a symmetry of the crystal changes nothing", () => {
    const { otherMounts } = derive(crystalOf("aluminium"), {
      hkl: [0, 0, 2],
      sample: { up: "(0,0,1)", exit: "(1,0,0)" },
    });
    assert.equal(otherMounts.length, 9);
    assert.ok(otherMounts.every(({ looks }) => looks === "same"));
  });

  test("a guessed exit is a caution that can be confirmed", () => {
    const input = inputOf(LINBO3, { hkl: [0, 0, 6] });
    const guessed = deriveExperiment(input);
    assert.ok(guessed.ok);
    const mount = guessed.value.verdicts[2];
    assert.equal(mount.answer, "marginal");
    const named = deriveExperiment({ ...input, plan: applyOps(input.plan, mount.ops) });
    assert.ok(named.ok);
    assert.equal(named.value.verdicts[2].answer, "yes");
    closeMatrix(named.value.geometry.crystalToSample, guessed.value.geometry.crystalToSample, 1e-12);
  });

  test("U gives the same mount as the faces that it was made from; a matrix that is no rotation is refused", () => {
    const byFaces = derive(LINBO3, S02);
    const U = orientationOf(LINBO3.cell, byFaces.geometry.crystalToSample);
    closeMatrix(crystalToSampleOf(LINBO3.cell, U), byFaces.geometry.crystalToSample, 1e-12);
    const byU = derive(LINBO3, { ...S02, sample: { orientation: { U }, width_um: 3000 } });
    closeMatrix(byU.geometry.sampleToLab, byFaces.geometry.sampleToLab, 1e-9);
    for (const [wrong, reason] of [
      [
        mat3.multiply(U, [
          [1.00001, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ]),
        /not a rotation/,
      ],
      [
        mat3.multiply(U, [
          [-1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ]),
        /mirrors/,
      ],
    ] as const) {
      const input = inputOf(LINBO3, { ...S02, sample: { orientation: { U: wrong } } });
      const refused = deriveExperiment(input);
      assert.ok(!refused.ok);
      assert.match(refused.issues[0]?.message ?? "", reason);
      assert.equal(refused.issues[0]?.field, "sample.orientation.U");
    }
  });

  test("U of a cubic cell is the identity where a, b, c lie along x, y, z", () => {
    const { geometry } = derive(crystalOf("aluminium"), { hkl: [0, 0, 2], sample: { up: "[0,0,1]", exit: "[1,0,0]" } });
    closeMatrix(orientationOf(crystalOf("aluminium").cell, geometry.crystalToSample), mat3.identity, 1e-12);
  });

  test("horizontal deflection: Q lies on the sample axis of the profile, and kh is deflected to +Y", () => {
    const instrument: InstrumentProfile = { ...instrumentOf("df-xrm-viz"), eta_deg: -90, alongQ_sample: [0, 1, 0] };
    const { geometry } = derive(LINBO3, { hkl: [0, 0, 6], sample: { exit: "(-1,-1,0)" }, instrument });
    const [x, y, z] = geometry.Q_sample_invA;
    closeTo(x, 0, 1e-12);
    closeTo(z, 0, 1e-12);
    assert.ok(y > 0);
    const given = derive(LINBO3, { ...S02, instrument }).geometry;
    const [X, Y, Z] = mat3.multiplyVector(given.sampleToLab, given.kh_sample_invA);
    const k = Math.hypot(X, Y, Z);
    closeTo(X / k, 0.981086, 1e-6);
    closeTo(Y / k, 0.193573, 1e-6);
    closeTo(Z / k, 0, 1e-12);
  });
});

describe("issues of a plan", () => {
  test("findings that are no yes become issues at their fields, with the edits that help", () => {
    const { plan, ...rest } = inputOf(crystalOf("YMnO3"), { hkl: [1, 0, 1] });
    const issues = planIssues(plan, deriveExperiment({ plan, ...rest }));
    const absent = issues.find(({ code }) => code === "light/absent");
    assert.equal(absent?.severity, "warning");
    assert.equal(absent?.field, "reflection.hkl");
    assert.equal(absent?.planFixes[0]?.title, "Set reflection to (0,0,2)");
    assert.equal(issues.find(({ code }) => code === "light/edge")?.severity, "information");
  });

  test("a refused plan is mended by its fix: exit along up, eV for keV, a rounded U", () => {
    for (const given of [
      { hkl: [0, 0, 6], sample: { up: "(0,0,1)", exit: "(0,0,1)" } },
      { hkl: [0, 0, 6], energy_keV: 17000 },
      {
        hkl: [0, 0, 6],
        sample: {
          orientation: {
            U: [
              [0.866, -0.5, 0],
              [0.5, 0.866, 0],
              [0, 0, 1],
            ],
          },
        },
      },
    ] as const satisfies readonly Given[]) {
      const { plan, ...rest } = inputOf(LINBO3, given);
      const [issue] = planIssues(plan, deriveExperiment({ plan, ...rest }));
      assert.equal(issue?.severity, "error");
      const mended = deriveExperiment({ ...rest, plan: applyOps(plan, issue?.planFixes[0]?.ops ?? []) });
      assert.ok(mended.ok, `${issue?.message}: ${JSON.stringify(mended.issues)}`);
    }
  });

  for (const [thresholds, field] of [
    [{ transmissionGood: 5 }, "thresholds.transmissionGood"],
    [{ transmissionPoor: 0.1 }, "thresholds.transmissionPoor"],
    [{ unevenness: 0.5 }, "thresholds.unevenness"],
    [{ dynamicalAbove: 0.1 }, "thresholds.dynamicalAbove"],
  ] as const) {
    test(`thresholds ${JSON.stringify(thresholds)} are refused at their field`, () => {
      const refused = deriveExperiment(inputOf(LINBO3, { ...S02, plan: { thresholds } }));
      assert.ok(!refused.ok);
      assert.equal(refused.issues[0]?.field, field);
    });
  }
});
