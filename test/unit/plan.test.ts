import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyOps, createDraftPlan, parsePlan } from "../../core/experiment/plan.ts";

describe("experiment plan", () => {
  const draft = createDraftPlan("LiNbO3.cif", "LiNbO3");

  test("an operation sets one field and leaves the rest, and the old plan, as they were", () => {
    const edited = applyOps(draft, [{ path: ["beam", "energy_keV"], value: 19.1 }]);
    assert.equal(edited.beam.energy_keV, 19.1);
    assert.equal(draft.beam.energy_keV, 17);
    assert.equal(edited.sample, draft.sample);
  });

  test("an operation without a value removes the field; parents are made where they are missing", () => {
    const withReflection = applyOps(draft, [{ path: ["reflection", "hkl"], value: [0, 0, 6] }]);
    assert.deepEqual(withReflection.reflection, { hkl: [0, 0, 6] });
    assert.equal("reflection" in applyOps(withReflection, [{ path: ["reflection"] }]), false);
  });

  test("unknown keys are kept", () => {
    const parsed = parsePlan({ ...draft, later: { x: 1 }, beam: { ...draft.beam, extra: 2 } });
    assert.ok(parsed.ok);
    const edited = applyOps(parsed.value, [{ path: ["beam", "energy_keV"], value: 20 }]);
    assert.deepEqual((edited as unknown as Record<string, unknown>)["later"], { x: 1 });
    assert.deepEqual(edited.beam, { ...draft.beam, extra: 2, energy_keV: 20 });
  });

  for (const [what, value, field] of [
    ["no object", 3, undefined],
    ["another version", { ...draft, version: 2 }, "version"],
    ["text for a number", { ...draft, beam: { ...draft.beam, energy_keV: "17" } }, "beam.energy_keV"],
    ["two indices", { ...draft, reflection: { hkl: [1, 2] } }, "reflection.hkl.2"],
  ] as const) {
    test(`${what} is refused at its place`, () => {
      const parsed = parsePlan(value);
      assert.ok(!parsed.ok);
      assert.equal(parsed.issues[0]?.field, field);
    });
  }
});
