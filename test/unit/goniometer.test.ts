import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sampleToLabRotation } from "../../core/experiment/diffraction.ts";
import { goniometerSolutions, stackRotation } from "../../core/experiment/goniometer/index.ts";
import { INSTRUMENTS, type InstrumentProfile, instrumentById } from "../../core/experiment/instrument/index.ts";
import { type Mat3, mat3, type Vec3 } from "../../core/util/index.ts";
import { closeMatrix, closeTo } from "./close.ts";
import { readCorpusJson, withCorpus } from "./corpus.ts";

const profile = (id: string): InstrumentProfile => {
  const found = instrumentById(id);
  assert.ok(found.ok);
  return found.value;
};
const id03 = profile("esrf-id03");
const viz = profile("df-xrm-viz");

/** Difference of two angles, taken round the circle. */
const circular = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);

function assertBranches(
  solutions: ReturnType<typeof goniometerSolutions>,
  expected: readonly Readonly<Record<string, number>>[],
  what: string,
): void {
  for (const branch of expected) {
    const found = solutions.some(({ angles }) =>
      angles.every(({ axis, angle_deg }) => circular(angle_deg, branch[axis] ?? Number.NaN) < 1e-9),
    );
    assert.ok(found, `${what}: ${JSON.stringify(branch)} not among ${JSON.stringify(solutions.map((s) => s.angles))}`);
  }
}

interface GoniometerCase {
  k0_sample_xyz: Vec3;
  kh_sample_xyz: Vec3;
  exact: {
    G_sample_to_lab_XYZ: Mat3;
    stack_y_x_z: { phi_rot_about_z: number; chi_rot_about_x: number; omega_rot_about_y: number }[];
    id06_id03_stack_phi0: Record<string, number>[];
  };
}

