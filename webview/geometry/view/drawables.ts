import {
  BoxGeometry,
  type BufferGeometry,
  ConeGeometry,
  CylinderGeometry,
  EdgesGeometry,
  Float32BufferAttribute,
  BufferGeometry as Geometry,
  Group,
  Matrix4,
  Mesh,
  type Object3D,
  Quaternion,
  Vector3,
} from "three";
import { LineSegments2 } from "three/addons/lines/LineSegments2.js";
import { LineSegmentsGeometry } from "three/addons/lines/LineSegmentsGeometry.js";
import type { Item, Role, Shape } from "../../../core/scene/index.ts";
import type { Mat3, Vec3 } from "../../../core/util/index.ts";
import type { Materials } from "./materials.ts";

type ShapeOf<K extends Shape["kind"]> = Extract<Shape, { kind: K }>;
/** Shapes that are drawn one by one; spheres are drawn together and labels are text. */
export type DrawnKind = "box" | "cylinder" | "arrow" | "segments" | "mesh";

/** Something on the screen that follows its item without being made anew. */
export interface Drawable {
  readonly kind: DrawnKind;
  readonly role: Role;
  readonly object: Object3D;
  update(item: Item): void;
  dispose(): void;
}

/** Drawn in this order: glass over what is inside it, then the depth of the box, then its edges. */
const ORDER: Partial<Record<Role, number>> = {
  incidentBeam: 1,
  transmittedBeam: 1,
  diffractedBeam: 1,
  exitFace: 2,
  sample: 3,
};
const EDGE_ANGLE_deg = 30;
const HEAD_LENGTH = 7;
const HEAD_RADIUS = 2.6;

/** Geometries of unit size that all drawables share. */
export interface UnitShapes {
  readonly box: BufferGeometry;
  readonly boxEdges: LineSegmentsGeometry;
  /** Along +y from 0 to 1, radius 1. */
  readonly cylinder: BufferGeometry;
  readonly cylinderEdges: LineSegmentsGeometry;
  readonly cone: BufferGeometry;
  dispose(): void;
}

export function createUnitShapes(): UnitShapes {
  const box = new BoxGeometry();
  const cylinder = new CylinderGeometry(1, 1, 1, 40).translate(0, 0.5, 0);
  const cone = new ConeGeometry(1, 1, 32).translate(0, 0.5, 0);
  const shapes = { box, boxEdges: edgesOf(box), cylinder, cylinderEdges: edgesOf(cylinder), cone };
  return {
    ...shapes,
    dispose: () => {
      for (const geometry of Object.values(shapes)) geometry.dispose();
    },
  };
}

function edgesOf(geometry: BufferGeometry): LineSegmentsGeometry {
  const edges = new EdgesGeometry(geometry, EDGE_ANGLE_deg);
  const lines = new LineSegmentsGeometry().fromEdgesGeometry(edges);
  edges.dispose();
  return lines;
}

const isStage = (role: Role): boolean => role === "stageFixed" || role === "stageMoving";

export function createDrawable(item: Item, units: UnitShapes, materials: Materials): Drawable {
  const { kind } = item.shape;
  switch (kind) {
    case "box":
      return boxDrawable(item, units, materials);
    case "cylinder":
      return cylinderDrawable(item, units, materials);
    case "arrow":
      return arrowDrawable(item, units, materials);
    case "segments":
      return segmentsDrawable(item, materials);
    case "mesh":
      return meshDrawable(item, materials);
    default:
      throw new Error(`A ${kind} is not drawn by itself.`);
  }
}

function boxDrawable(item: Item, units: UnitShapes, materials: Materials): Drawable {
  const { role } = item;
  const object = new Group();
  object.add(ordered(new Mesh(units.box, materials.surface(role)), ORDER[role] ?? 0));
  if (role === "sample") {
    object.add(ordered(new Mesh(units.box, materials.depth()), 4));
    object.add(ordered(new LineSegments2(units.boxEdges, materials.hiddenLine(role)), 5));
    object.add(ordered(new LineSegments2(units.boxEdges, materials.line(role)), 6));
  } else if (isStage(role)) {
    object.add(new LineSegments2(units.boxEdges, materials.stageEdge()));
  }
  const update = ({ shape }: Item): void => {
    const { centre, size, rotation } = shape as ShapeOf<"box">;
    object.position.set(...centre);
    object.scale.set(...size);
    object.quaternion.copy(quaternionOf(rotation));
  };
  update(item);
  return { kind: "box", role, object, update, dispose: () => {} };
}

