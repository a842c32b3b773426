/** Scenes of experiments, and what stands in them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../../core/crystal/index.ts";
import {
  createDraftPlan,
  deriveGeometry,
  type ExperimentPlan,
  type Geometry,
  instrumentById,
} from "../../core/experiment/index.ts";
import { buildScene, type Item, type Part, type PartId, type Scene, type Shape } from "../../core/scene/index.ts";
import { type Mat3, mat3, type Vec3, vec3 } from "../../core/util/index.ts";

export const LINBO3 = readFileSync("examples/LiNbO3.cif", "utf8");

export function crystalOf(text: string): Crystal {
  const crystal = crystalFromCif(parseCif(text));
  assert.ok(crystal.ok, JSON.stringify(crystal.issues));
  return crystal.value;
}

export interface Experiment {
  readonly crystal: Crystal;
  readonly plan: ExperimentPlan;
  readonly geometry: Geometry;
  readonly scene: Scene;
}

export function experiment(crystal: Crystal, plan: ExperimentPlan): Experiment {
  const profile = instrumentById(plan.instrument);
  assert.ok(profile.ok);
  const geometry = deriveGeometry(plan, crystal, [0, 0, 6], profile.value);
  assert.ok(geometry.ok, JSON.stringify(geometry.issues));
  const scene = buildScene({ plan, crystal, geometry: geometry.value, instrument: profile.value });
  return { crystal, plan, geometry: geometry.value, scene };
}

/** Lithium niobate, c up, (1,-1,2) at 17 keV: chi 57.25 degrees, every frame differs from every other. */
export const draft = createDraftPlan("LiNbO3.cif", "LiNbO3");
export const tilted: ExperimentPlan = {
  ...draft,
  sample: { ...draft.sample, width_um: 3000, up: "(0,0,1)", exit: "(-1,-1,0)" },
  reflection: { hkl: [1, -1, 2] },
};
export const lithiumNiobate = crystalOf(LINBO3);

export function partOf(scene: Scene, id: PartId): Part {
  const part = scene.parts.find((candidate) => candidate.id === id);
  assert.ok(part, `there is a part ${id}`);
  return part;
}

export function itemOf(part: Part, id: string): Item {
  const item = part.items.find((candidate) => candidate.id === id);
  assert.ok(item, `there is an item ${id}`);
  return item;
}

export function shapeOf<K extends Shape["kind"]>(part: Part, id: string, kind: K): Extract<Shape, { kind: K }> {
  const { shape } = itemOf(part, id);
  assert.equal(shape.kind, kind, id);
  return shape as Extract<Shape, { kind: K }>;
}

export const alongArrow = (part: Part, id: string): Vec3 => {
  const { from, to } = shapeOf(part, id, "arrow");
  return mat3.multiplyVector(part.toLab, vec3.subtract(to, from));
};

/** Points on the surface of a solid item, in the lab frame. */
export function surfacePoints({ shape }: Item): readonly Vec3[] {
  if (shape.kind === "mesh") return shape.vertices;
  if (shape.kind === "box") return corners(shape.centre, shape.size, shape.rotation);
  if (shape.kind !== "cylinder") return [];
  const axis = vec3.normalize(vec3.subtract(shape.to, shape.from));
  const side = vec3.normalize(vec3.cross(axis, Math.abs(axis[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0]));
  return [shape.from, shape.to].flatMap((end) =>
    Array.from({ length: 24 }, (_, i) =>
      vec3.add(end, vec3.scale(mat3.multiplyVector(mat3.rotation(axis, (2 * Math.PI * i) / 24), side), shape.radius)),
    ),
  );
}

export function corners(centre: Vec3, size: Vec3, rotation: Mat3): readonly Vec3[] {
  const signs = [-0.5, 0.5];
  return signs.flatMap((x) =>
    signs.flatMap((y) =>
      signs.map((z) => vec3.add(centre, mat3.multiplyVector(rotation, [x * size[0], y * size[1], z * size[2]]))),
    ),
  );
}