describe("goniometer angles in closed form", () => {
  test("the stack turned by the solution is the orientation, for both branches and every shipped stack", () => {
    const k0: Vec3 = [8.574308422463249, -0.70462206450461, -0.45323090125437854];
    const kh: Vec3 = [8.574308422463249, 0.7046220645046091, 0.4532309012543802];
    for (const { stack } of INSTRUMENTS) {
      const G = sampleToLabRotation(k0, kh, 0);
      const solutions = goniometerSolutions(stack, G);
      assert.equal(solutions.length, 2);
      for (const { angles } of solutions) {
        closeMatrix(
          stackRotation(
            stack,
            angles.map(({ angle_deg }) => angle_deg),
          ),
          G,
          1e-12,
        );
      }
    }
  });

  test("c-up LiNbO3 (1,-1,2) at 17 keV: chi 57.2498, mu 5.5807 at ID03 (DF-XRM_viz's README case, exact)", () => {
    const G = sampleToLabRotation(
      [8.574308422463249, -0.70462206450461, -0.45323090125437854],
      [8.574308422463249, 0.7046220645046091, 0.4532309012543802],
      0,
    );
    assertBranches(
      goniometerSolutions(id03.stack, G),
      [{ mu: 5.580690839512187, omega: 0, chi: 57.24984127239077, phi: 0 }],
      "id03",
    );
    assertBranches(
      goniometerSolutions(viz.stack, G),
      [{ omega: -5.58069083951213, chi: 57.24984127239077, phi: 0 }],
      "viz",
    );
  });

  test("horizontal deflection (eta -90): the diffracted beam goes to +Y, angles as published in the reference", () => {
    const G = sampleToLabRotation(
      [8.574308422463249, -0.70462206450461, -0.45323090125437854],
      [8.574308422463249, 0.7046220645046091, 0.4532309012543802],
      -90,
    );
    const kh = mat3.multiplyVector(G, [8.574308422463249, 0.7046220645046091, 0.4532309012543802]);
    const k = Math.hypot(...kh);
    closeTo(kh[0] / k, 0.981086, 1e-6);
    closeTo(kh[1] / k, 0.193573, 1e-6);
    closeTo(kh[2] / k, 0, 1e-12);
    const [first] = goniometerSolutions(viz.stack, G);
    const angles = Object.fromEntries(first?.angles.map(({ axis, angle_deg }) => [axis, angle_deg]) ?? []);
    closeTo(-(angles["phi"] ?? 0), 6.6268, 1e-4);
    closeTo(angles["chi"] ?? 0, -32.5756, 1e-4);
    closeTo(angles["omega"] ?? 0, -3.5793, 1e-4);
  });

  test("gimbal lock is one solution with a sentence, and still the orientation", () => {
    const G = stackRotation(viz.stack, [30, 90, 10]);
    const solutions = goniometerSolutions(viz.stack, G);
    assert.equal(solutions.length, 1);
    assert.match(solutions[0]?.gimbalLock ?? "", /chi is at 90°.*omega and phi/);
    assert.equal(solutions[0]?.angles[0]?.angle_deg, 0);
    closeMatrix(stackRotation(viz.stack, solutions[0]?.angles.map(({ angle_deg }) => angle_deg) ?? []), G, 1e-12);
  });

  test("a cradle with two parallel axes at zero (APS): turned back, chi 0 is gimbal lock and one solution", () => {
    const aps = profile("aps-6-id-c");
    const G = stackRotation(aps.stack, [4, 0, 1.5]);
    const solutions = goniometerSolutions(aps.stack, G);
    assert.equal(solutions.length, 1);
    assert.match(solutions[0]?.gimbalLock ?? "", /chi is at 0°.*th and phi/);
    closeTo(solutions[0]?.angles[2]?.angle_deg ?? 0, 5.5, 1e-9);
    const tilted = goniometerSolutions(aps.stack, stackRotation(aps.stack, [4, 30, 1.5]));
    assertBranches(
      tilted,
      [
        { th: 4, chi: 30, phi: 1.5 },
        { th: -176, chi: -30, phi: -178.5 },
      ],
      "aps",
    );
  });

  test("the solution that is within its limits comes first, and of two alike the one of less motion", () => {
    const aps = profile("aps-6-id-c");
    for (const readings of [
      [4, 30, 1.5],
      [-20, -8, 5],
    ]) {
      const [first, second] = goniometerSolutions(aps.stack, stackRotation(aps.stack, readings));
      for (const [i, reading] of readings.entries()) closeTo(first?.angles[i]?.angle_deg ?? Number.NaN, reading, 1e-9);
      assert.ok(Math.abs(second?.angles[0]?.angle_deg ?? 0) > 90);
    }
    const limited = aps.stack.map((axis) => ({ ...axis, limits_deg: [-180, -1] as const }));
    const [within] = goniometerSolutions(limited, stackRotation(aps.stack, [4, 30, 1.5]));
    assert.equal(within?.withinLimits, true);
    closeTo(within?.angles[0]?.angle_deg ?? 0, -176, 1e-9);
  });

  test("zero offsets: angles are what the motors read", () => {
    const offset = viz.stack.map((axis) => ({ ...axis, zero_deg: 10, limits_deg: [0, 12] as const }));
    const [first] = goniometerSolutions(offset, stackRotation(viz.stack, [1, 2, -3]));
    assert.deepEqual(
      first?.angles.map(({ angle_deg, margin_deg }) => [angle_deg.toFixed(9), margin_deg?.toFixed(9)]),
      [
        ["11.000000000", "1.000000000"],
        ["12.000000000", "0.000000000"],
        ["7.000000000", "5.000000000"],
      ],
    );
    assert.equal(first?.withinLimits, true);
  });

  test("limits: the excess is said", () => {
    const G = stackRotation(id03.stack, [5.5807, 0, 57.25, 0]);
    const [first] = goniometerSolutions(id03.stack, G);
    assert.equal(first?.withinLimits, false);
    assert.deepEqual(first?.violations, ["chi 57.2500° is 52.2500° above its limit of 5°."]);
  });

  withCorpus("reference cases: both stacks, both branches", () => {
    const { goniometer_cases } = readCorpusJson<{ goniometer_cases: GoniometerCase[] }>(
      "oracle",
      "upstream-geometry.json",
    );
    assert.equal(goniometer_cases.length, 40);
    for (const [i, { k0_sample_xyz, kh_sample_xyz, exact }] of goniometer_cases.entries()) {
      const G = sampleToLabRotation(k0_sample_xyz, kh_sample_xyz, 0);
      closeMatrix(G, exact.G_sample_to_lab_XYZ, 1e-11);
      assertBranches(goniometerSolutions(id03.stack, G), exact.id06_id03_stack_phi0, `case ${i} id03`);
      const expected = exact.stack_y_x_z.map((branch) => ({
        omega: branch.omega_rot_about_y,
        chi: branch.chi_rot_about_x,
        phi: -branch.phi_rot_about_z,
      }));
      assertBranches(goniometerSolutions(viz.stack, G), expected, `case ${i} viz`);
    }
  });
});
