import { type Crystal, laueOperations } from "../crystal/index.ts";
import { mat3, vec3 } from "../util/index.ts";
import type { Hkl } from "./plan.ts";

/** Reflections that the Laue class makes equivalent, Friedel mates among them. */
export interface LaueClass {
  /** Lexicographically largest member. */
  readonly hkl: Hkl;
  readonly d_A: number;
  /** Number of members. */
  readonly multiplicity: number;
}

/** Lexicographic order of Miller indices. */
export const compareHkl = (a: Hkl, b: Hkl): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** Spacings closer than this, relative, count as equal. */
const EQUAL_SPACING = 1e-9;
const INTEGER_PHASE = 1e-3;

/** What the enumeration needs of a crystal, flat for speed: 9 integers a rotation, 3 numbers a translation. */
interface Symmetry {
  readonly laueRotations: Int8Array;
  readonly laueOrder: number;
  readonly rotations: Int8Array;
  readonly translations: Float64Array;
}

const symmetries = new WeakMap<Crystal["spaceGroup"], Symmetry>();

function symmetryOf(spaceGroup: Crystal["spaceGroup"]): Symmetry {
  const known = symmetries.get(spaceGroup);
  if (known !== undefined) return known;
  const laue = laueOperations(spaceGroup);
  const symmetry: Symmetry = {
    laueRotations: Int8Array.from(laue.flat(2)),
    laueOrder: laue.length,
    rotations: Int8Array.from(spaceGroup.operations.flatMap(({ rotation }) => rotation.flat())),
    translations: Float64Array.from(spaceGroup.operations.flatMap(({ translation }) => translation)),
  };
  symmetries.set(spaceGroup, symmetry);
  return symmetry;
}

/**
 * The Laue classes with d >= dMin, by falling d; those that lattice centring, screw axes or glide planes extinguish
 * are left out unless asked for (h R = h with h t not an integer, Int. Tables B, equation 1.4.2.8). For each h and k only the l inside
 * the sphere |Q| <= 2 pi / dMin are visited.
 */
export function laueClasses(
  { cell, spaceGroup }: Crystal,
  dMin_A: number,
  { withExtinct = false } = {},
): readonly LaueClass[] {
  const symmetry = symmetryOf(spaceGroup);
  const [aStar, bStar, cStar] = mat3.transpose(cell.reciprocal);
  const [AA, BB, CC] = [vec3.dot(aStar, aStar), vec3.dot(bStar, bStar), vec3.dot(cStar, cStar)];
  const [AB, AC, BC] = [vec3.dot(aStar, bStar), vec3.dot(aStar, cStar), vec3.dot(bStar, cStar)];
  const qqMax = ((2 * Math.PI) / dMin_A) ** 2 * (1 + 1e-12);
  const hMax = Math.floor(cell.a_A / dMin_A + 1e-9);
  const kMax = Math.floor(cell.b_A / dMin_A + 1e-9);
  const classes: LaueClass[] = [];
  for (let h = 0; h <= hMax; h++) {
    for (let k = h === 0 ? 0 : -kMax; k <= kMax; k++) {
      const linear = h * AC + k * BC;
      const constant = h * h * AA + k * k * BB + 2 * h * k * AB;
      const discriminant = linear * linear - CC * (constant - qqMax);
      if (discriminant < 0) continue;
      const root = Math.sqrt(discriminant);
      const first = h === 0 && k === 0 ? 1 : Math.ceil((-linear - root) / CC - 1e-9);
      const last = Math.floor((-linear + root) / CC + 1e-9);
      for (let l = first; l <= last; l++) {
        const stabiliser = stabiliserIfLargest(symmetry, h, k, l);
        if (stabiliser === 0 || (!withExtinct && isExtinct(symmetry, h, k, l))) continue;
        const q_invA = Math.sqrt(constant + 2 * l * linear + l * l * CC);
        classes.push({
          hkl: [h, k, l],
          d_A: (2 * Math.PI) / q_invA,
          multiplicity: symmetry.laueOrder / stabiliser,
        });
      }
    }
  }
  return classes.sort((a, b) =>
    Math.abs(a.d_A - b.d_A) > EQUAL_SPACING * a.d_A ? b.d_A - a.d_A : compareHkl(b.hkl, a.hkl),
  );
}

/** Number of Laue rotations that keep hkl, or 0 if an equivalent is lexicographically larger. */
function stabiliserIfLargest({ laueRotations: R, laueOrder }: Symmetry, h: number, k: number, l: number): number {
  let stabiliser = 0;
  for (let i = 0; i < 9 * laueOrder; i += 9) {
    const difference =
      h * R[i]! + k * R[i + 3]! + l * R[i + 6]! - h ||
      h * R[i + 1]! + k * R[i + 4]! + l * R[i + 7]! - k ||
      h * R[i + 2]! + k * R[i + 5]! + l * R[i + 8]! - l;
    if (difference > 0) return 0;
    if (difference === 0) stabiliser++;
  }
  return stabiliser;
}

function isExtinct({ rotations: R, translations: t }: Symmetry, h: number, k: number, l: number): boolean {
  for (let i = 0, j = 0; j < t.length; i += 9, j += 3) {
    const phase = h * t[j]! + k * t[j + 1]! + l * t[j + 2]!;
    if (Math.abs(phase - Math.round(phase)) <= INTEGER_PHASE) continue;
    const kept =
      h * R[i]! + k * R[i + 3]! + l * R[i + 6]! === h &&
      h * R[i + 1]! + k * R[i + 4]! + l * R[i + 7]! === k &&
      h * R[i + 2]! + k * R[i + 5]! + l * R[i + 8]! === l;
    if (kept) return true;
  }
  return false;
}
