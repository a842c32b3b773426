import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyOps, deriveExperiment, planIssues } from "../../core/experiment/index.ts";
import { crystalOf, type Given, inputOf, LINBO3, S02 } from "./experiments.ts";

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
