/** What a drawing consists of, in the order in which it is drawn. Pixels, y downwards; colours `#rrggbb`. */
export type Primitive = PolygonsPrimitive | LinesPrimitive | DiscPrimitive | TextPrimitive;

export type Point = readonly [number, number];

interface OfItem {
  /** The item of the scene that it belongs to; empty for what belongs to none. */
  readonly item: string;
  readonly opacity: number;
}

export interface PolygonsPrimitive extends OfItem {
  readonly kind: "polygons";
  readonly rings: readonly (readonly Point[])[];
  readonly fill: string;
  /** Absent: no line around it. */
  readonly stroke?: { readonly colour: string; readonly width: number };
}

export interface LinesPrimitive extends OfItem {
  readonly kind: "lines";
  readonly chains: readonly (readonly Point[])[];
  readonly colour: string;
  readonly width: number;
  /** Lengths of strokes and gaps; absent: solid. */
  readonly dash?: readonly [number, number];
  readonly cap: "round" | "butt";
}

/** A sphere; a renderer may shade it. */
export interface DiscPrimitive extends OfItem {
  readonly kind: "disc";
  readonly centre: Point;
  readonly radius: number;
  readonly colour: string;
  readonly outline: string;
}

export interface TextPrimitive extends OfItem {
  readonly kind: "text";
  /** Middle of the base line. */
  readonly at: Point;
  readonly text: string;
  readonly size_px: number;
  readonly isBold: boolean;
  readonly colour: string;
  /** Colour of the space kept around the letters. */
  readonly halo: string;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly background: string | null;
  readonly primitives: readonly Primitive[];
}