function cylinderDrawable(item: Item, units: UnitShapes, materials: Materials): Drawable {
  const { role } = item;
  const object = new Group();
  object.add(new Mesh(units.cylinder, materials.surface(role)));
  if (isStage(role)) object.add(new LineSegments2(units.cylinderEdges, materials.stageEdge()));
  const update = ({ shape }: Item): void => {
    const { from, to, radius } = shape as ShapeOf<"cylinder">;
    stretch(object, new Vector3(...from), new Vector3(...to), radius);
  };
  update(item);
  return { kind: "cylinder", role, object, update, dispose: () => {} };
}

function arrowDrawable(item: Item, units: UnitShapes, materials: Materials): Drawable {
  const { role } = item;
  const object = new Group();
  const shaft = new Mesh(units.cylinder, materials.surface(role));
  const heads = [0, 1].map(() => new Mesh(units.cone, materials.surface(role)));
  object.add(shaft, ...heads);
  const update = ({ shape }: Item): void => {
    const { from, to, radius, head } = shape as ShapeOf<"arrow">;
    const [start, end] = [new Vector3(...from), new Vector3(...to)];
    const count = head === "double" ? 2 : 1;
    const headLength = Math.min(HEAD_LENGTH * radius, (0.6 * start.distanceTo(end)) / count);
    const along = end.clone().sub(start).normalize();
    const back = (n: number): Vector3 => end.clone().addScaledVector(along, -n * headLength);
    stretch(shaft, start, back(count * 0.9), radius);
    heads.forEach((cone, i) => {
      cone.visible = i < count;
      stretch(cone, back(i + 1), back(i), HEAD_RADIUS * radius);
    });
  };
  update(item);
  return { kind: "arrow", role, object, update, dispose: () => {} };
}

function segmentsDrawable(item: Item, materials: Materials): Drawable {
  const { role } = item;
  const object = new LineSegments2(new LineSegmentsGeometry(), materials.line(role));
  let shown: Shape | undefined;
  const update = ({ shape }: Item): void => {
    if (shape === shown) return;
    shown = shape;
    object.geometry.dispose();
    object.geometry = new LineSegmentsGeometry();
    object.geometry.setPositions((shape as ShapeOf<"segments">).points.flat());
  };
  update(item);
  return { kind: "segments", role, object, update, dispose: () => object.geometry.dispose() };
}

function meshDrawable(item: Item, materials: Materials): Drawable {
  const { role } = item;
  const object = new Group();
  const surface = ordered(new Mesh(new Geometry(), materials.surface(role)), ORDER[role] ?? 0);
  const edges = isStage(role) ? new LineSegments2(new LineSegmentsGeometry(), materials.stageEdge()) : undefined;
  object.add(surface);
  if (edges) object.add(edges);
  let shown: Shape | undefined;
  const update = ({ shape }: Item): void => {
    if (shape === shown) return;
    shown = shape;
    surface.geometry.dispose();
    surface.geometry = triangles(shape as ShapeOf<"mesh">);
    if (!edges) return;
    edges.geometry.dispose();
    edges.geometry = edgesOf(surface.geometry);
  };
  update(item);
  return {
    kind: "mesh",
    role,
    object,
    update,
    dispose: () => {
      surface.geometry.dispose();
      edges?.geometry.dispose();
    },
  };
}

/** Each convex face as a fan, with flat normals. */
function triangles({ vertices, faces }: ShapeOf<"mesh">): BufferGeometry {
  const positions: number[] = [];
  for (const face of faces) {
    for (let i = 1; i + 1 < face.length; i++) {
      for (const index of [face[0]!, face[i]!, face[i + 1]!]) positions.push(...vertices[index]!);
    }
  }
  const geometry = new Geometry();
  geometry.setAttribute("position", new Float32BufferAttribute(positions, 3));
  geometry.computeVertexNormals();
  return geometry;
}

const Y = new Vector3(0, 1, 0);

/** Puts an object of unit length along +y and unit radius between two points. */
function stretch(object: Object3D, from: Vector3, to: Vector3, radius: number): void {
  const along = to.clone().sub(from);
  const length = along.length();
  object.position.copy(from);
  object.scale.set(radius, Math.max(length, 1e-9), radius);
  object.quaternion.setFromUnitVectors(Y, along.divideScalar(Math.max(length, 1e-9)));
}

function ordered<O extends Object3D>(object: O, renderOrder: number): O {
  object.renderOrder = renderOrder;
  return object;
}

export function quaternionOf(rotation: Mat3): Quaternion {
  const [[a, b, c], [d, e, f], [g, h, i]] = rotation as readonly [Vec3, Vec3, Vec3];
  return new Quaternion().setFromRotationMatrix(new Matrix4().set(a, b, c, 0, d, e, f, 0, g, h, i, 0, 0, 0, 0, 1));
}
