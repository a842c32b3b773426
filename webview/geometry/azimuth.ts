import type { Crystal } from "../../core/crystal/index.ts";
import type { Geometry, PlanOp } from "../../core/experiment/index.ts";
import { mat3, radians, type Vec3, vec3 } from "../../core/util/index.ts";

/**
 * The plan with the sample turned about Q, counter-clockwise seen from the tip of Q: the crystal keeps its mount, and
 * the mean direction of the beams turns the other way in it.
 */
export function turnedAboutQ(crystal: Crystal, geometry: Geometry, angle_deg: number): readonly PlanOp[] {
  const { k0_sample_invA, kh_sample_invA, Q_sample_invA, crystalToSample } = geometry;
  const mean_sample = vec3.normalize(vec3.add(k0_sample_invA, kh_sample_invA));
  const turn = mat3.rotation(vec3.normalize(Q_sample_invA), radians(-angle_deg));
  const mean_crystal = mat3.multiplyVector(mat3.transpose(crystalToSample), mat3.multiplyVector(turn, mean_sample));
  return [{ path: ["beamExit"], value: latticeDirection(crystal, mean_crystal) }];
}

/** `[u,v,w]` with the largest index 1, to 1e-6: finer than any motor. */
function latticeDirection(crystal: Crystal, direction: Vec3): string {
  const uvw = mat3.multiplyVector(mat3.inverse(crystal.cell.direct), direction);
  const largest = Math.max(...uvw.map(Math.abs));
  return `[${uvw.map((index) => String(Number((index / largest).toFixed(6)) + 0)).join(",")}]`;
}
