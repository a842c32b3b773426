import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyOps, deriveExperiment, type Hkl, lensById } from "../../core/experiment/index.ts";
import { closeMatrix, closeTo } from "./close.ts";
import { crystalOf, derive, findingOf, type Given, ID03, inputOf, LINBO3, S02, verdictOf } from "./experiments.ts";

describe("reach", () => {
  test("axes that cannot bring the sample there, and a gimbal lock, are said", () => {
    const [mu, omega, chi] = ID03.stack.filter(({ held_deg }) => held_deg === undefined);
    assert.ok(mu && omega && chi);
    const tilted = { ...omega, axis_lab: [0, Math.cos(0.1), Math.sin(0.1)] as const };
    const oneSided = derive(LINBO3, {
      ...S02,
      instrument: { ...ID03, stack: [mu, tilted, { ...chi, axis_lab: [0, 1, 0] }] },
    });
    const [, reach] = oneSided.verdicts;
    assert.match(reach.sentence, /cannot turn the sample so: mu, omega and chi are not at right angles to one another/);
    // Q straight up and theta 0 would leave omega alone; here omega has to stand at 90 degrees.
    const free = ID03.stack.map((axis) => ({ ...axis, limits_deg: null }));
    const sideways = {
      hkl: [0, 0, 6] as Hkl,
      sample: { up: "(0,0,1)", exit: "[0,1,0]" },
      plan: { beamExit: "[2,1,0]" },
    };
    const locked = derive(LINBO3, { ...sideways, instrument: { ...ID03, stack: free } });
    const { gimbalLock } = locked.geometry.goniometer[0] ?? {};
    assert.match(gimbalLock ?? "", /turn about the same axis/);
    assert.ok(locked.verdicts[1].findings.some(({ sentence }) => sentence.includes(gimbalLock ?? "none")));
  });

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
