import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { bodyOfCorners, clipBody, hullOf, meshOf, sectionOf, volumeOf } from "../../core/scene/convex.ts";
import { convexHull } from "../../core/scene/convexHull.ts";
import { extentAlong, illuminatedBody } from "../../core/scene/illuminated.ts";
import { boxCorners } from "../../core/scene/shapes.ts";
import { mat3, radians, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeTo, closeVector } from "./close.ts";

const box = (size: Vec3) => bodyOfCorners(boxCorners([0, 0, 0], size, mat3.identity));

describe("convex bodies", () => {
  test("a box has its volume, its faces look outwards", () => {
    closeTo(volumeOf(box([2, 3, 5])), 30, 1e-12, "volume");
    for (const face of box([2, 3, 5])) {
      const normal = vec3.cross(vec3.subtract(face[1]!, face[0]!), vec3.subtract(face[2]!, face[0]!));
      assert.ok(vec3.dot(normal, face[0]!) > 0);
    }
  });

  test("a corner of a cube cut off at x + y + z = 1/2 is a sixth of the cube of its edge", () => {
    const cube = bodyOfCorners(boxCorners([0.5, 0.5, 0.5], [1, 1, 1], mat3.identity));
    const corner = clipBody(cube, [{ normal: [1, 1, 1], offset: 0.5 }]);
    closeTo(volumeOf(corner), 0.5 ** 3 / 6, 1e-12, "corner");
    assert.equal(corner.length, 4);
    const rest = clipBody(cube, [{ normal: [-1, -1, -1], offset: -0.5 }]);
    closeTo(volumeOf(rest), 1 - 0.5 ** 3 / 6, 1e-12, "the rest");
  });

  test("a plane through a body halves its volume into two parts that add up to it", () => {
    const part = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(part, part, part), part, (normal: Vec3, offset) => {
        fc.pre(vec3.norm(normal) > 0.05);
        const body = box([2, 3, 1]);
        const [one, other] = [
          clipBody(body, [{ normal, offset }]),
          clipBody(body, [{ normal: vec3.scale(normal, -1), offset: -offset }]),
        ];
        closeTo(volumeOf(one) + volumeOf(other), 6, 1e-9, "sum");
        const mesh = meshOf(one);
        for (const face of mesh.faces) assert.ok(face.length >= 3);
      }),
    );
  });

  test("a body outside of the half-space is gone, one inside stays as it is", () => {
    assert.deepEqual(clipBody(box([1, 1, 1]), [{ normal: [1, 0, 0], offset: -1 }]), []);
    const body = box([1, 1, 1]);
    assert.equal(clipBody(body, [{ normal: [1, 0, 0], offset: 1 }]), body);
  });

  test("the section across the diagonal of a cube is a hexagon", () => {
    const section = sectionOf(box([2, 2, 2]), { normal: [1, 1, 1], offset: 0 });
    assert.equal(section.length, 6);
    for (const point of section) closeTo(vec3.norm(point), Math.SQRT2, 1e-12, "corner");
  });

  test("the hull of the corners of an octahedron has 8 faces, that of a cube 6; a plane has none", () => {
    const octahedron: Vec3[] = [
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
      [0, 0, 1],
      [0, 0, -1],
    ];
    assert.equal(hullOf(octahedron).length, 8);
    closeTo(volumeOf(hullOf(octahedron)), 4 / 3, 1e-12, "octahedron");
    assert.equal(hullOf(boxCorners([0, 0, 0], [2, 2, 2], mat3.identity)).length, 6);
    closeTo(volumeOf(hullOf(boxCorners([0, 0, 0], [2, 2, 2], mat3.identity))), 8, 1e-12, "cube");
    assert.deepEqual(hullOf(octahedron.slice(0, 4)), []);
  });

  test("the outline of points in a plane leaves out what is inside", () => {
    const square = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0.5, 0.5],
      [0.2, 0.9],
    ] as const;
    assert.deepEqual(new Set(convexHull(square).map(String)), new Set(["0,0", "1,0", "1,1", "0,1"]));
  });
});

describe("illuminated volume", () => {
  test("a plate across the beam: width x height x thickness", () => {
    closeTo(volumeOf(illuminatedBody([150, 5000, 5000], mat3.identity, 200, 0.6)), 150 * 200 * 0.6, 1e-6, "volume");
  });

  test("a plate turned about Z: the way through it is longer by 1 / cos", () => {
    const turned = mat3.rotation([0, 0, 1], radians(35));
    const body = illuminatedBody([150, 5000, 5000], turned, 200, 0.6);
    closeTo(volumeOf(body), (150 / Math.cos(radians(35))) * 200 * 0.6, 1e-6, "volume");
    const longest = 150 / Math.cos(radians(35)) + 200 * Math.tan(radians(35));
    closeTo(extentAlong(body, [1, 0, 0]), longest, 1e-9, "along the beam");
  });

  test("a needle within the beam: all of its width, the height of the beam", () => {
    closeTo(volumeOf(illuminatedBody([10, 10, 5000], mat3.identity, 200, 0.6)), 10 * 10 * 0.6, 1e-9, "needle");
  });

  test("a small crystal in a box beam is lit whole", () => {
    const body = illuminatedBody([5, 6, 7], mat3.rotation([1, 2, 3], 0.7), 200, 200);
    closeTo(volumeOf(body), 210, 1e-9, "volume");
    closeVector(body.flat().reduce(vec3.add), [0, 0, 0], 1e-9, "its middle is the origin");
  });
});
