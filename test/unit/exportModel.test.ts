import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Model, ModelNode } from "../../core/report/index.ts";
import { mat3, type Vec3, vec3 } from "../../core/util/index.ts";
import { contentOf } from "./exportPlans.ts";

/** Corners of the boxes of a model in the lab, by the name of their node. */
function corners({ nodes }: Model): ReadonlyMap<string, readonly Vec3[]> {
  const found = new Map<string, readonly Vec3[]>();
  const visit = (node: ModelNode, toLab: (point: Vec3) => Vec3): void => {
    const { translation_m = [0, 0, 0], rotation = mat3.identity, shape, children = [] } = node;
    const place = (point: Vec3): Vec3 => toLab(vec3.add(mat3.multiplyVector(rotation, point), translation_m));
    if (shape?.kind === "box") {
      const half = vec3.scale(shape.size_m, 0.5);
      const signs = [-1, 1] as const;
      const all = signs.flatMap((i) =>
        signs.flatMap((j) => signs.map((k): Vec3 => [i * half[0], j * half[1], k * half[2]])),
      );
      found.set(node.name, all.map(place));
    }
    for (const child of children) visit(child, place);
  };
  for (const node of nodes) visit(node, (point) => point);
  return found;
}

describe("stages of the 3D model", () => {
  for (const [name, hkl] of [
    ["low angle", [0, 0, 6]],
    ["high angle", [0, 0, 18]],
  ] as const) {
    test(`${name}: no stage reaches the sample or stands in a beam`, () => {
      const boxes = corners(contentOf({ reflection: { hkl } }).model);
      const lowest = (part: string): number => Math.min(...boxes.get(part)!.map(([, , z]) => z));
      const stages = [...boxes].filter(([part]) => /^Stage .* block$/.test(part));
      assert.ok(stages.length >= 2);
      for (const [part, points] of stages) {
        const highest = Math.max(...points.map(([, , z]) => z));
        assert.ok(highest < lowest("Sample body") - 5e-3, `${part} reaches ${highest} m`);
      }
    });
  }
});
