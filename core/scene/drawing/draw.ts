import type { Vec3 } from "../../util/index.ts";
import { type Camera, type Projection, projectionOf } from "../camera.ts";
import { convexHull } from "../convexHull.ts";
import { layoutPicture, type PictureLayout } from "../pictureLayout.ts";
import type { Rectangle } from "../placement.ts";
import { inLab, placePart } from "../placePart.ts";
import type { Part, Scene } from "../scene.ts";
import { layoutTexts, type TextStyle } from "../textLayout.ts";
import { orderByDepth, type Piece } from "./depthOrder.ts";
import type { Palette } from "./palette.ts";
import { type Paint, piecesOf } from "./pieces.ts";
import type { Drawing, Point, Primitive } from "./primitives.ts";
import {
  baseFontSize,
  ENTRY_GAP_em,
  estimateTexts,
  fontSizeOf,
  lineHeight,
  lineWidth,
  SWATCH_em,
  SWATCH_GAP_em,
} from "./textSize.ts";

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** A shaft that bleeds over its seams: fragments of an opaque face overlap by this [px]. */
const SEAM_px = 0.6;
const LEADER_px = 0.7;
/** Height of the base line above the bottom of a line of text, in line heights. */
const BASE_LINE = 0.27;

/**
 * The picture as primitives from the farthest to the nearest, texts last: what every vector format is written from.
 * @param background colour behind it; null: none
 */
export function drawScene(
  scene: Scene,
  camera: Camera,
  { width, height }: PictureSize,
  palette: Palette,
  background: string | null = palette.paper,
): Drawing {
  const layout = layoutPicture(width, height);
  const projection = projectionOf(camera, layout);
  const inSpace = scene.parts.filter(({ id }) => id === "experiment" || id === "crystalInside");
  const beside = scene.parts.filter((part) => !inSpace.includes(part));
  const primitives = [inSpace, ...beside.map((part) => [part])].flatMap((parts) =>
    paintPieces(orderByDepth(parts.flatMap((part) => partPieces(part, projection, layout, palette))), layout),
  );
  return { width, height, background, primitives: [...primitives, ...texts(scene, projection, layout, palette)] };
}

function partPieces(
  part: Part,
  projection: Projection,
  layout: PictureLayout,
  palette: Palette,
): readonly Piece<Paint>[] {
  const placement = placePart(part, projection, layout);
  const scale_px = placement.scale * projection.pixelsPerUnit;
  const toPicture = (point: Vec3): Vec3 => {
    const { x, y, depth } = projection.project(inLab(placement, point));
    return [x - layout.centre.x, layout.centre.y - y, depth * projection.pixelsPerUnit];
  };
  return part.items.flatMap((item) => piecesOf(item, toPicture, scale_px, palette));
}

/** Pieces become primitives; neighbours in the order that are painted alike become one. */
function paintPieces(pieces: readonly Piece<Paint>[], { centre }: PictureLayout): readonly Primitive[] {
  const flat = ([x, y]: Vec3): Point => [centre.x + x, centre.y - y];
  const primitives: Primitive[] = [];
  for (let i = 0; i < pieces.length; ) {
    const { style } = pieces[i]!;
    let end = i + 1;
    if (style.kind === "fill" || style.kind === "line") while (pieces[end]?.style === style) end++;
    const alike = pieces.slice(i, end);
    i = end;
    const { item, opacity, colour } = style;
    if (style.kind === "fill") {
      const rings = alike.flatMap((piece) => (piece.kind === "face" ? [alikeTurned(piece.points.map(flat))] : []));
      const seam = opacity === 1 && { stroke: { colour, width: SEAM_px } };
      primitives.push({ kind: "polygons", item, opacity, rings, fill: colour, ...seam });
    } else if (style.kind === "line") {
      const chains = joined(
        alike.flatMap((piece) => (piece.kind === "line" ? [[flat(piece.from), flat(piece.to)]] : [])),
      );
      const { width, cap, dash, outline } = style;
      if (outline) {
        primitives.push({ kind: "lines", item, opacity, chains, colour: outline, width: width + 1.6, cap });
      }
      primitives.push({ kind: "lines", item, opacity, chains, colour, width, cap, ...(dash && { dash }) });
    } else {
      for (const piece of alike) {
        if (piece.kind !== "sprite") continue;
        if (style.hull) {
          primitives.push({ kind: "polygons", item, opacity, rings: [convexHull(style.hull.map(flat))], fill: colour });
        } else {
          const outline = style.outline ?? colour;
          primitives.push({
            kind: "disc",
            item,
            opacity,
            centre: flat(piece.at),
            radius: style.width,
            colour,
            outline,
          });
        }
      }
    }
  }
  return primitives;
}

