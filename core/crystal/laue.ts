import { type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";
import type { SpaceGroup, SymmetryOperation } from "./crystal.ts";

/** Indices of the image of a reflection under an operation: the row vector h R. */
export const transformIndices = (hkl: Vec3, rotation: Mat3): Vec3 =>
  mat3.multiplyVector(mat3.transpose(rotation), hkl).map((index) => index + 0) as unknown as Vec3;

/**
 * Rotations of the Laue class of a space group: the rotation parts of its operations, each once, and their products
 * with the inversion. They act on indices as rows: h' = h R.
 */
export function laueOperations(spaceGroup: Pick<SpaceGroup, "operations">): readonly Mat3[] {
  const found = new Map<string, Mat3>();
  for (const { rotation } of spaceGroup.operations) {
    const [x, y, z] = rotation;
    const inverted = [x, y, z].map((row) => vec3.scale(row, -1).map((factor) => factor + 0)) as unknown as Mat3;
    for (const matrix of [rotation, inverted]) found.set(matrix.join(), matrix);
  }
  return [...found.values()];
}

/** Reflections that the Laue class makes equivalent to `hkl`, itself first, Friedel mates included, each once. */
export function equivalentReflections(hkl: Vec3, laue: readonly Mat3[]): readonly Vec3[] {
  const found = new Map<string, Vec3>([[hkl.join(), hkl]]);
  for (const rotation of laue) {
    const image = transformIndices(hkl, rotation);
    found.set(image.join(), image);
  }
  return [...found.values()];
}

/**
 * Whether lattice centring, a screw axis or a glide plane extinguishes a reflection: an operation with h R = h and
 * h t not an integer (International Tables for Crystallography B, section 1.4.2.3, equation 1.4.2.8).
 */
export function isSystematicallyAbsent(hkl: Vec3, operations: readonly SymmetryOperation[]): boolean {
  return operations.some(({ rotation, translation }) => {
    const image = transformIndices(hkl, rotation);
    if (image.some((index, i) => index !== hkl[i])) return false;
    const phase = vec3.dot(hkl, translation);
    return Math.abs(phase - Math.round(phase)) > 1e-3;
  });
}
