import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "node:test";
import { modelGlb } from "../../export/glb.ts";
import { inRoot } from "../../scripts/lib/paths.ts";
import { closeVector } from "../unit/close.ts";
import { contentOf } from "../unit/exportPlans.ts";
import { output, withPrograms } from "../unit/exportTools.ts";

/** Debian's Blender 3.4 asks its numpy for a name that is gone since 1.24. */
const SCRIPT = `
import json, sys
import numpy
if not hasattr(numpy, "bool"): numpy.bool = bool
import bpy, math
from mathutils import Matrix, Quaternion, Vector
bpy.ops.wm.read_factory_settings(use_empty=True)
bpy.ops.import_scene.gltf(filepath=sys.argv[-2])
bpy.context.view_layer.update()
def turned(name, degrees):
    """Turns a stage about the axis that it names, and tells how far the others are from where that carries them."""
    stage = bpy.data.objects[name]
    before = {o.name: o.matrix_world.copy() for o in bpy.data.objects}
    turn = Quaternion(Vector(stage["axis_lab"]), math.radians(degrees))
    mode, start = stage.rotation_mode, stage.matrix_basis.copy()
    stage.rotation_mode = "QUATERNION"
    stage.rotation_quaternion = turn @ stage.rotation_quaternion
    bpy.context.view_layer.update()
    base = before[stage.parent.name] if stage.parent else Matrix.Identity(4)
    carried = base @ turn.to_matrix().to_4x4() @ base.inverted()
    off = lambda o, m: max(abs(a - b) for x, y in zip(o.matrix_world, m) for a, b in zip(x, y))
    told = {o.name: [off(o, carried @ before[o.name]), off(o, before[o.name])] for o in bpy.data.objects}
    stage.matrix_basis, stage.rotation_mode = start, mode
    bpy.context.view_layer.update()
    return told

print("TURNED " + json.dumps({name: turned(name, 10) for name in ("Stage mu", "Stage chi")}))
print("OBJECTS " + json.dumps([[o.name, o.type, list(o.matrix_world.translation), list(o.dimensions)] for o in bpy.data.objects]))

# A picture to look at, with the colours of the materials.
scene = bpy.context.scene
for material in bpy.data.materials:
    shader = material.node_tree.nodes.get("Principled BSDF") if material.use_nodes else None
    if shader: material.diffuse_color = tuple(shader.inputs["Base Color"].default_value)
camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
scene.collection.objects.link(camera)
target = Vector((0.015, 0, -0.03))
camera.location = target + 0.3 * Vector((-0.25, -0.40, 0.22)).normalized()
camera.rotation_euler = (target - camera.location).to_track_quat("-Z", "Y").to_euler()
camera.data.clip_start, camera.data.lens = 1e-4, 40
scene.camera = camera
scene.render.engine = "BLENDER_WORKBENCH"
scene.display.shading.color_type = "MATERIAL"
scene.render.resolution_x, scene.render.resolution_y = 900, 600
scene.render.resolution_percentage = 100
scene.render.filepath = sys.argv[-1]
scene.display.shading.background_type = "WORLD"
scene.world = bpy.data.worlds.new("World")
scene.world.color = (1, 1, 1)
bpy.ops.render.render(write_still=True)
seen = numpy.array(bpy.data.images.load(sys.argv[-1]).pixels[:]).reshape(-1, 4)
print("BLUE", int((seen[:, 2] > seen[:, 0] + 0.1).sum()), "DARK", int((seen[:, 0] < 0.6).sum()))
`;

describe("the 3D model in Blender", () => {
  withPrograms(["blender"], "names, sizes and places arrive: X along the beam, Z up, metres", async () => {
    const folder = mkdtempSync(join(tmpdir(), "df-xrm-blender-"));
    try {
      const [model, script] = [join(folder, "model.glb"), join(folder, "read.py")];
      const picture = inRoot("out", "test-package", "blender.png");
      rmSync(picture, { force: true });
      writeFileSync(model, await modelGlb(contentOf().model));
      writeFileSync(script, SCRIPT);
      const printed = output("blender", [
        "--background",
        "--factory-startup",
        "--python",
        script,
        "--",
        model,
        picture,
      ]);
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
      // [from where the turn carries it, from where it was], as the largest difference of the matrices.
      const turned = JSON.parse(/^TURNED (.*)$/m.exec(printed)?.[1] ?? "{}") as Record<
        string,
        Record<string, readonly [number, number]>
      >;
      for (const [stage, carried, still] of [
        ["Stage mu", ["Stage omega", "Stage chi", "Sample", "Sample body"], ["Detector", "Lens"]],
        ["Stage chi", ["Sample", "Sample body"], ["Detector", "Lens", "Stage mu", "Stage omega"]],
      ] as const) {
        for (const name of carried) {
          const [fromCarried, fromBefore] = turned[stage]![name]!;
          assert.ok(fromCarried < 1e-6 && fromBefore > 1e-4, `${stage} carries ${name}: ${fromCarried}, ${fromBefore}`);
        }
        for (const name of still) assert.ok(turned[stage]![name]![1] < 1e-9, `${stage} leaves ${name}`);
      }
      const vector = (values: number[]) => values as unknown as [number, number, number];
      closeVector(vector(named("Sample body")[3]), [150e-6, 5e-3, 5e-3], 1e-8, "sample");
      closeVector(vector(named("Detector")[2]), [5, 0, 5 * Math.tan((18.161454 * Math.PI) / 180)], 1e-4, "detector");
      const [, blue, dark] = /^BLUE (\d+) DARK (\d+)$/m.exec(printed) ?? [];
      assert.ok(Number(blue) > 50, `${blue} pixels are of the sample's blue`);
      assert.ok(Number(dark) > 20_000, `${dark} pixels are of the stages`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
