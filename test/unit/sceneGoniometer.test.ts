import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { INSTRUMENTS } from "../../core/experiment/index.ts";
import { mat3, radians, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeTo, closeVector } from "./close.ts";

import { experiment, itemOf, lithiumNiobate, partOf, shapeOf, surfacePoints, tilted } from "./scenes.ts";

describe("goniometer", () => {
  for (const { id, stack } of INSTRUMENTS) {
    const { scene, geometry } = experiment(lithiumNiobate, { ...tilted, instrument: id });
    const part = partOf(scene, "experiment");

    test(`${id}: the stages turn the holder as the sample is turned`, () => {
      const pin = shapeOf(part, "goniometer.pin", "cylinder");
      const { size } = shapeOf(part, "sample", "box");
      closeVector(
        pin.to,
        mat3.multiplyVector(geometry.sampleToLab, [0, 0, -size[2] / 2]),
        1e-9,
        "the pin ends on the lower face of the sample",
      );
    });

    test(`${id}: every stage shows its name and its angle`, () => {
      const angles = geometry.goniometer[0]!.angles;
      assert.equal(angles.length, stack.length);
      for (const [i, { axis, angle_deg }] of angles.entries()) {
        assert.equal(axis, stack[i]!.name);
        const { text } = shapeOf(part, `goniometer.${axis}.label`, "label");
        const shown = Number(/(\S+)°/.exec(text)?.[1]?.replace("−", "-"));
        assert.ok(text.replace("✗ ", "").startsWith(`${axis} `), text);
        closeTo(shown, angle_deg, 5e-5, axis);
        assert.ok(itemOf(part, `goniometer.${axis}.moving`).title.includes(stack[i]!.sense));
      }
    });
  }

  test("the moving part of a stage stands at its angle from the zero of the guide", () => {
    const { scene, geometry } = experiment(lithiumNiobate, tilted);
    const part = partOf(scene, "experiment");
    const middle = (id: string): Vec3 => {
      const [a, b] = shapeOf(part, id, "segments").points;
      return vec3.scale(vec3.add(a!, b!), 0.5);
    };
    const chi = geometry.goniometer[0]!.angles.find(({ axis }) => axis === "chi")!.angle_deg;
    closeTo(chi, 57.24984127239077, 1e-6, "chi");
    const axis_lab = mat3.multiplyVector(
      mat3.rotation([0, -1, 0], radians(geometry.goniometer[0]!.angles[0]!.angle_deg)),
      [1, 0, 0],
    );
    const [zero, mark] = ["goniometer.chi.zero", "goniometer.chi.angle"].map((id) =>
      vec3.reject(middle(id), axis_lab),
    ) as [Vec3, Vec3];
    closeTo((vec3.angleBetween(zero, mark) * 180) / Math.PI, chi, 1e-6, "angle between the marks");
  });

  test("no stage comes near the sample, however thick it is and however far it is turned", () => {
    const samples = [
      { thickness_um: 150, width_um: 5000, height_um: 5000 },
      { thickness_um: 5000, width_um: 5000, height_um: 5000 },
      { thickness_um: 5000, width_um: 5000, height_um: 100 },
      { thickness_um: 10, width_um: 10, height_um: 5000 },
    ];
    for (const sample of samples) {
      for (const { id } of INSTRUMENTS) {
        const plan = { ...tilted, instrument: id, sample: { ...tilted.sample, ...sample } };
        const part = partOf(experiment(lithiumNiobate, plan).scene, "experiment");
        const { size } = shapeOf(part, "sample", "box");
        const sampleRadius = vec3.norm(size) / 2;
        const stages = part.items.filter(
          (item) => item.id.startsWith("goniometer.") && item.id !== "goniometer.pin" && surfacePoints(item).length > 0,
        );
        assert.ok(stages.length >= 2 * 3 + 2);
        for (const stage of stages) {
          for (const point of surfacePoints(stage)) {
            assert.ok(vec3.norm(point) > sampleRadius, `${stage.id} for ${JSON.stringify(sample)}`);
          }
        }
      }
    }
  });

  test("the scheme says that it is one", () => {
    const part = partOf(experiment(lithiumNiobate, tilted).scene, "experiment");
    assert.equal(shapeOf(part, "goniometer.note", "label").text, "stages not to scale");
  });
});
