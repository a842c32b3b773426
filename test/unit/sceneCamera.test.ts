import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Camera, cameraBasis, layoutPicture, projectionOf } from "../../core/scene/index.ts";
import { mat3, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeMatrix, closeTo, closeVector } from "./close.ts";

const layout = layoutPicture(900, 500);
const camera: Camera = { eye: [-0.5, -1, 0.3], up: [0, 0, 1], target: [0.2, 0.1, -0.3], zoom: 1.7 };

describe("the camera", () => {
  test("looking downstream, +Y is on the left and Z is up", () => {
    const { project } = projectionOf({ ...camera, eye: [-1, 0, 0], target: [0, 0, 0] }, layout);
    const centre = project([0, 0, 0]);
    assert.ok(project([0, 1, 0]).x < centre.x);
    closeTo(project([0, 0, 1]).x, centre.x, 1e-9, "Z");
    assert.ok(project([0, 0, 1]).y < centre.y);
    closeTo(project([1, 0, 0]).depth, -1, 1e-12, "downstream is farther away");
  });

  test("from above, X points to the right", () => {
    closeMatrix(cameraBasis({ eye: [0, 0, 1], up: [0, 0, 1] }), mat3.identity, 1e-12, "basis");
  });

  test("the target stands at the centre of the layout, one unit is a unit times the zoom", () => {
    const projection = projectionOf(camera, layout);
    const { x, y, depth } = projection.project(camera.target);
    closeVector([x, y, depth], [layout.centre.x, layout.centre.y, 0], 1e-9, "target");
    closeTo(projection.pixelsPerUnit, 1.7 * layout.pixelsPerUnit, 1e-9, "scale");
  });

  test("every direction gives a right-handed frame, and unprojecting takes a point back", () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    const vector = fc.tuple(number, number, number).filter((v) => vec3.norm(v) > 1e-3);
    fc.assert(
      fc.property(vector, vector, vector, (eye, up, point: Vec3) => {
        const turned = { ...camera, eye, up };
        closeTo(mat3.determinant(cameraBasis(turned)), 1, 1e-9, "determinant");
        const projection = projectionOf(turned, layout);
        closeVector(projection.unproject(projection.project(point)), point, 1e-9, "point");
      }),
    );
  });
});
