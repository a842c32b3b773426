import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  cameraBasis,
  cameraFrom,
  cameraOfView,
  layoutPicture,
  projectionOf,
  type Scene,
  VIEW_NAMES,
} from "../../core/scene/index.ts";
import { type Vec3, vec3 } from "../../core/util/index.ts";
import { closeTo, closeVector } from "./close.ts";
import { caseScene, SCENE_CASES } from "./sceneCases.ts";
import { corners } from "./scenes.ts";

const cases = SCENE_CASES.map((sceneCase) => ({ name: sceneCase.name, scene: caseScene(sceneCase) }));
const SIZES = [
  [350, 480],
  [420, 300],
  [640, 480],
  [760, 480],
  [1200, 560],
  [2200, 1300],
] as const;

/** Corners of everything of the experiment that is a box: beams, sample, lens, detector, base. */
const boxPoints = (scene: Scene): readonly Vec3[] =>
  (scene.parts.find(({ id }) => id === "experiment")?.items ?? []).flatMap(({ shape }) =>
    shape.kind === "box" ? corners(shape.centre, shape.size, shape.rotation) : [],
  );

describe("the camera of a view", () => {
  test("shows the whole experiment, and not much smaller than it could be", () => {
    for (const { name, scene } of cases) {
      for (const [width, height] of SIZES) {
        const layout = layoutPicture(width, height);
        for (const view of VIEW_NAMES) {
          const camera = cameraOfView(scene, view, layout);
          const where = `${name} at ${width} x ${height} ${view}`;
          assert.ok(camera.zoom > 0.55 && camera.zoom <= 1, `${where}: zoom ${camera.zoom}`);
          const { project } = projectionOf(camera, layout);
          for (const point of boxPoints(scene)) {
            const { x, y } = project(point);
            assert.ok(x >= 0 && x <= width && y >= 0 && y <= height, `${where}: ${x}, ${y}`);
          }
        }
      }
    }
  });

  test("keeps the beams out of the crystal that stands beside them", () => {
    let [pictures, colliding] = [0, 0];
    for (const { scene } of cases) {
      for (const [width, height] of SIZES) {
        const layout = layoutPicture(width, height);
        const { x, y, radius } = layout.insets.crystal;
        for (const view of VIEW_NAMES) {
          const { project } = projectionOf(cameraOfView(scene, view, layout), layout);
          pictures++;
          if (boxPoints(scene).some((point) => Math.hypot(project(point).x - x, project(point).y - y) < radius))
            colliding++;
        }
      }
    }
    assert.equal(pictures, 540);
    assert.ok(colliding <= 5, `${colliding} of ${pictures}`);
  });

  test("at home the sample stands where the layout has it, unless the diffracted beam goes up steeply", () => {
    for (const name of ["LiNbO3 x-cut", "KNbO3", "YMnO3", "diamond"]) {
      const { scene } = cases.find((candidate) => candidate.name === name)!;
      const layout = layoutPicture(760, 480);
      const { x, y } = projectionOf(cameraOfView(scene, "home", layout), layout).project([0, 0, 0]);
      closeVector([x, y, 0], [layout.centre.x, layout.centre.y, 0], 1e-9, name);
    }
  });

  test("has Z upright, and from steeply above or below X to the right", () => {
    const { scene } = cases[0]!;
    const layout = layoutPicture(900, 600);
    const part = fc.double({ min: -1, max: 1, noNaN: true });
    const direction = fc.tuple(part, part, part).filter((v) => vec3.norm(v) > 0.1);
    fc.assert(
      fc.property(direction, (eye) => {
        const [right, up] = cameraBasis(cameraFrom(scene, eye, layout));
        if (Math.abs(eye[2]) > 0.87 * vec3.norm(eye)) assert.ok(right[0] > 0.85, `X to the right from ${eye}`);
        else if (Math.abs(eye[2]) < 0.85 * vec3.norm(eye)) {
          closeTo(right[2], 0, 1e-9, "Z");
          assert.ok(up[2] > 0);
        }
      }),
    );
  });
});
