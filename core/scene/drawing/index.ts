export { drawScene, type PictureSize } from "./draw.ts";
export {
  type BaseColours,
  type ColourName,
  DARK_PALETTE,
  LIGHT_PALETTE,
  mix,
  type Palette,
  paletteOf,
} from "./palette.ts";
export type {
  DiscPrimitive,
  Drawing,
  LinesPrimitive,
  Point,
  PolygonsPrimitive,
  Primitive,
  TextPrimitive,
} from "./primitives.ts";
export * as styles from "./styles.ts";
export { drawingToSvg, type SvgOptions, sceneToSvg } from "./svg.ts";
export { baseFontSize } from "./textSize.ts";
