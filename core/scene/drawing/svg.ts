import { escapeMarkup } from "../../util/index.ts";
import type { Camera } from "../camera.ts";
import type { Scene } from "../scene.ts";
import { drawScene, type PictureSize } from "./draw.ts";
import { mix, type Palette } from "./palette.ts";
import type { Drawing, Point, Primitive } from "./primitives.ts";

export interface SvgOptions {
  /** Colour behind the picture, `#rrggbb`; null: none; absent: that of the palette. */
  readonly background?: string | null;
  /** What the picture is, for its title. */
  readonly title?: string;
  /** The picture in words, for those who cannot see it. */
  readonly description?: string;
}

const FONTS = "'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";
const OUTLINE_px = 0.9;

/** The scene as an SVG document: vectors, texts as texts, nothing outside the file. */
export function sceneToSvg(
  scene: Scene,
  camera: Camera,
  size: PictureSize,
  palette: Palette,
  options: SvgOptions = {},
): string {
  const { background = palette.paper } = options;
  return drawingToSvg(drawScene(scene, camera, size, palette, background), options);
}

export function drawingToSvg({ width, height, background, primitives }: Drawing, options: SvgOptions = {}): string {
  const colours = [
    ...new Set(primitives.flatMap((primitive) => (primitive.kind === "disc" ? [primitive.colour] : []))),
  ];
  const title = options.title ?? "Dark-field X-ray microscopy experiment";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONTS}" text-anchor="middle">`,
    `<title>${escapeMarkup(title)}</title>`,
    ...(options.description ? [`<desc>${escapeMarkup(options.description)}</desc>`] : []),
    ...(colours.length > 0 ? [`<defs>${colours.map(gradient).join("")}</defs>`] : []),
    ...(background ? [`<rect width="${width}" height="${height}" fill="${background}"/>`] : []),
    ...primitives.map(element),
    "</svg>",
    "",
  ].join("\n");
}

/** Hundredths of a pixel. */
const n = (value: number): string => String(Math.round(value * 100) / 100);
const path = (points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${n(x)} ${n(y)}`).join("");
const gradientId = (colour: string): string => `atom-${colour.slice(1)}`;

/** A sphere lit over the left shoulder. */
const gradient = (colour: string): string =>
  `<radialGradient id="${gradientId(colour)}" cx="0.36" cy="0.3" r="0.75"><stop offset="0" stop-color="${mix(colour, "#ffffff", 0.55)}"/><stop offset="0.45" stop-color="${colour}"/><stop offset="1" stop-color="${mix(colour, "#000000", 0.4)}"/></radialGradient>`;

function element(primitive: Primitive): string {
  const { item, opacity } = primitive;
  const common = `${item ? ` data-item="${escapeMarkup(item)}"` : ""}${opacity < 1 ? ` opacity="${n(opacity)}"` : ""}`;
  switch (primitive.kind) {
    case "polygons": {
      const { rings, fill, stroke } = primitive;
      const line = stroke ? ` stroke="${stroke.colour}" stroke-width="${n(stroke.width)}" stroke-linejoin="round"` : "";
      return `<path${common} d="${rings.map((ring) => `${path(ring)}Z`).join("")}" fill="${fill}"${line}/>`;
    }
    case "lines": {
      const { chains, colour, width, cap, dash } = primitive;
      const dashes = dash ? ` stroke-dasharray="${dash.join(" ")}"` : "";
      return `<path${common} d="${chains.map(path).join("")}" fill="none" stroke="${colour}" stroke-width="${n(width)}" stroke-linecap="${dash ? "butt" : cap}" stroke-linejoin="round"${dashes}/>`;
    }
    case "disc": {
      const { centre, radius, colour, outline } = primitive;
      return `<circle${common} cx="${n(centre[0])}" cy="${n(centre[1])}" r="${n(radius)}" fill="url(#${gradientId(colour)})" stroke="${outline}" stroke-width="${OUTLINE_px}"/>`;
    }
    case "text": {
      const { at, text, size_px, isBold, colour, halo } = primitive;
      const bold = isBold ? ' font-weight="600"' : "";
      return `<text${common} x="${n(at[0])}" y="${n(at[1])}" font-size="${n(size_px)}"${bold} fill="${colour}" stroke="${halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${escapeMarkup(text)}</text>`;
    }
  }
}
