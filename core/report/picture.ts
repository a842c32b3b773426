/** A flat drawing that every writer can put on its page: lengths in units of the drawing, x to the right, y downwards. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** What it shows, in words. */
  readonly title: string;
  /** Drawn in this order. */
  readonly marks: readonly Mark[];
}

export type Point = readonly [number, number];

export type Mark = LineMark | AreaMark | CircleMark | TextMark;

export interface LineMark {
  readonly kind: "line";
  readonly points: readonly Point[];
  /** `#rrggbb`. */
  readonly colour: string;
  readonly width: number;
  /** Lengths of strokes and gaps in turn. */
  readonly dash?: readonly number[];
}

export interface AreaMark {
  readonly kind: "area";
  readonly points: readonly Point[];
  readonly fill: string;
  /** 0 to 1; absent: opaque. */
  readonly opacity?: number;
  readonly outline?: { readonly colour: string; readonly width: number };
}

export interface CircleMark {
  readonly kind: "circle";
  readonly centre: Point;
  readonly radius: number;
  readonly fill: string;
  readonly outline?: { readonly colour: string; readonly width: number };
}

export interface TextMark {
  readonly kind: "text";
  /** On the base line. */
  readonly at: Point;
  readonly text: string;
  /** Height of the font. */
  readonly size: number;
  readonly anchor: "start" | "middle" | "end";
  readonly colour: string;
  readonly bold?: boolean;
  /** Counter-clockwise about `at`. */
  readonly rotation_deg?: number;
  /** The same text in pieces, where some stand below the line. */
  readonly runs?: readonly { readonly text: string; readonly isSubscript?: true }[];
}

/** Height of a subscript, and how far it stands below the line, in heights of the font. */
export const SUBSCRIPT = { size: 0.7, drop: 0.25 } as const;

/** Colours of drawings on paper: readable in black and white as well. */
export const INK = {
  text: "#000000",
  quiet: "#555555",
  axis: "#333333",
  grid: "#d9d9d9",
  curve: "#1f4e9c",
  chosen: "#c03000",
} as const;
