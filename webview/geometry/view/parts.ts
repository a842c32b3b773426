import { Group, type Object3D, type Raycaster } from "three";
import type { Item, Part, PartPlacement, Projection } from "../../../core/scene/index.ts";
import { createBatch } from "./batch.ts";
import { createCrowd } from "./crowd.ts";
import { createDrawable, type Drawable, drawableKey, quaternionOf, type UnitShapes } from "./drawables.ts";
import { createAtoms, createBonds, type Hit } from "./instances.ts";
import type { Materials } from "./materials.ts";
import { createPolyhedra } from "./polyhedra.ts";

/** One part of the scene on the screen; it keeps its objects while their items keep their ids and kinds. */
export interface PartView {
  readonly object: Group;
  readonly part: Part;
  /** Number of atoms and bonds. */
  readonly count: number;
  update(part: Part): void;
  place(placement: PartPlacement, projection: Projection): void;
  /** Leaves out what costs much and is missed little while the picture moves. */
  simplify(isSimple: boolean): void;
  pick(raycaster: Raycaster): readonly Hit[];
  dispose(): void;
}

const isBond = ({ role, shape }: Item): boolean => role === "bond" && shape.kind === "cylinder";
const isAtom = ({ shape }: Item): boolean => shape.kind === "sphere";
const isPolyhedron = ({ role, shape }: Item): boolean => role === "polyhedron" && shape.kind === "mesh";

export function createPartView(initial: Part, units: UnitShapes, materials: Materials): PartView {
  const object = new Group();
  const together = [createAtoms(materials), createBonds(materials), createPolyhedra(materials)] as const;
  const [atoms, bonds, polyhedra] = together;
  const crowd = createCrowd(materials);
  const batch = createBatch();
  object.add(batch.object);
  let atomItems: readonly Item[] = [];
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
      if (item.shape.kind === "label" || isAtom(item) || isBond(item) || isPolyhedron(item)) continue;
      seen.add(item.id);
      const known = drawables.get(item.id);
      if (known?.key === drawableKey(item)) {
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
    atomItems = items.filter(isAtom);
    atoms.update(atomItems);
    bonds.update(items.filter(isBond));
    polyhedra.update(items.filter(isPolyhedron));
    for (const { object: drawn } of together) if (drawn) object.add(drawn);
    batch.update([...drawables.values()].map(({ object: drawn }) => drawn));
  };

  const update = (next: Part): void => {
    if (next.items !== part?.items) updateItems(next.items);
    part = next;
  };
  update(initial);

  return {
    object,
    get part() {
      return part ?? initial;
    },
    get count() {
      return atoms.count + bonds.count;
    },
    update,
    place(placement, projection) {
      object.quaternion.copy(quaternionOf(placement.rotation));
      object.position.set(...placement.centre);
      object.scale.setScalar(placement.scale);
      object.updateMatrixWorld();
      const unit_px = placement.scale * projection.pixelsPerUnit;
      for (const { setDashScale } of drawables.values()) setDashScale?.(unit_px);
    },
    simplify(isSimple) {
      crowd.show(isSimple, atomItems, object);
      if (atoms.object) atoms.object.visible = !isSimple;
      if (bonds.object) bonds.object.visible = !isSimple;
      if (polyhedra.object) polyhedra.object.visible = !isSimple;
    },
    pick(raycaster) {
      const solids = [...drawables.values()].flatMap(({ object: drawn }) =>
        raycaster.intersectObject(drawn, true).map(({ distance }) => ({ item: itemOf(drawn), distance })),
      );
      return [...solids, ...together.flatMap((drawn) => drawn.pick(raycaster))];
    },
    dispose() {
      for (const [id, drawable] of drawables) remove(id, drawable);
      for (const drawn of together) drawn.dispose();
      crowd.dispose();
      batch.dispose();
    },
  };
}

const itemOf = (object: Object3D): Item => object.userData["item"] as Item;
