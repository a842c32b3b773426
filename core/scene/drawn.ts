import { type Vec3, vec3 } from "../util/index.ts";
import type { Projection } from "./camera.ts";
import { type Cover, type DrawnGrid, drawnGrid } from "./cover.ts";
import { HEAD_LENGTH, HEAD_RADIUS, isStage } from "./drawing/styles.ts";
import type { PictureLayout } from "./pictureLayout.ts";
import { placePart, projectFrom } from "./placePart.ts";
import type { Item, Part, Role, Scene, Shape } from "./scene.ts";
import { boxCorners, midpoint } from "./shapes.ts";

/** A point stands for about so much of a line [px]. */
const POINT_EVERY_px = 6;
const MOST_POINTS = 120;
/** What is wide stands for lines beside each other, so far apart [px]. */
const LINE_EVERY_px = 8;
const MOST_LINES = 12;
/** Weights of ten pixels of a line: what a text had better not cover. */
const WEIGHT = { beam: 6, vector: 6, axis: 4.5, other: 1.5 } as const;

const BEAMS: ReadonlySet<Role> = new Set(["incidentBeam", "transmittedBeam", "diffractedBeam"]);
const VECTORS: ReadonlySet<Role> = new Set(["k0", "kh", "Q", "twoTheta", "axis1", "axis2", "axis3"]);
const BOX_EDGES: readonly (readonly [number, number])[] = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((i) =>
  [1, 2, 4].filter((bit) => !(i & bit)).map((bit) => [i, i | bit] as const),
);
/** Points of a turntable, whose axis is upright as far as its rim matters here. */
const RIM: readonly (readonly [number, number])[] = [0.35, 0.7, 1].flatMap((radius) =>
  Array.from({ length: 12 }, (_, i) => {
    const angle = (i * Math.PI) / 6;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  }),
);

/** How much a text would cover of what carries the picture: beams, vectors, axes, the sample, arcs, stages. */
export function coverOf(scene: Scene, projection: Projection, layout: PictureLayout): Cover {
  const grid = drawnGrid(layout);
  for (const part of scene.parts) {
    if (part.id === "crystalInside") continue;
    const isExperiment = part.id === "experiment";
    const draw = drawer(grid, inPicture(part, projection, layout), WEIGHT[isExperiment ? "vector" : "axis"]);
    for (const item of part.items) if (isExperiment || isOfInset(part, item)) draw(item);
  }
  return grid.sum();
}

/** Of what stands beside the experiment the axes matter, and the flat figure, which is small. */
const isOfInset = ({ isFlat }: Part, { shape }: Item): boolean => isFlat === true || shape.kind === "arrow";

interface Place {
  readonly x: number;
  readonly y: number;
}
interface PartInPicture {
  readonly project: (point: Vec3) => Place;
  /** Of a unit of the part. */
  readonly scale_px: number;
}

/** The projection is parallel: that of a part is known by where its origin and its axes are. */
function inPicture(part: Part, projection: Projection, layout: PictureLayout): PartInPicture {
  const placement = placePart(part, projection, layout);
  const at = (point: Vec3): Place => projectFrom(placement, projection, point);
  const origin = at([0, 0, 0]);
  const [ax, ay, az] = [at([1, 0, 0]), at([0, 1, 0]), at([0, 0, 1])].map(({ x, y }) => ({
    x: x - origin.x,
    y: y - origin.y,
  })) as [Place, Place, Place];
  return {
    project: ([x, y, z]) => ({
      x: origin.x + x * ax.x + y * ay.x + z * az.x,
      y: origin.y + x * ax.y + y * ay.y + z * az.y,
    }),
    scale_px: placement.scale * projection.pixelsPerUnit,
  };
}

