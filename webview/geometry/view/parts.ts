import { Group, type Object3D, type Raycaster } from "three";
import type { Item, Part } from "../../../core/scene/index.ts";
import { type Atoms, createAtoms } from "./atoms.ts";
import { createDrawable, type Drawable, quaternionOf, type UnitShapes } from "./drawables.ts";
import type { Materials } from "./materials.ts";

/** One part of the scene on the screen; it keeps its objects while their items keep their ids and kinds. */
export interface PartView {
  readonly object: Group;
  readonly part: Part;
  update(part: Part): void;
  pick(raycaster: Raycaster): readonly { readonly item: Item; readonly distance: number }[];
  dispose(): void;
}

export function createPartView(initial: Part, units: UnitShapes, materials: Materials): PartView {
  const object = new Group();
  const atoms: Atoms = createAtoms(materials);
  const drawables = new Map<string, Drawable>();
  let part: Part | undefined;

  const remove = (id: string, drawable: Drawable): void => {
    object.remove(drawable.object);
    drawable.dispose();
    drawables.delete(id);
  };

  const updateItems = (items: readonly Item[]): void => {
    const seen = new Set<string>();
    for (const item of items) {
      const { kind } = item.shape;
      if (kind === "label" || kind === "sphere") continue;
      seen.add(item.id);
      const known = drawables.get(item.id);
      if (known && known.kind === kind && known.role === item.role) {
        known.update(item);
        known.object.userData["item"] = item;
        continue;
      }
      if (known) remove(item.id, known);
      const drawable = createDrawable(item, units, materials);
      drawable.object.userData["item"] = item;
      drawables.set(item.id, drawable);
      object.add(drawable.object);
    }
    for (const [id, drawable] of drawables) if (!seen.has(id)) remove(id, drawable);
    atoms.update(items.filter(({ shape }) => shape.kind === "sphere"));
    if (atoms.object) object.add(atoms.object);
  };

  const update = (next: Part): void => {
    if (next.items !== part?.items) updateItems(next.items);
    object.quaternion.copy(quaternionOf(next.toLab));
    part = next;
  };
  update(initial);

  return {
    object,
    get part() {
      return part ?? initial;
    },
    update,
    pick(raycaster) {
      const solids = raycaster.intersectObject(object, true).flatMap(({ object: hit, distance }) => {
        const item = itemOf(hit, object);
        return item ? [{ item, distance }] : [];
      });
      return [...solids, ...atoms.pick(raycaster)];
    },
    dispose() {
      for (const [id, drawable] of drawables) remove(id, drawable);
      atoms.dispose();
    },
  };
}

/** The item of the nearest ancestor that stands for one. */
function itemOf(hit: Object3D, root: Object3D): Item | undefined {
  for (let node: Object3D | null = hit; node && node !== root; node = node.parent) {
    const item = node.userData["item"] as Item | undefined;
    if (item) return item;
  }
  return undefined;
}
