import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "node:test";
import { modelGlb } from "../../export/glb.ts";
import { closeVector } from "../unit/close.ts";
import { contentOf } from "../unit/exportPlans.ts";
import { output, withPrograms } from "../unit/exportTools.ts";

/** Debian's Blender 3.4 asks its numpy for a name that is gone since 1.24. */
const SCRIPT = `
import json, sys
import numpy
if not hasattr(numpy, "bool"): numpy.bool = bool
import bpy
bpy.ops.wm.read_factory_settings(use_empty=True)
bpy.ops.import_scene.gltf(filepath=sys.argv[-1])
bpy.context.view_layer.update()
print("OBJECTS " + json.dumps([[o.name, o.type, list(o.matrix_world.translation), list(o.dimensions)] for o in bpy.data.objects]))
`;

describe("the 3D model in Blender", () => {
  withPrograms(["blender"], "names, sizes and places arrive: X along the beam, Z up, metres", async () => {
    const folder = mkdtempSync(join(tmpdir(), "df-xrm-blender-"));
    try {
      const [model, script] = [join(folder, "model.glb"), join(folder, "read.py")];
      writeFileSync(model, await modelGlb(contentOf().model));
      writeFileSync(script, SCRIPT);
      const printed = output("blender", ["--background", "--factory-startup", "--python", script, "--", model]);
      const objects = JSON.parse(/^OBJECTS (.*)$/m.exec(printed)?.[1] ?? "[]") as [
        string,
        string,
        number[],
        number[],
      ][];
      const named = (name: string) => objects.find(([other]) => other === name)!;
      for (const name of ["Stage mu", "Stage omega", "Sample", "Lens", "Label mu"]) {
        assert.equal(named(name)?.[1], "EMPTY", name);
      }
      const vector = (values: number[]) => values as unknown as [number, number, number];
      closeVector(vector(named("Sample body")[3]), [150e-6, 5e-3, 5e-3], 1e-8, "sample");
      closeVector(vector(named("Detector")[2]), [5, 0, 5 * Math.tan((18.161454 * Math.PI) / 180)], 1e-4, "detector");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
