import { BufferGeometry, Color, Float32BufferAttribute, type Object3D, Points } from "three";
import type { Item } from "../../../core/scene/index.ts";
import type { Materials } from "./materials.ts";

/** The atoms of a large structure as points, made when they are first needed. */
export interface Crowd {
  show(isShown: boolean, atoms: readonly Item[], parent: Object3D): void;
  dispose(): void;
}

export function createCrowd(materials: Materials): Crowd {
  let points: Points | undefined;
  let made: readonly Item[] | undefined;
  const dispose = (): void => {
    points?.removeFromParent();
    points?.geometry.dispose();
    points = undefined;
    made = undefined;
  };
  return {
    show(isShown, atoms, parent) {
      if (made !== atoms) dispose();
      if (!isShown) {
        if (points) points.visible = false;
        return;
      }
      if (!points) {
        points = new Points(geometryOf(atoms), materials.point());
        points.frustumCulled = false;
        points.raycast = () => {};
        parent.add(points);
        made = atoms;
      }
      points.visible = true;
    },
    dispose,
  };
}

function geometryOf(atoms: readonly Item[]): BufferGeometry {
  const places: number[] = [];
  const colours: number[] = [];
  const colour = new Color();
  for (const { shape, colour: hex } of atoms) {
    if (shape.kind !== "sphere") continue;
    places.push(...shape.centre, shape.radius);
    colour.set(hex ?? "#808080");
    colours.push(colour.r, colour.g, colour.b);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("atom", new Float32BufferAttribute(places, 4));
  geometry.setAttribute("atomColour", new Float32BufferAttribute(colours, 3));
  // three counts what is to be drawn by this attribute; the shader does not read it.
  geometry.setAttribute("position", new Float32BufferAttribute(new Float32Array((places.length / 4) * 3), 3));
  return geometry;
}
