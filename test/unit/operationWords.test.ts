import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  operationGeometry,
  operationWords,
  parseOperation,
  SETTINGS,
  settingOperations,
} from "../../core/crystal/index.ts";
import { mat3, type Vec3, vec3 } from "../../core/util/index.ts";

const read = (xyz: string) => {
  const parsed = parseOperation(xyz);
  assert.ok(parsed.ok, xyz);
  return parsed.value;
};

describe("operations in words", () => {
  // Geometric symbols of International Tables for Crystallography A, space groups as named.
  for (const [group, xyz, words] of [
    ["P 1", "x,y,z", "identity"],
    ["C 2", "x+1/2,y+1/2,z", "translation by (1/2, 1/2, 0)"],
    ["P 21/c (2)", "-x,y+1/2,-z+1/2", "2-fold screw axis along [0 1 0] through (0, 0, 1/4), screw vector (0, 1/2, 0)"],
    ["P 21/c (3)", "-x,-y,-z", "inversion through (0, 0, 0)"],
    [
      "P 21/c (4)",
      "x,-y+1/2,z+1/2",
      "c glide plane perpendicular to [0 1 0] through (0, 1/4, 0), glide vector (0, 0, 1/2)",
    ],
    ["P m", "x,-y,z", "mirror plane perpendicular to [0 1 0] through (0, 0, 0)"],
    ["P n", "x+1/2,-y,z+1/2", "n glide plane perpendicular to [0 1 0] through (0, 0, 0), glide vector (1/2, 0, 1/2)"],
    ["P 41 (3)", "-y,x,z+1/4", "4-fold screw axis (+90°) along [0 0 1] through (0, 0, 0), screw vector (0, 0, 1/4)"],
    ["P 41 (4)", "y,-x,z+3/4", "4-fold screw axis (−90°) along [0 0 1] through (0, 0, 0), screw vector (0, 0, 3/4)"],
    ["P 3 (2)", "-y,x-y,z", "3-fold rotation (+120°) about [0 0 1] through (0, 0, 0)"],
    [
      "R 3",
      "-y+2/3,x-y+1/3,z+1/3",
      "3-fold screw axis (+120°) along [0 0 1] through (1/3, 1/3, 0), screw vector (0, 0, 1/3)",
    ],
    ["P 6 (6)", "x-y,x,z", "6-fold rotation (+60°) about [0 0 1] through (0, 0, 0)"],
    ["P -4 (3)", "y,-x,-z", "4-fold rotoinversion (+90°) about [0 0 1], centre at (0, 0, 0)"],
    ["P -3 (5)", "y,-x+y,-z", "3-fold rotoinversion (+120°) about [0 0 1], centre at (0, 0, 0)"],
    ["P 3 2 1 (4)", "y,x,-z", "2-fold rotation about [1 1 0] through (0, 0, 0)"],
    ["P 2 3 (5)", "z,x,y", "3-fold rotation (+120°) about [1 1 1] through (0, 0, 0)"],
    [
      "F d d 2 (3)",
      "x+1/4,-y+1/4,z+1/4",
      "d glide plane perpendicular to [0 1 0] through (0, 1/8, 0), glide vector (1/4, 0, 1/4)",
    ],
  ] as const) {
    test(`${group}: ${xyz}`, () => assert.equal(operationWords(read(xyz)), words));
  }

  test("in every setting the axis is left in place, and the point is moved by the screw or glide vector only", () => {
    let count = 0;
    for (const operation of SETTINGS.flatMap(settingOperations)) {
      const { order, direction, intrinsic, point } = operationGeometry(operation);
      const moved = (from: Vec3) => vec3.add(mat3.multiplyVector(operation.rotation, from), operation.translation);
      if (order !== 1) {
        assert.ok(point, operation.xyz);
        const shift = vec3.subtract(vec3.subtract(moved(point), point), intrinsic);
        assert.ok(vec3.norm(shift) < 1e-9, operation.xyz);
      }
      if (direction) {
        const sign = order < 0 ? -1 : 1;
        const turned = mat3.multiplyVector(operation.rotation, direction);
        assert.ok(vec3.norm(vec3.subtract(turned, vec3.scale(direction, sign))) < 1e-9, operation.xyz);
      }
      count++;
    }
    assert.equal(count, 7388);
  });
});
