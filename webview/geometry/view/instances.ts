import {
  BufferAttribute,
  BufferGeometry,
  Color,
  Float32BufferAttribute,
  Mesh,
  type Raycaster,
  Sphere,
  Vector3,
} from "three";
import type { Item } from "../../../core/scene/index.ts";
import { vec3 } from "../../../core/util/index.ts";
import type { Materials } from "./materials.ts";

export interface Hit {
  readonly item: Item;
  /** From where the ray starts, scene units. */
  readonly distance: number;
}

/**
 * Many alike things of a part, drawn at once: a square each, which its material places. The squares are written out,
 * because a renderer in software draws every instance of instanced ones by itself.
 */
export interface Instances {
  /** Undefined where there are none. */
  readonly object: Mesh | undefined;
  readonly count: number;
  update(items: readonly Item[]): void;
  pick(raycaster: Raycaster): readonly Hit[];
  dispose(): void;
}

interface Kind {
  readonly material: (materials: Materials) => ReturnType<Materials["atom"]>;
  /** What the material is told of each: place and radius, and a direction. */
  place(item: Item): { readonly at: readonly [number, number, number, number]; readonly along: readonly number[] };
  /** Where a ray in the coordinates of the part meets it first. */
  hit(item: Item, ray: Raycaster["ray"]): Vector3 | null;
}

const GREY = "#808080";
const CORNERS = [-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0] as const;
const TRIANGLES = [0, 1, 2, 0, 2, 3] as const;

function squares(items: readonly Item[], kind: Kind): BufferGeometry {
  const corners = new Float32Array(items.length * 12);
  const places = new Float32Array(items.length * 16);
  const directions = new Float32Array(items.length * 12);
  const colours = new Float32Array(items.length * 12);
  const index = new Uint32Array(items.length * 6);
  const colour = new Color();
  items.forEach((item, i) => {
    const { at, along } = kind.place(item);
    const { r, g, b } = colour.set(item.colour ?? GREY);
    corners.set(CORNERS, i * 12);
    for (let corner = 0; corner < 4; corner++) {
      places.set(at, (4 * i + corner) * 4);
      directions.set(along, (4 * i + corner) * 3);
      colours.set([r, g, b], (4 * i + corner) * 3);
    }
    index.set(
      TRIANGLES.map((corner) => 4 * i + corner),
      i * 6,
    );
  });
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute(corners, 3));
  geometry.setAttribute("place", new Float32BufferAttribute(places, 4));
  geometry.setAttribute("along", new Float32BufferAttribute(directions, 3));
  geometry.setAttribute("ownColour", new Float32BufferAttribute(colours, 3));
  geometry.setIndex(new BufferAttribute(index, 1));
  return geometry;
}

function createInstances(kind: Kind, materials: Materials): Instances {
  let shown: readonly Item[] = [];
  let mesh: Mesh | undefined;
  const clear = (): void => {
    mesh?.removeFromParent();
    mesh?.geometry.dispose();
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
      if (items.length === shown.length && items.every((item, i) => item === shown[i])) return;
      clear();
      shown = items;
      if (items.length === 0) return;
      mesh = new Mesh(squares(items, kind), kind.material(materials));
      mesh.frustumCulled = false;
      mesh.raycast = () => {};
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

const NOWHERE = { at: [0, 0, 0, 0], along: [0, 0, 0] } as const;

export const createAtoms = (materials: Materials): Instances => {
  const sphere = new Sphere();
  return createInstances(
    {
      material: ({ atom }) => atom(),
      place({ shape }) {
        if (shape.kind !== "sphere") return NOWHERE;
        const [x, y, z] = shape.centre;
        return { at: [x, y, z, shape.radius], along: [0, 0, 0] };
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
      place({ shape }) {
        if (shape.kind !== "cylinder") return NOWHERE;
        const [x, y, z] = shape.from;
        return { at: [x, y, z, shape.radius], along: vec3.subtract(shape.to, shape.from) };
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
