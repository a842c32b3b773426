/** What the pages on plans and instruments show can be used as it stands. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { crystalFromCif } from "../../core/crystal/index.ts";
import {
  checkPlan,
  createDraftPlan,
  DEFAULT_THRESHOLDS,
  deriveGeometry,
  INSTRUMENTS,
  instrumentById,
  parseInstrument,
  parsePlanText,
} from "../../core/experiment/index.ts";
import { mat3 } from "../../core/util/index.ts";
import { closeVector } from "./close.ts";

const examplesOf = (page: string): readonly string[] =>
  [...readFileSync(`docs/${page}`, "utf8").matchAll(/```jsonc\n([\s\S]*?)```/g)].map(([, text]) => text!);

function lithiumNiobate() {
  const crystal = crystalFromCif(parseCif(readFileSync("examples/LiNbO3.cif", "utf8")));
  assert.ok(crystal.ok);
  return crystal.value;
}

describe("docs/plans.md", () => {
  const plans = examplesOf("plans.md").map((text) => {
    const read = parsePlanText(text);
    assert.deepEqual(read.issues, []);
    assert.ok(read.ok);
    return read.value;
  });

  test("shows plans without a fault, which give a geometry", () => {
    assert.equal(plans.length, 3);
    for (const plan of plans) {
      assert.deepEqual(checkPlan(plan), []);
      const instrument = instrumentById(plan.instrument);
      assert.ok(instrument.ok);
      const hkl = plan.reflection?.hkl ?? [0, 0, 6];
      assert.ok(deriveGeometry(plan, lithiumNiobate(), hkl, instrument.value).ok);
    }
  });

  test("names the defaults of the thresholds", () => {
    const { motorMargin_deg, ...thresholds } = plans[1]?.thresholds ?? {};
    assert.deepEqual(thresholds, DEFAULT_THRESHOLDS);
    assert.equal(motorMargin_deg, INSTRUMENTS.find(({ id }) => id === plans[1]?.instrument)?.mountingUncertainty_deg);
  });
});

describe("docs/instruments.md", () => {
  const [text = ""] = examplesOf("instruments.md");

  test("shows a profile without a remark, and with it motors for a reflection", () => {
    const read = parseInstrument(text);
    assert.deepEqual(read.issues, []);
    assert.ok(read.ok);
    const plan = createDraftPlan("LiNbO3.cif", "");
    const geometry = deriveGeometry(plan, lithiumNiobate(), [0, 0, 6], read.value);
    assert.ok(geometry.ok);
    const { sampleToLab, kh_sample_invA, twoTheta_deg, wavelength_A, goniometer } = geometry.value;
    // It deflects by 2 theta within the horizontal plane, to the left.
    const [k, twoTheta] = [(2 * Math.PI) / wavelength_A, (twoTheta_deg * Math.PI) / 180];
    const kh_lab = mat3.multiplyVector(sampleToLab, kh_sample_invA);
    closeVector(kh_lab, [k * Math.cos(twoTheta), k * Math.sin(twoTheta), 0], 1e-9, "k_h");
    const [{ angles } = assert.fail("no motors")] = goniometer;
    assert.deepEqual(
      angles.map(({ axis }) => axis),
      ["th", "chi", "phi", "tilt"],
    );
    assert.equal(angles[3]?.angle_deg, 0);
  });

  test("names the built-in instruments", () => {
    const page = readFileSync("docs/instruments.md", "utf8");
    for (const { id } of INSTRUMENTS) if (id !== "template") assert.ok(page.includes(`\`${id}\``), id);
  });
});
