import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { focusCurve, focusLens, LENS_BOXES } from "../../core/experiment/index.ts";
import { unwrap } from "./lenses.ts";

const box = LENS_BOXES["id06"]!;
const DISTANCES_mm = [600, 1500, 5000, 20_000];

/** Values as parts of the room that a plot gives them. */
const parts = (values: readonly number[]): readonly number[] => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => (value - low) / (high - low));
};

describe("Focus against energy", () => {
  test("every point is the focus of the lens at that energy, at rising energies", () => {
    for (const dTot_mm of DISTANCES_mm) {
      const curve = focusCurve(box, dTot_mm);
      assert.ok(curve.length > 150, `${dTot_mm} mm: ${curve.length} points`);
      curve.forEach(({ energy_keV, focus }, i) => {
        assert.ok(i === 0 || energy_keV > curve[i - 1]!.energy_keV);
        const { focus: own } = unwrap(focusLens(box, { energy_keV, twoTheta_deg: 0, dTot_mm }));
        assert.deepEqual(focus, own);
      });
    }
  });

  test("it ends where both places of the lens meet at M = 1 and the distance is the smallest", () => {
    for (const dTot_mm of DISTANCES_mm) {
      const { energy_keV, focus } = focusCurve(box, dTot_mm).at(-1)!;
      assert.ok(Math.abs(focus.M - 1) < 1e-3, `${dTot_mm} mm: M ${focus.M}`);
      const { dTotMin_mm } = unwrap(focusLens(box, { energy_keV, twoTheta_deg: 0, dTot_mm }));
      assert.ok(Math.abs(dTotMin_mm! / dTot_mm - 1) < 1e-6, `${dTot_mm} mm: ${dTotMin_mm}`);
    }
  });

  test("drawn over a logarithmic scale it has no step that the eye sees", () => {
    for (const dTot_mm of DISTANCES_mm) {
      const curve = focusCurve(box, dTot_mm);
      const x = parts(curve.map(({ energy_keV }) => energy_keV));
      const y = parts(curve.map(({ focus }) => Math.log(focus.M)));
      const longest = Math.max(...x.slice(1).map((right, i) => Math.hypot(right - x[i]!, y[i + 1]! - y[i]!)));
      assert.ok(longest < 0.02, `${dTot_mm} mm: ${longest} of the plot`);
    }
  });

  test("a lens that is nowhere in focus has no curve", () => {
    assert.deepEqual(focusCurve(box, 10), []);
  });
});
