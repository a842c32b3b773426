import { BufferGeometry, Color, Float32BufferAttribute, Mesh, type Raycaster } from "three";
import type { Item } from "../../../core/scene/index.ts";
import { trianglesOf } from "./drawables.ts";
import type { Hit } from "./instances.ts";
import type { Materials } from "./materials.ts";

/** All coordination polyhedra of a part as one mesh, each in its colour. */
export interface Polyhedra {
  readonly object: Mesh | undefined;
  update(items: readonly Item[]): void;
  pick(raycaster: Raycaster): readonly Hit[];
  dispose(): void;
}

export function createPolyhedra(materials: Materials): Polyhedra {
  let mesh: Mesh | undefined;
  let shown: readonly Item[] = [];
  /** Which item each triangle belongs to. */
  let owners: Item[] = [];
  const clear = (): void => {
    mesh?.removeFromParent();
    mesh?.geometry.dispose();
    mesh = undefined;
  };
  return {
    get object() {
      return mesh;
    },
    update(items) {
      if (items.length === shown.length && items.every((item, i) => item === shown[i])) return;
      clear();
      shown = items;
      owners = [];
      if (items.length === 0) return;
      const positions: number[] = [];
      const colours: number[] = [];
      for (const item of items) {
        if (item.shape.kind !== "mesh") continue;
        const own = trianglesOf(item.shape);
        const { r, g, b } = new Color(item.colour ?? "#808080");
        for (let i = 0; i < own.length; i += 9) owners.push(item);
        for (let i = 0; i < own.length; i += 3) colours.push(r, g, b);
        positions.push(...own);
      }
      const geometry = new BufferGeometry();
      geometry.setAttribute("position", new Float32BufferAttribute(positions, 3));
      geometry.setAttribute("color", new Float32BufferAttribute(colours, 3));
      mesh = new Mesh(geometry, materials.polyhedron());
      mesh.renderOrder = 1;
    },
    pick(raycaster) {
      if (!mesh?.visible) return [];
      return raycaster.intersectObject(mesh).flatMap(({ faceIndex, distance }) => {
        const item = owners[faceIndex ?? -1];
        return item ? [{ item, distance }] : [];
      });
    },
    dispose: clear,
  };
}
