import { Color, InstancedMesh, Matrix4, PlaneGeometry, type Raycaster, Sphere, Vector3 } from "three";
import type { Item } from "../../../core/scene/index.ts";
import type { Materials } from "./materials.ts";

/** All spheres of a part, drawn at once. */
export interface Atoms {
  /** Undefined where the part has no spheres. */
  readonly object: InstancedMesh | undefined;
  update(items: readonly Item[]): void;
  pick(raycaster: Raycaster): readonly { readonly item: Item; readonly distance: number }[];
  dispose(): void;
}

export function createAtoms(materials: Materials): Atoms {
  let shown: readonly Item[] = [];
  let mesh: InstancedMesh | undefined;

  const clear = (): void => {
    mesh?.removeFromParent();
    mesh?.geometry.dispose();
    mesh?.dispose();
    mesh = undefined;
  };

  return {
    get object() {
      return mesh;
    },
    update(items) {
      if (items.length !== shown.length) {
        clear();
        if (items.length > 0) {
          mesh = new InstancedMesh(new PlaneGeometry(2, 2), materials.atom(), items.length);
          mesh.frustumCulled = false;
          mesh.raycast = () => {};
        }
      }
      shown = items;
      if (!mesh) return;
      const matrix = new Matrix4();
      const colour = new Color();
      for (const [i, { shape, colour: hex }] of items.entries()) {
        if (shape.kind !== "sphere") continue;
        matrix.makeScale(shape.radius, shape.radius, shape.radius).setPosition(...shape.centre);
        mesh.setMatrixAt(i, matrix);
        mesh.setColorAt(i, colour.set(hex ?? "#808080"));
      }
      mesh.instanceMatrix.needsUpdate = true;
      if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true;
    },
    pick(raycaster) {
      if (!mesh) return [];
      const toWorld = mesh.matrixWorld;
      const ray = raycaster.ray.clone().applyMatrix4(toWorld.clone().invert());
      const sphere = new Sphere();
      const hit = new Vector3();
      return shown.flatMap((item) => {
        if (item.shape.kind !== "sphere") return [];
        sphere.set(hit.set(...item.shape.centre), item.shape.radius);
        if (!ray.intersectSphere(sphere, hit)) return [];
        return [{ item, distance: hit.applyMatrix4(toWorld).distanceTo(raycaster.ray.origin) }];
      });
    },
    dispose: clear,
  };
}
