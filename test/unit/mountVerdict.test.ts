import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyOps, deriveExperiment, type InstrumentProfile } from "../../core/experiment/index.ts";
import { crystalToSampleOf, orientationOf } from "../../core/experiment/orientation.ts";
import { mat3 } from "../../core/util/index.ts";
import { closeMatrix, closeTo } from "./close.ts";
import { crystalOf, derive, inputOf, instrumentOf, LINBO3, S02 } from "./experiments.ts";

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