/** Turned all the same way round: rings of one path that overlap are one area, not a hole. */
function alikeTurned(ring: readonly Point[]): readonly Point[] {
  const area = ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return area < 0 ? [...ring].reverse() : ring;
}

/** Lines that meet end to end become one chain, so that dashes run on and corners are round. */
function joined(lines: readonly (readonly Point[])[]): readonly (readonly Point[])[] {
  const chains: Point[][] = [];
  for (const [from, to] of lines) {
    const last = chains.at(-1);
    const end = last?.at(-1);
    if (last && end && Math.abs(end[0] - from![0]) + Math.abs(end[1] - from![1]) < 1e-6) last.push(to!);
    else chains.push([from!, to!]);
  }
  return chains;
}

function texts(scene: Scene, projection: Projection, layout: PictureLayout, palette: Palette): readonly Primitive[] {
  const base_px = baseFontSize(layout.width, layout.height);
  const { labels, captions, legend } = layoutTexts(scene, projection, layout, estimateTexts(base_px));
  const primitives: Primitive[] = [];
  const write = (item: string, text: string, style: TextStyle, { left, top, width }: Rectangle): void => {
    const height = lineHeight(style, base_px);
    text.split("\n").forEach((line, i) => {
      primitives.push({
        kind: "text",
        item,
        opacity: 1,
        at: [left + width / 2, top + (i + 1 - BASE_LINE) * height],
        text: line,
        size_px: fontSizeOf(style, base_px),
        isBold: style === "strong",
        colour: style === "quiet" || style === "caption" ? palette.quiet : palette.ink,
        halo: palette.paper,
      });
    });
  };
  for (const part of scene.parts) {
    for (const { id, shape } of part.items) {
      const spot = labels.get(id);
      if (!spot || shape.kind !== "label") continue;
      if (spot.leader) {
        const chains = [spot.leader];
        primitives.push({
          kind: "lines",
          item: id,
          opacity: 1,
          chains,
          colour: palette.quiet,
          width: LEADER_px,
          cap: "round",
        });
      }
      write(id, spot.text, shape.weight, spot);
    }
    if (part.id === "experiment" || part.id === "crystalInside") continue;
    const spot = captions.get(part.id);
    if (spot) write("", spot.text, "caption", spot);
  }
  if (legend) primitives.push(...legendPrimitives(scene, legend, base_px, palette, write));
  return primitives;
}

function legendPrimitives(
  { legend }: Scene,
  { left, top, height }: Rectangle,
  base_px: number,
  palette: Palette,
  write: (item: string, text: string, style: TextStyle, rectangle: Rectangle) => void,
): readonly Primitive[] {
  const size = fontSizeOf("caption", base_px);
  let at = left;
  return legend.map(({ element, colour }): Primitive => {
    const radius = (SWATCH_em * size) / 2;
    const centre: Point = [at + radius, top + height / 2];
    at += (SWATCH_em + SWATCH_GAP_em) * size;
    const width = lineWidth(element, "caption", base_px);
    write("", element, "caption", { left: at, top, width, height });
    at += width + ENTRY_GAP_em * size;
    return { kind: "disc", item: "", opacity: 1, centre, radius, colour, outline: palette.atomOutline };
  });
}
