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
import { type Item, type LineStyle, type Role, type Shape, styles } from "../../../core/scene/index.ts";
import type { Mat3, Vec3 } from "../../../core/util/index.ts";
import type { Materials } from "./materials.ts";

type ShapeOf<K extends Shape["kind"]> = Extract<Shape, { kind: K }>;
/** Something on the screen that follows its item without being made anew. */
export interface Drawable {
  /** What its materials depend on; with another key it is made anew. */
  readonly key: string;
  readonly object: Object3D;
  update(item: Item): void;
  /** Dashed lines only: pixels of one unit of length, so that dashes keep their length on the screen. */
  readonly setDashScale?: (unit_px: number) => void;
  dispose(): void;
}

/** Drawn in this order: glass over what is inside it, then the depth of the box, then its edges. */
const ORDER: Partial<Record<Role, number>> = {
  incidentBeam: 1,
  transmittedBeam: 1,
  diffractedBeam: 1,
  illuminated: 1,
  latticePlane: 1,
  exitFace: 2,
  facet: 2,
  sample: 3,
};
const { EDGE_ANGLE_deg, HEAD_LENGTH, HEAD_RADIUS, OUTLINED, isStage } = styles;

/** Geometries of unit size that all drawables share. */
export interface UnitShapes {
  readonly box: BufferGeometry;
  readonly boxEdges: LineSegmentsGeometry;
  /** Along +y from 0 to 1, radius 1. */
  readonly cylinder: BufferGeometry;
  readonly cylinderEdges: LineSegmentsGeometry;
  /** As the cylinder, for what is thin. */
  readonly rod: BufferGeometry;
  readonly cone: BufferGeometry;
  dispose(): void;
}

export function createUnitShapes(): UnitShapes {
  const box = new BoxGeometry();
  const cylinder = new CylinderGeometry(1, 1, 1, 40).translate(0, 0.5, 0);
  const rod = new CylinderGeometry(1, 1, 1, 12).translate(0, 0.5, 0);
  const cone = new ConeGeometry(1, 1, 20).translate(0, 0.5, 0);
  const shapes = { box, boxEdges: edgesOf(box), cylinder, cylinderEdges: edgesOf(cylinder), rod, cone };
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

/** What the materials of an item depend on. */
export const drawableKey = ({ role, shape, opacity }: Item): string =>
  `${shape.kind} ${role} ${opacity ?? 1} ${shape.kind === "segments" ? shape.line : ""}`;

const edgeMaterial = ({ role, opacity }: Item, materials: Materials) =>
  isStage(role) ? materials.stageEdge() : materials.line(role, undefined, opacity);

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
  object.add(ordered(new Mesh(units.box, materials.surface(role, item.opacity)), ORDER[role] ?? 0));
  if (role === "sample") {
    object.add(ordered(new Mesh(units.box, materials.depth()), 4));
    object.add(ordered(new LineSegments2(units.boxEdges, materials.hiddenLine(role)), 5));
    object.add(ordered(new LineSegments2(units.boxEdges, materials.line(role)), 6));
  } else if (OUTLINED.has(role)) {
    object.add(new LineSegments2(units.boxEdges, edgeMaterial(item, materials)));
  }
  const update = ({ shape }: Item): void => {
    const { centre, size, rotation } = shape as ShapeOf<"box">;
    object.position.set(...centre);
    object.scale.set(...size);
    object.quaternion.copy(quaternionOf(rotation));
  };
  update(item);
  return { key: drawableKey(item), object, update, dispose: () => {} };
}

function cylinderDrawable(item: Item, units: UnitShapes, materials: Materials): Drawable {
  const { role } = item;
  const object = new Group();
  object.add(new Mesh(units.cylinder, materials.surface(role, item.opacity)));
  if (OUTLINED.has(role)) object.add(new LineSegments2(units.cylinderEdges, edgeMaterial(item, materials)));
  const update = ({ shape }: Item): void => {
    const { from, to, radius } = shape as ShapeOf<"cylinder">;
    stretch(object, new Vector3(...from), new Vector3(...to), radius);
  };
  update(item);
  return { key: drawableKey(item), object, update, dispose: () => {} };
}

function arrowDrawable(item: Item, units: UnitShapes, materials: Materials): Drawable {
  const { role } = item;
  const object = new Group();
  const shaft = new Mesh(units.rod, materials.surface(role, item.opacity));
  const heads = [0, 1].map(() => new Mesh(units.cone, materials.surface(role, item.opacity)));
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
  return { key: drawableKey(item), object, update, dispose: () => {} };
}

function segmentsDrawable(item: Item, materials: Materials): Drawable {
  const { role, opacity } = item;
  const line: LineStyle | undefined = item.shape.kind === "segments" ? item.shape.line : undefined;
  const object = new LineSegments2(new LineSegmentsGeometry(), materials.line(role, line, opacity));
  let shown: Shape | undefined;
  const update = ({ shape }: Item): void => {
    if (shape === shown) return;
    shown = shape;
    object.geometry.dispose();
    object.geometry = new LineSegmentsGeometry();
    object.geometry.setPositions((shape as ShapeOf<"segments">).points.flat());
    if (line) object.computeLineDistances();
  };
  update(item);
  return {
    key: drawableKey(item),
    object,
    update,
    ...(line && { setDashScale: (unit_px) => scaleDashes(object, unit_px) }),
    dispose: () => object.geometry.dispose(),
  };
}

/** The material is shared with other parts, in which a unit may be drawn longer: it is set before each is drawn. */
function scaleDashes(object: LineSegments2, unit_px: number): void {
  const { material } = object;
  object.onBeforeRender = (...given) => {
    LineSegments2.prototype.onBeforeRender.apply(object, given);
    material.dashScale = unit_px;
    material.uniformsNeedUpdate = true;
  };
}

function meshDrawable(item: Item, materials: Materials): Drawable {
  const { role } = item;
  const object = new Group();
  const surface = ordered(new Mesh(new Geometry(), materials.surface(role, item.opacity)), ORDER[role] ?? 0);
  const edges = OUTLINED.has(role)
    ? new LineSegments2(new LineSegmentsGeometry(), edgeMaterial(item, materials))
    : undefined;
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
    key: drawableKey(item),
    object,
    update,
    dispose: () => {
      surface.geometry.dispose();
      edges?.geometry.dispose();
    },
  };
}

/** Coordinates of triangles: each convex face as a fan. */
export function trianglesOf({ vertices, faces }: ShapeOf<"mesh">): readonly number[] {
  const positions: number[] = [];
  for (const face of faces) {
    for (let i = 1; i + 1 < face.length; i++) {
      for (const index of [face[0]!, face[i]!, face[i + 1]!]) positions.push(...vertices[index]!);
    }
  }
  return positions;
}

/** With flat normals. */
function triangles(shape: ShapeOf<"mesh">): BufferGeometry {
  const geometry = new Geometry();
  geometry.setAttribute("position", new Float32BufferAttribute(trianglesOf(shape), 3));
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
