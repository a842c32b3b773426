import { radians, type Vec3, vec3 } from "../../util/index.ts";
import { bodyOfCorners } from "../convex.ts";
import type { Item, Shape } from "../scene.ts";
import { boxCorners } from "../shapes.ts";
import type { Piece } from "./depthOrder.ts";
import { mix, type Palette } from "./palette.ts";
import {
  DASHES_px,
  DEFAULT_LINE_WIDTH_px,
  EDGE_ANGLE_deg,
  GLASS,
  HEAD_LENGTH,
  HEAD_RADIUS,
  isStage,
  LINE_WIDTH_px,
  OUTLINED,
} from "./styles.ts";

/** How a piece is painted. Pieces of one thing share the object. */
export interface Paint {
  readonly kind: "fill" | "line" | "disc" | "hull";
  readonly item: string;
  readonly colour: string;
  readonly opacity: number;
  /** Of a line; of the outline of a disc. */
  readonly width: number;
  readonly dash?: readonly [number, number];
  readonly outline?: string;
  /** Lines of a shaft end flat, others round. */
  readonly cap: "round" | "butt";
  /** Corners of what is drawn as its outline in the picture. */
  readonly hull?: readonly Vec3[];
}

type Transform = (point: Vec3) => Vec3;

const CYLINDER_SIDES = 32;
const CONE_SIDES = 14;
/** Light over the left shoulder, in picture coordinates. */
const LIGHT = vec3.normalize([-0.5, 0.9, 1]);
const AMBIENT = 0.62;

/** The pieces of an item; `toPicture` takes its coordinates to pixels with y up and z towards the eye. */
export function piecesOf(
  item: Item,
  toPicture: Transform,
  scale_px: number,
  palette: Palette,
): readonly Piece<Paint>[] {
  const { shape, role } = item;
  const colour = item.colour ?? palette[role];
  switch (shape.kind) {
    case "label":
      return [];
    case "sphere": {
      const radius = shape.radius * scale_px;
      const style = { ...paint(item, "disc", colour), outline: palette.atomOutline, width: radius };
      return [{ kind: "sprite", at: toPicture(shape.centre), radius, style }];
    }
    case "segments":
      return segmentPieces(shape, linePaint(item, colour, shape.line), toPicture);
    case "arrow":
      return arrowPieces(item, shape, colour, toPicture, scale_px);
    case "cylinder":
      return role === "bond"
        ? bondPieces(item, shape, colour, palette, toPicture, scale_px)
        : solidPieces(item, cylinderFaces(shape), colour, palette, toPicture);
    case "box":
      return solidPieces(
        item,
        bodyOfCorners(boxCorners(shape.centre, shape.size, shape.rotation)),
        colour,
        palette,
        toPicture,
      );
    case "mesh":
      return solidPieces(
        item,
        shape.faces.map((face) => face.map((i) => shape.vertices[i]!)),
        colour,
        palette,
        toPicture,
      );
  }
}

const paint = (item: Item, kind: Paint["kind"], colour: string): Paint => ({
  kind,
  item: item.id,
  colour,
  opacity: (kind === "fill" ? (GLASS[item.role] ?? 1) : 1) * (item.opacity ?? 1),
  width: 0,
  cap: "round",
});

function linePaint(item: Item, colour: string, line?: "dashed" | "dotted"): Paint {
  const width = LINE_WIDTH_px[item.role] ?? DEFAULT_LINE_WIDTH_px;
  return { ...paint(item, "line", colour), width, ...(line && { dash: DASHES_px[line] }) };
}

function segmentPieces(
  { points }: Extract<Shape, { kind: "segments" }>,
  style: Paint,
  toPicture: Transform,
): Piece<Paint>[] {
  const ends = points.map(toPicture);
  return ends.flatMap((from, i) => (i % 2 === 0 ? [{ kind: "line" as const, from, to: ends[i + 1]!, style }] : []));
}

function arrowPieces(
  item: Item,
  { from, to, radius, head }: Extract<Shape, { kind: "arrow" }>,
  colour: string,
  toPicture: Transform,
  scale_px: number,
): Piece<Paint>[] {
  const [start, end] = [toPicture(from), toPicture(to)];
  const length = vec3.norm(vec3.subtract(end, start));
  if (length < 1e-6) return [];
  const along = vec3.scale(vec3.subtract(end, start), 1 / length);
  const count = head === "double" ? 2 : 1;
  const headLength = Math.min(HEAD_LENGTH * radius * scale_px, (0.6 * length) / count);
  const back = (n: number): Vec3 => vec3.subtract(end, vec3.scale(along, n * headLength));
  const shaft: Paint = { ...paint(item, "line", colour), width: Math.max(1.2, 2 * radius * scale_px), cap: "butt" };
  const [side, other] = across(along);
  const headRadius = HEAD_RADIUS * radius * scale_px;
  const heads = Array.from({ length: count }, (_, i): Piece<Paint> => {
    const base = back(i + 1);
    const rim = ring(base, side, other, headRadius, CONE_SIDES);
    return { kind: "sprite", at: back(i + 0.5), style: { ...paint(item, "hull", colour), hull: [back(i), ...rim] } };
  });
  return [{ kind: "line", from: start, to: back(count * 0.9), style: shaft }, ...heads];
}

