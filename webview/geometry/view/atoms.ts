import { Color, Group, IcosahedronGeometry, InstancedMesh, Matrix4 } from "three";
import type { Item } from "../../../core/scene/index.ts";
import type { Materials } from "./materials.ts";

/** Above this number the spheres are coarser. */
const MANY = 1500;
/** Width of the outline as a part of the part's radius. */
const OUTLINE = 0.009;

/** All spheres of a part as two instanced meshes: the spheres and their outlines. */
export interface Atoms {
  readonly object: Group;
  readonly spheres: InstancedMesh | undefined;
  /** Item of an instance. */
  item(instance: number): Item | undefined;
  update(items: readonly Item[], partRadius: number): void;
  dispose(): void;
}

export function createAtoms(materials: Materials): Atoms {
  const object = new Group();
  let shown: readonly Item[] = [];
  let meshes: readonly InstancedMesh[] = [];

  const clear = (): void => {
    for (const mesh of meshes) {
      object.remove(mesh);
      mesh.geometry.dispose();
      mesh.dispose();
    }
    meshes = [];
  };
  const make = (count: number): void => {
    clear();
    if (count === 0) return;
    const geometry = new IcosahedronGeometry(1, count > MANY ? 3 : 8);
    meshes = [materials.atom(), materials.atomOutline()].map((material) => {
      const mesh = new InstancedMesh(geometry, material, count);
      mesh.frustumCulled = false;
      object.add(mesh);
      return mesh;
    });
  };

  return {
    object,
    get spheres() {
      return meshes[0];
    },
    item: (instance) => shown[instance],
    update(items, partRadius) {
      if (items.length !== shown.length) make(items.length);
      shown = items;
      const [spheres, outlines] = meshes;
      if (!spheres || !outlines) return;
      const matrix = new Matrix4();
      const colour = new Color();
      items.forEach(({ shape, colour: hex }, i) => {
        if (shape.kind !== "sphere") return;
        matrix.makeScale(shape.radius, shape.radius, shape.radius).setPosition(...shape.centre);
        spheres.setMatrixAt(i, matrix);
        spheres.setColorAt(i, colour.set(hex ?? "#808080"));
        const outer = shape.radius + OUTLINE * partRadius;
        matrix.makeScale(outer, outer, outer).setPosition(...shape.centre);
        outlines.setMatrixAt(i, matrix);
      });
      for (const mesh of meshes) {
        mesh.instanceMatrix.needsUpdate = true;
        mesh.boundingSphere = null;
      }
      if (spheres.instanceColor) spheres.instanceColor.needsUpdate = true;
    },
    dispose: clear,
  };
}
