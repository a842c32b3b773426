import assert from "node:assert/strict";
import type { Mat3, Vec3 } from "../../core/util/index.ts";

/** Asserts |actual - expected| <= tolerance; NaN fails. */
export function closeTo(actual: number, expected: number, tolerance: number, what = "value"): void {
  assert.ok(
    Math.abs(actual - expected) <= tolerance,
    `${what}: ${actual} is not within ${tolerance} of ${expected} (off by ${actual - expected})`,
  );
}

/** Asserts |actual - expected| <= tolerance * |expected|. */
export const closeRelative = (actual: number, expected: number, tolerance: number, what = "value"): void =>
  closeTo(actual, expected, tolerance * Math.abs(expected), what);

export const closeVector = (actual: Vec3, expected: Vec3, tolerance: number, what = "vector"): void => {
  for (let i = 0; i < 3; i++) closeTo(actual[i]!, expected[i]!, tolerance, `${what}[${i}]`);
};

export const closeMatrix = (actual: Mat3, expected: Mat3, tolerance: number, what = "matrix"): void => {
  for (let i = 0; i < 3; i++) closeVector(actual[i]!, expected[i]!, tolerance, `${what} row ${i}`);
};
