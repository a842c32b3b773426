import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type BeamPathInput, beamPath } from "../../core/experiment/beamPath.ts";
import { sampleToLabRotation } from "../../core/experiment/diffraction.ts";
import { mat3, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeRelative, closeTo } from "./close.ts";

const input = (
  k0: Vec3,
  kh: Vec3,
  box_um: Vec3,
  attenuationLength_um: number,
  beam = { width: 200, height: 0.6 },
): BeamPathInput => ({
  box_um,
  beam_um: beam,
  k0_sample: k0,
  kh_sample: kh,
  sampleToLab: sampleToLabRotation(k0, kh, 0),
  attenuationCoefficient_per_um: 1 / attenuationLength_um,
});

/** BaTiO3 (200), 17 keV, exit [110]: wave vectors of the reference case S05. */
const S05 = input(
  [4.876020430402501, 7.102471414195218, 0],
  [7.102471414195217, 4.876020430402502, 0],
  [150, 5000, 5000],
  51.63494553636806,
);

/** Mean transmission by brute force: random points of the box inside the beam, each traced face by face. */
function monteCarloMean({
  box_um,
  beam_um,
  k0_sample,
  kh_sample,
  sampleToLab,
  attenuationCoefficient_per_um,
}: BeamPathInput): number {
  const u0 = vec3.normalize(k0_sample);
  const uh = vec3.normalize(kh_sample);
  const toFace = (p: Vec3, u: Vec3): number =>
    Math.min(
      ...[0, 1, 2].map((i) =>
        u[i] === 0 ? Number.POSITIVE_INFINITY : ((Math.sign(u[i]!) * box_um[i]!) / 2 - p[i]!) / u[i]!,
      ),
    );
  let state = 12345;
  /** Mulberry32, uniform in [-0.5, 0.5). */
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296 - 0.5;
  };
  let sum = 0;
  let count = 0;
  for (let i = 0; i < 2_000_000; i++) {
    const p: Vec3 = [random() * box_um[0], random() * box_um[1], random() * box_um[2]];
    const [, Y, Z] = mat3.multiplyVector(sampleToLab, p);
    if (Math.abs(Y) > beam_um.width / 2 || Math.abs(Z) > beam_um.height / 2) continue;
    sum += Math.exp(-attenuationCoefficient_per_um * (toFace(p, vec3.scale(u0, -1)) + toFace(p, uh)));
    count++;
  }
  assert.ok(count > 10_000);
  return sum / count;
}

describe("beam path through the box", () => {
  test("S05: in and out through the centre, transmission at the centre, mean and range (reference values)", () => {
    const path = beamPath(S05);
    closeRelative(path.in_um, 132.51291202170046, 1e-9);
    closeRelative(path.out_um, 90.9733568259851, 1e-9);
    closeRelative(path.transmission, 0.01319129658595819, 1e-9);
    closeTo(path.transmissionMean, 0.014661, 1e-6);
    closeTo(path.transmissionMin, 0.0059, 5e-5);
    closeTo(path.transmissionMax, 0.0295, 5e-5);
    assert.equal(path.entryFace, "-x");
    assert.equal(path.exitFace, "+x");
  });

  test("a plate crossed from face to face: mean = (e^-b - e^-a)/(a - b), a = mu t/gamma0, b = mu t/gammah", () => {
    const k0: Vec3 = vec3.normalize([0.8, 0.1, -0.3]);
    const kh: Vec3 = vec3.normalize([0.9, 0.2, 0.35]);
    const path = beamPath(input(k0, kh, [100, 1e5, 1e5], 80));
    const a = 100 / 80 / k0[0];
    const b = 100 / 80 / kh[0];
    closeRelative(path.transmissionMean, (Math.exp(-b) - Math.exp(-a)) / (a - b), 1e-9);
  });

  for (const [name, given] of [
    [
      "a needle wholly inside the beam",
      input([1, 0.05, -0.1], [1, 0.05, 0.15], [20, 15, 40], 60, { width: 200, height: 100 }),
    ],
    [
      "reflection geometry on the side face",
      input([0.9, 0.1, -0.25], [0.9, 0.1, 0.3], [300, 400, 100], 50, { width: 100, height: 50 }),
    ],
    [
      "a corner, edges on all sides",
      input([0.5, 0.6, -0.4], [0.7, 0.5, 0.1], [120, 90, 60], 70, { width: 300, height: 200 }),
    ],
  ] as const) {
    test(`${name}: mean agrees with random points`, () => {
      const path = beamPath(given);
      closeRelative(path.transmissionMean, monteCarloMean(given), 1.5e-2);
      assert.ok(path.transmissionMin <= path.transmissionMean && path.transmissionMean <= path.transmissionMax);
    });
  }
});