function bondPieces(
  item: Item,
  { from, to, radius }: Extract<Shape, { kind: "cylinder" }>,
  colour: string,
  palette: Palette,
  toPicture: Transform,
  scale_px: number,
): Piece<Paint>[] {
  const width = Math.max(1, 2 * radius * scale_px);
  const style: Paint = { ...paint(item, "line", colour), width, cap: "butt", outline: palette.atomOutline };
  return [{ kind: "line", from: toPicture(from), to: toPicture(to), style, isClear: true }];
}

function across(along: Vec3): readonly [Vec3, Vec3] {
  const side = vec3.normalize(vec3.cross(along, Math.abs(along[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0]));
  return [side, vec3.cross(along, side)];
}

const ring = (centre: Vec3, side: Vec3, other: Vec3, radius: number, count: number): readonly Vec3[] =>
  Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    return vec3.add(
      centre,
      vec3.add(vec3.scale(side, radius * Math.cos(angle)), vec3.scale(other, radius * Math.sin(angle))),
    );
  });

function cylinderFaces({ from, to, radius }: Extract<Shape, { kind: "cylinder" }>): readonly (readonly Vec3[])[] {
  const [side, other] = across(vec3.normalize(vec3.subtract(to, from)));
  const [bottom, top] = [from, to].map((end) => ring(end, side, other, radius, CYLINDER_SIDES)) as [Vec3[], Vec3[]];
  const sides = bottom.map((point, i) => {
    const next = (i + 1) % bottom.length;
    return [point, bottom[next]!, top[next]!, top[i]!];
  });
  return [...sides, [...bottom].reverse(), top];
}

interface SeenFace {
  readonly points: readonly Vec3[];
  readonly normal: Vec3;
}

/** Faces of a body, shaded if it is opaque, and those of its edges that are seen or shine through. */
function solidPieces(
  item: Item,
  polygons: readonly (readonly Vec3[])[],
  colour: string,
  palette: Palette,
  toPicture: Transform,
): readonly Piece<Paint>[] {
  const faces = polygons.map((polygon): SeenFace => {
    const points = polygon.map(toPicture);
    return { points, normal: normalOf(points) };
  });
  const isOpaque = GLASS[item.role] === undefined;
  const isSheet = faces.length === 1;
  const drawn: Piece<Paint>[] = [];
  const fill = paint(item, "fill", colour);
  for (const { points, normal } of faces) {
    if (isOpaque && !isSheet && normal[2] <= 0) continue;
    drawn.push({ kind: "face", points, style: isOpaque ? { ...fill, colour: shade(colour, normal, palette) } : fill });
  }
  if (OUTLINED.has(item.role)) drawn.push(...edgePieces(item, faces, colour, palette, isOpaque));
  return drawn;
}

function edgePieces(
  item: Item,
  faces: readonly SeenFace[],
  colour: string,
  palette: Palette,
  isOpaque: boolean,
): readonly Piece<Paint>[] {
  const edgeColour = isStage(item.role) ? palette.stageEdge : colour;
  const seen = linePaint(item, edgeColour);
  const hidden: Paint = { ...seen, opacity: 0.45 * seen.opacity, width: 0.7 * seen.width, dash: [4, 3] };
  const bend = Math.cos(radians(EDGE_ANGLE_deg));
  return edgesOf(faces).flatMap(({ from, to, normals }): readonly Piece<Paint>[] => {
    const [one, two] = normals;
    const isVisible = normals.some((normal) => normal[2] > 1e-6);
    const isSilhouette = two !== undefined && one![2] > 1e-6 !== two[2] > 1e-6;
    const isSharp = two === undefined || vec3.dot(one!, two) < bend;
    if (isVisible ? !(isSharp || (isOpaque && isSilhouette)) : isOpaque || !isSharp) return [];
    return [{ kind: "line", from, to, style: isVisible ? seen : hidden }];
  });
}

interface Edge {
  readonly from: Vec3;
  readonly to: Vec3;
  readonly normals: Vec3[];
}

/** Edges of a body whose faces share corners, each once. */
function edgesOf(faces: readonly SeenFace[]): readonly Edge[] {
  const edges = new Map<string, Edge>();
  const key = (point: Vec3): string => point.map((x) => Math.round(x * 50)).join(" ");
  for (const { points, normal } of faces) {
    const keys = points.map(key);
    points.forEach((from, i) => {
      const next = (i + 1) % points.length;
      const [a, b] = [keys[i]!, keys[next]!];
      const id = a < b ? `${a}|${b}` : `${b}|${a}`;
      const known = edges.get(id);
      if (known) known.normals.push(normal);
      else edges.set(id, { from, to: points[next]!, normals: [normal] });
    });
  }
  return [...edges.values()];
}

function normalOf(points: readonly Vec3[]): Vec3 {
  let normal: Vec3 = [0, 0, 0];
  for (let i = 1; i + 1 < points.length; i++) {
    const [a, b] = [vec3.subtract(points[i]!, points[0]!), vec3.subtract(points[i + 1]!, points[0]!)];
    normal = vec3.add(normal, vec3.cross(a, b));
  }
  const length = vec3.norm(normal);
  return length < 1e-12 ? [0, 0, 0] : vec3.scale(normal, 1 / length);
}

/** Lambert's law above a floor: towards the ink in the shade. */
function shade(colour: string, normal: Vec3, { ink, paper }: Palette): string {
  const light = AMBIENT + (1 - AMBIENT) * Math.max(0, vec3.dot(normal, LIGHT));
  const dark = luminance(ink) < luminance(paper) ? ink : paper;
  return mix(dark, colour, light);
}

const luminance = (colour: string): number =>
  [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(colour.slice(at, at + 2), 16), 0);
