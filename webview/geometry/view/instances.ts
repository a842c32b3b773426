import { Color, InstancedMesh, Matrix4, PlaneGeometry, type Raycaster, Sphere, Vector3 } from "three";
import type { Item } from "../../../core/scene/index.ts";
import { vec3 } from "../../../core/util/index.ts";
import type { Materials } from "./materials.ts";

export interface Hit {
  readonly item: Item;
  /** From where the ray starts, scene units. */
  readonly distance: number;
}

/** Many alike things of a part, drawn at once. */
export interface Instances {
  /** Undefined where there are none. */
  readonly object: InstancedMesh | undefined;
  readonly count: number;
  update(items: readonly Item[]): void;
  pick(raycaster: Raycaster): readonly Hit[];
  dispose(): void;
}

interface Kind {
  readonly material: (materials: Materials) => ReturnType<Materials["atom"]>;
  place(item: Item, matrix: Matrix4): void;
  /** Where a ray in the coordinates of the part meets it first. */
  hit(item: Item, ray: Raycaster["ray"]): Vector3 | null;
}

const GREY = "#808080";

function createInstances(kind: Kind, materials: Materials): Instances {
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
    get count() {
      return shown.length;
    },
    update(items) {
      if (items.length !== shown.length) {
        clear();
        if (items.length > 0) {
          mesh = new InstancedMesh(new PlaneGeometry(2, 2), kind.material(materials), items.length);
          mesh.frustumCulled = false;
          mesh.raycast = () => {};
        }
      }
      shown = items;
      if (!mesh) return;
      const matrix = new Matrix4();
      const colour = new Color();
      for (const [i, item] of items.entries()) {
        kind.place(item, matrix);
        mesh.setMatrixAt(i, matrix);
        mesh.setColorAt(i, colour.set(item.colour ?? GREY));
      }
      mesh.instanceMatrix.needsUpdate = true;
      if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true;
    },
    pick(raycaster) {
      if (!mesh?.visible) return [];
      const toWorld = mesh.matrixWorld;
      const ray = raycaster.ray.clone().applyMatrix4(toWorld.clone().invert());
      return shown.flatMap((item) => {
        const at = kind.hit(item, ray);
        return at === null ? [] : [{ item, distance: at.applyMatrix4(toWorld).distanceTo(raycaster.ray.origin) }];
      });
    },
    dispose: clear,
  };
}

export const createAtoms = (materials: Materials): Instances => {
  const sphere = new Sphere();
  return createInstances(
    {
      material: ({ atom }) => atom(),
      place({ shape }, matrix) {
        if (shape.kind !== "sphere") return;
        matrix.makeScale(shape.radius, shape.radius, shape.radius).setPosition(...shape.centre);
      },
      hit({ shape }, ray) {
        if (shape.kind !== "sphere") return null;
        sphere.set(sphere.center.set(...shape.centre), shape.radius);
        return ray.intersectSphere(sphere, new Vector3());
      },
    },
    materials,
  );
};

export const createBonds = (materials: Materials): Instances => {
  const [from, to, onRay, onBond] = [new Vector3(), new Vector3(), new Vector3(), new Vector3()];
  return createInstances(
    {
      material: ({ bond }) => bond(),
      place({ shape }, matrix) {
        if (shape.kind !== "cylinder") return;
        const [a, b] = [shape.from, shape.to];
        const [dx, dy, dz] = vec3.subtract(b, a);
        matrix.set(shape.radius, dx, 0, a[0], 0, dy, 0, a[1], 0, dz, 0, a[2], 0, 0, 0, 1);
      },
      hit({ shape }, ray) {
        if (shape.kind !== "cylinder") return null;
        const distance = ray.distanceSqToSegment(from.set(...shape.from), to.set(...shape.to), onRay, onBond);
        return distance < shape.radius ** 2 ? onRay.clone() : null;
      },
    },
    materials,
  );
};
