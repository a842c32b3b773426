import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { INSTRUMENTS, type InstrumentProfile } from "../../core/experiment/index.ts";
import {
  azimuthRanges,
  type Candidate,
  judgeReach,
  leastMotion,
  reachableEnergies,
  totalAzimuth_deg,
} from "../../core/experiment/reach/index.ts";
import { degrees, type Mat3, mat3, radians, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeTo } from "./close.ts";
import { readCorpusJson, withCorpus } from "./corpus.ts";

const id03 = INSTRUMENTS.find(({ id }) => id === "esrf-id03") as InstrumentProfile;

const only = (hkl: readonly [number, number, number], Q_sample: Vec3): [Candidate] => [{ hkl, Q_sample }];

describe("what an instrument can reach", () => {
  test("Q straight up at ID03: mu and phi share the tilt, mu + phi = theta as far as the travel goes", () => {
    const reach = judgeReach(id03, 20.75128, only([0, 0, 2], [0, 0, 1]));
    assert.ok(reach.reachable);
    const angles = Object.fromEntries(reach.solution?.angles.map(({ axis, angle_deg }) => [axis, angle_deg]) ?? []);
    closeTo(angles["mu"] ?? 0, 10.37564 - 5, 1e-9, "mu");
    closeTo(angles["phi"] ?? 0, -5, 1e-9, "phi");
    closeTo(reach.motion_deg ?? 0, Math.hypot(5.37564, 5), 1e-9, "motion");
    closeTo(reach.detector.along_mm ?? 0, 5000 * Math.tan((20.75128 * Math.PI) / 180), 1e-6, "detector");
  });

  test("c-up LiNbO3 (1,-1,2): chi would have to go beyond its limit, and the sentence says so", () => {
    const reach = judgeReach(id03, 11.161381, only([1, -1, 2], [0, 1.409244, 0.906462]));
    assert.equal(reach.reachable, false);
    assert.match(reach.obstacle ?? "", /^chi would have to stand at 5\d\.\d\d° \(limit 5°\)/);
  });

  test("the detector stops what lies too high, before any motor is asked", () => {
    const reach = judgeReach(id03, 30, only([1, 1, 1], [0, 0, 1]));
    assert.equal(reach.obstacle, "Detector at 2887 mm from the direct beam, it travels to 1960 mm.");
    assert.equal(reach.solution, null);
    const near = judgeReach(id03, 30, only([1, 1, 1], [0, 0, 1]), 3000);
    assert.equal(near.detector.obstacle, null);
  });

  test("of equivalents the one with the least motion is taken, and all that are reachable are named", () => {
    const tilted = (angle: number): Vec3 => [0, Math.sin(angle), Math.cos(angle)];
    const reach = judgeReach(id03, 18, [
      { hkl: [1, 0, 0], Q_sample: tilted(0.08) },
      { hkl: [0, 1, 0], Q_sample: tilted(1.2) },
      { hkl: [0, 0, 1], Q_sample: tilted(-0.02) },
    ]);
    assert.deepEqual(reach.hkl, [0, 0, 1]);
    assert.deepEqual(reach.reachableHkls, [
      [1, 0, 0],
      [0, 0, 1],
    ]);
  });

  test("the free azimuth ends where an axis is at its limit", () => {
    const stack = id03.stack;
    // Q along z: turning about it is omega alone, but for the tilt of mu.
    const ranges = azimuthRanges(stack, [9, 0, 0, 0], [0, 0, 1]);
    assert.equal(ranges.length, 1);
    closeTo(ranges[0]?.from_deg ?? 0, -22, 1e-9);
    closeTo(ranges[0]?.to_deg ?? 0, 22, 1e-9);
    const viz = INSTRUMENTS.find(({ id }) => id === "df-xrm-viz") as InstrumentProfile;
    closeTo(totalAzimuth_deg(azimuthRanges(viz.stack, [-9, 0, 0], [0, 0, 1])), 360, 1e-9, "without limits");
  });

  test("energies at which a reflection comes within reach", () => {
    // d = 2 along z: mu must be theta (phi helps by 5 degrees), so at most 25 degrees; the detector stops at atan(1.96/5).
    const candidates = only([0, 0, 2], [0, 0, 1]);
    const ofTheta = (theta_deg: number): number => 12.398419843320026 / (4 * Math.sin((theta_deg * Math.PI) / 180));
    const low = reachableEnergies(id03, 2, 10, candidates, [5, 100]);
    closeTo(low.above_keV ?? 0, ofTheta(degrees(Math.atan(1.96 / 5)) / 2), 1e-6, "detector");
    assert.equal(low.below_keV, null);
    // Tilted by 9 degrees upstream: theta at least 4 with phi at its limit.
    const tilt = (9 * Math.PI) / 180;
    const leaning = only([0, 0, 2], [Math.sin(tilt), 0, Math.cos(tilt)]);
    const far = reachableEnergies({ ...id03, detector: null }, 2, 17, leaning, [5, 150]);
    closeTo(far.below_keV ?? 0, 17, 1e-3, "already reachable");
  });

  test("a search that is given up says so, and is not taken for a no", () => {
    // Five axes about nearly the same direction: together they miss by little, which takes many boxes to tell.
    const limit = radians(2);
    const axes = [0.3, 0.8, 1.3, 1.8, 2.3].map((a) =>
      vec3.normalize([0.25 * Math.cos(2.4 * a), 1, 0.25 * Math.sin(1.7 * a)]),
    );
    const q: Vec3 = [Math.sin(radians(9.32)), 0, Math.cos(radians(9.32))];
    const task = { axes, low: axes.map(() => -limit), high: axes.map(() => limit), q, p: [0, 0, 1] as Vec3 };
    assert.deepEqual(leastMotion(task), { turns: null, isProven: true });
    assert.deepEqual(leastMotion(task, { maxBoxes: 5 }), { turns: null, isProven: false });
    assert.equal(judgeReach(id03, 20, only([0, 0, 2], [0, 0, 1])).isDecided, true);
  });

  withCorpus("fcc aluminium within limits like those of ID03: the reference's yes and no, hkl by hkl", () => {
    interface Case {
      readonly U_crystal_to_sample: Mat3;
      readonly bounds_deg: Readonly<Record<string, readonly [number, number]>>;
      readonly detector_distance_m: number;
      readonly detector_z_max_m: number;
      readonly results: readonly { hkl: Vec3; two_theta_deg: number; reachable: boolean; detector_height_m: number }[];
    }
    const cases = readCorpusJson<{ reachability_id03_limits: readonly Case[] }>("oracle", "dfxm-derived.json");
    const reached = cases.reachability_id03_limits.map((given) => {
      assert.equal(given.results.length, 188);
      const instrument: InstrumentProfile = {
        ...id03,
        stack: id03.stack.map((axis) => ({ ...axis, limits_deg: given.bounds_deg[axis.name] ?? null })),
        detector: {
          distance_mm: given.detector_distance_m * 1e3,
          twoThetaLimits_deg: null,
          travelAlong_mm: [-40, given.detector_z_max_m * 1e3],
          travelAcross_mm: null,
        },
      };
      return given.results.filter(({ hkl, two_theta_deg, reachable, detector_height_m }) => {
        const Q_sample = mat3.multiplyVector(given.U_crystal_to_sample, hkl);
        const reach = judgeReach(instrument, two_theta_deg, only(hkl, Q_sample));
        assert.equal(reach.reachable, reachable, `${hkl}: ${reach.obstacle}`);
        closeTo(reach.detector.along_mm ?? Number.NaN, detector_height_m * 1e3, 1e-6 * detector_height_m * 1e3);
        return reach.reachable;
      });
    });
    assert.deepEqual(
      reached.map((list) => list.map(({ hkl }) => hkl.join(" "))),
      [["0 0 2"], [], ["0 0 2"], ["-1 1 3", "0 0 2", "0 2 2", "1 1 1", "1 1 3"]],
    );
  });
});