/** @param vectors weight of the vectors of the part */
function drawer(grid: DrawnGrid, { project, scale_px }: PartInPicture, vectors: number): (item: Item) => void {
  const flatLine = (ax: number, ay: number, bx: number, by: number, weight: number): void => {
    const length = Math.hypot(bx - ax, by - ay);
    const count = Math.max(1, Math.min(MOST_POINTS, Math.round(length / POINT_EVERY_px)));
    const each = (weight * length) / 10 / count;
    for (let i = 0; i < count; i++) {
      const part = (i + 0.5) / count;
      grid.add(ax + (bx - ax) * part, ay + (by - ay) * part, each);
    }
  };
  const line = (from: Vec3, to: Vec3, weight: number): void => {
    const [a, b] = [project(from), project(to)];
    flatLine(a.x, a.y, b.x, b.y, weight);
  };
  const wideLine = (a: Place, b: Place, width_px: number, weight: number): void => {
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    const count = Math.min(MOST_LINES, Math.max(1, Math.round(width_px / LINE_EVERY_px)));
    for (let i = 0; i < count; i++) {
      const aside = length === 0 ? 0 : (((i + 0.5) / count - 0.5) * width_px) / length;
      const [x, y] = [-aside * (b.y - a.y), aside * (b.x - a.x)];
      flatLine(a.x + x, a.y + y, b.x + x, b.y + y, weight);
    }
  };
  /** Its shaft, and its head as a bar as wide as the middle of the cone. */
  const arrow = ({ from, to, radius }: Extract<Shape, { kind: "arrow" }>, weight: number): void => {
    const [a, b] = [project(from), project(to)];
    const length = vec3.norm(vec3.subtract(to, from));
    const part = length === 0 ? 0 : Math.max(0, 1 - (HEAD_LENGTH * radius) / length);
    const neck = { x: a.x + part * (b.x - a.x), y: a.y + part * (b.y - a.y) };
    wideLine(a, neck, 2 * radius * scale_px, weight);
    wideLine(neck, b, HEAD_RADIUS * radius * scale_px, weight);
  };
  /** Lines along a beam, side by side as far as it is seen to be wide. */
  const beam = ({ centre, size, rotation }: Extract<Shape, { kind: "box" }>): void => {
    const corners = boxCorners(centre, size, rotation);
    const start = project(corners[0]!);
    const seenWidth = (bit: number): number => {
      const { x, y } = project(corners[bit]!);
      return Math.hypot(x - start.x, y - start.y);
    };
    const bit = seenWidth(2) > seenWidth(4) ? 2 : 4;
    const other = 6 - bit;
    const count = Math.min(MOST_LINES, Math.max(1, Math.round(seenWidth(bit) / LINE_EVERY_px)));
    const [along, across] = [1, bit].map((towards) => vec3.subtract(corners[towards]!, corners[0]!)) as [Vec3, Vec3];
    for (let i = 0; i < count; i++) {
      const from = vec3.add(midpoint(corners[0]!, corners[other]!), vec3.scale(across, (i + 0.5) / count));
      line(from, vec3.add(from, along), WEIGHT.beam);
    }
  };
  const box = ({ centre, size, rotation }: Extract<Shape, { kind: "box" }>, hasDiagonals: boolean): void => {
    const corners = boxCorners(centre, size, rotation);
    for (const [a, b] of BOX_EDGES) line(corners[a]!, corners[b]!, WEIGHT.other);
    if (hasDiagonals) for (const i of [0, 1, 2, 3]) line(corners[i]!, corners[7 - i]!, WEIGHT.other);
  };
  const points = (vertices: Iterable<Vec3>): void => {
    for (const vertex of vertices) {
      const { x, y } = project(vertex);
      grid.add(x, y, 1);
    }
  };
  return ({ shape, role }) => {
    const weight = VECTORS.has(role) ? vectors : WEIGHT[role === "rotationAxis" ? "axis" : "other"];
    if (shape.kind === "arrow") arrow(shape, weight);
    else if (shape.kind === "segments") {
      for (let i = 0; i + 1 < shape.points.length; i += 2) line(shape.points[i]!, shape.points[i + 1]!, weight);
    } else if (shape.kind === "box") {
      if (BEAMS.has(role)) beam(shape);
      else box(shape, role === "sample");
    } else if (shape.kind === "mesh" && isStage(role)) points(shape.vertices);
    else if (shape.kind === "mesh" && role === "illuminated") {
      for (const face of shape.faces) {
        face.forEach((corner, i) => {
          line(shape.vertices[corner]!, shape.vertices[face[(i + 1) % face.length]!]!, weight);
        });
      }
    } else if (shape.kind === "cylinder" && isStage(role)) {
      line(shape.from, shape.to, weight);
      for (const end of [shape.from, shape.to]) {
        points(RIM.map(([u, v]) => vec3.add(end, [u * shape.radius, v * shape.radius, 0])));
      }
    }
  };
}
