import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type UnitCell, unitCell } from "../../core/crystal/index.ts";
import { diffract, sampleToLabRotation } from "../../core/experiment/diffraction.ts";
import { goniometerSolutions, stackRotation } from "../../core/experiment/goniometer/index.ts";
import { deflectionDirection_lab, INSTRUMENTS } from "../../core/experiment/index.ts";
import { degrees, mat3, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeMatrix, closeTo } from "../unit/close.ts";

const length = fc.double({ min: 2, max: 30, noNaN: true });
const angle = fc.double({ min: 65, max: 115, noNaN: true });
const cells: fc.Arbitrary<UnitCell> = fc.tuple(length, length, length, angle, angle, angle).map((given) => {
  const cell = unitCell(...given);
  assert.ok(cell.ok);
  return cell.value;
});
const index = fc.integer({ min: -6, max: 6 });
const indices = fc.tuple(index, index, index).filter((hkl) => hkl.some((i) => i !== 0));
const directions = fc
  .tuple(index, index, index)
  .filter((v) => v.some((i) => i !== 0))
  .map((v) => vec3.normalize(v));
const energies = fc.double({ min: 8, max: 100, noNaN: true });
const etas = fc.double({ min: -180, max: 180, noNaN: true });

const experiments = fc
  .record({ cell: cells, hkl: indices, beamExit: directions, energy_keV: energies, eta_deg: etas })
  .map(({ cell, hkl, beamExit, energy_keV, eta_deg }) => {
    const Q = mat3.multiplyVector(cell.reciprocal, hkl);
    return { Q, eta_deg, beamExit, diffraction: diffract(hkl, Q, beamExit, energy_keV), energy_keV };
  })
  .filter(
    ({ Q, beamExit, diffraction }) => diffraction.ok && vec3.norm(vec3.cross(vec3.normalize(Q), beamExit)) > 1e-3,
  );

describe("geometry of any reflection of any cell", () => {
  test("elastic, Bragg and Laue conditions to 1e-9, the mean beam along the wanted direction", () => {
    fc.assert(
      fc.property(experiments, ({ Q, beamExit, diffraction, energy_keV }) => {
        assert.ok(diffraction.ok);
        const { k0_invA, kh_invA, d_A, twoTheta_deg } = diffraction.value;
        const k = (2 * Math.PI * energy_keV) / 12.398419843320026;
        closeTo(vec3.norm(k0_invA) / k, 1, 1e-12, "|k0|");
        closeTo(vec3.norm(kh_invA) / k, 1, 1e-12, "|kh|");
        closeTo(vec3.norm(vec3.subtract(vec3.subtract(kh_invA, k0_invA), Q)), 0, 1e-9, "kh - k0 - Q");
        closeTo(degrees(vec3.angleBetween(k0_invA, kh_invA)), twoTheta_deg, 1e-9, "2theta");
        closeTo(2 * d_A * k * Math.sin((twoTheta_deg * Math.PI) / 360), k * ((2 * Math.PI) / k), 1e-9, "Bragg");
        const mean = vec3.add(k0_invA, kh_invA);
        assert.ok(vec3.dot(mean, beamExit) > 0);
        closeTo(
          vec3.dot(vec3.cross(mean, Q), vec3.cross(beamExit, Q)) /
            vec3.norm(vec3.cross(mean, Q)) /
            vec3.norm(vec3.cross(beamExit, Q)),
          1,
          1e-9,
          "plane",
        );
      }),
    );
  });

  test("sample-to-lab is a proper rotation: k0 along X, kh deflected along eta", () => {
    fc.assert(
      fc.property(experiments, ({ diffraction, eta_deg }) => {
        assert.ok(diffraction.ok);
        const { k0_invA, kh_invA } = diffraction.value;
        const G = sampleToLabRotation(k0_invA, kh_invA, eta_deg);
        closeMatrix(mat3.multiply(G, mat3.transpose(G)), mat3.identity, 1e-12, "orthogonal");
        closeTo(mat3.determinant(G), 1, 1e-12, "determinant");
        const k = vec3.norm(k0_invA);
        const [x, y, z] = mat3.multiplyVector(G, vec3.scale(k0_invA, 1 / k));
        closeTo(Math.hypot(x - 1, y, z), 0, 1e-12, "k0 along X");
        const kh: Vec3 = mat3.multiplyVector(G, vec3.scale(kh_invA, 1 / k));
        const side = vec3.cross([1, 0, 0], deflectionDirection_lab(eta_deg));
        closeTo(vec3.dot(kh, side), 0, 1e-12, "kh in the scattering plane");
        assert.ok(vec3.dot(kh, deflectionDirection_lab(eta_deg)) > 0);
      }),
    );
  });

  test("every goniometer solution reproduces the orientation, for every shipped stack", () => {
    fc.assert(
      fc.property(experiments, ({ diffraction, eta_deg }) => {
        assert.ok(diffraction.ok);
        const G = sampleToLabRotation(diffraction.value.k0_invA, diffraction.value.kh_invA, eta_deg);
        for (const { stack } of INSTRUMENTS) {
          for (const { angles } of goniometerSolutions(stack, G)) {
            const turned = stackRotation(
              stack,
              angles.map(({ angle_deg }) => angle_deg),
            );
            closeMatrix(turned, G, 1e-9, "stack");
          }
        }
      }),
    );
  });
});
