import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { WebIO } from "@gltf-transform/core";
import { mat3, radians, type Vec3 } from "../../core/util/index.ts";
import { modelGlb, quaternion } from "../../export/glb.ts";
import { closeTo, closeVector } from "./close.ts";
import { contentOf } from "./exportPlans.ts";

interface ValidationReport {
  readonly issues: { readonly numErrors: number; readonly numWarnings: number; readonly messages: readonly unknown[] };
}
const validator = createRequire(import.meta.url)("gltf-validator") as {
  validateBytes(bytes: Uint8Array): Promise<ValidationReport>;
};

const content = contentOf();
const read = async () => new WebIO().readBinary(await modelGlb(content.model));

describe("3D model", () => {
  for (const [name, changes] of [
    ["with lens", {}],
    ["without lens", { lens: undefined as never }],
    ["a wide beam that lights all of a small sample", { beam: { energy_keV: 17, width_um: 9000, height_um: 9000 } }],
    ["out of reach", { reflection: { hkl: [1, -1, 2] as const } }],
  ] as const) {
    test(`${name}: the Khronos validator finds no error and no warning`, async () => {
      const { issues } = await validator.validateBytes(await modelGlb(contentOf(changes).model));
      assert.deepEqual([issues.numErrors, issues.numWarnings], [0, 0], JSON.stringify(issues.messages));
    });
  }

  test("parts have names and real sizes, the diffracted beam goes up by 2theta", async () => {
    const document = await read();
    const nodes = document.getRoot().listNodes();
    const node = (name: string) => nodes.find((candidate) => candidate.getName() === name)!;
    for (const name of [
      "Lab",
      "Goniometer",
      "Stage mu",
      "Stage omega",
      "Stage chi",
      "Stage phi",
      "Sample",
      "Lens",
      "Detector",
      "Illuminated volume",
      "Crystal structure",
      "Label mu",
    ]) {
      assert.ok(node(name), `${name} is missing`);
    }
    closeVector(node("Sample body").getScale(), [150e-6, 5e-3, 5e-3], 1e-12, "sample");
    const [x, y, z] = node("Detector").getWorldTranslation();
    closeTo(x, 5, 1e-6, "detector along the beam");
    closeTo(y, 5 * Math.tan(radians(18.161454)), 1e-5, "detector up: y of glTF");
    closeTo(z, 0, 1e-9, "detector aside");
    assert.deepEqual(
      nodes.filter((candidate) => candidate.getParentNode()?.getName() === "Stage mu").map((child) => child.getName()),
      ["Stage mu cradle", "Label mu", "Stage omega"],
    );
    const materials = document
      .getRoot()
      .listMaterials()
      .map((material) => material.getName());
    for (const species of ["Atom Li", "Atom Nb", "Atom O"]) assert.ok(materials.includes(species), species);
  });

  test("equal shapes share their geometry", async () => {
    const document = await read();
    const atoms = document
      .getRoot()
      .listNodes()
      .filter((node) => /^O atom/.test(node.getName()));
    assert.ok(atoms.length > 18);
    assert.equal(new Set(atoms.map((node) => node.getMesh())).size, 1);
  });

  test("the illuminated volume is the beam cut by the sample", async () => {
    const node = (await read())
      .getRoot()
      .listNodes()
      .find((candidate) => candidate.getName() === "Illuminated volume")!;
    const position = node.getMesh()!.listPrimitives()[0]!.getAttribute("POSITION")!;
    const points = Array.from({ length: position.getCount() }, (_, i) => position.getElement(i, []) as unknown as Vec3);
    closeTo(Math.max(...points.map(([, y]) => Math.abs(y))), 100e-6, 1e-9, "half the width of the beam");
    closeTo(Math.max(...points.map(([, , z]) => Math.abs(z))), 0.3e-6, 1e-11, "half its height");
    const along = 75e-6 / Math.cos(radians(9.080727)) + 0.3e-6 * Math.tan(radians(9.080727));
    closeTo(Math.max(...points.map(([x]) => x)), along, 1e-9, "where the beam leaves the plate");
  });

  test("quaternions turn as their matrices do", () => {
    for (const [axis, angle] of [
      [[0, 0, 1], 179.9],
      [[1, 2, 3], 120],
      [[1, 0, 0], -90],
      [[0, 1, 0], 180],
      [[1, 1, 0], 0],
    ] as const) {
      const [x, y, z, w] = quaternion(mat3.rotation(axis, radians(angle)));
      const half = radians(angle) / 2;
      const expected = [...axis.map((a) => (a / Math.hypot(...axis)) * Math.sin(half)), Math.cos(half)];
      const sign = Math.sign([x, y, z, w].reduce((sum, value, i) => sum + value * expected[i]!, 0));
      for (const [i, value] of [x, y, z, w].entries()) closeTo(value * sign, expected[i]!, 1e-12, `${axis} ${angle}`);
    }
  });
});
