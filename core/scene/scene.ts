import type { Mat3, TextRange, Vec3 } from "../util/index.ts";

/**
 * The experiment as shapes that any renderer can draw: no colours of a theme, no pixels, no camera. A scene has parts;
 * each part has a place in the picture and all parts are seen from the same direction, so that orientations can be
 * compared between them.
 */
export interface Scene {
  readonly parts: readonly Part[];
  /** What the colours of the atoms mean, in order of the atom list. */
  readonly legend: readonly LegendEntry[];
  /** Where the eye stands for each named view: unit vectors of the lab frame, from the sample to the eye. */
  readonly views: Readonly<Record<ViewName, Vec3>>;
}

export const VIEW_NAMES = ["home", "alongBeam", "againstBeam", "top", "side", "alongQ"] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

export type PartId = "experiment" | "crystal" | "labFrame" | "sampleFrame";

export interface Part {
  readonly id: PartId;
  /** Every item lies within this distance of the part's origin, in the part's own unit of length. */
  readonly radius: number;
  /** Rotates the coordinates of the items into the lab frame (X along the beam, Z up, Y = Z x X). */
  readonly toLab: Mat3;
  /** Name of the part, to stand below it. */
  readonly caption?: string;
  readonly items: readonly Item[];
}

/** What an item stands for. A renderer maps it to a colour of the theme; atoms carry the colour of their element. */
export type Role =
  | "sample"
  | "exitFace"
  | "incidentBeam"
  | "transmittedBeam"
  | "diffractedBeam"
  | "k0"
  | "kh"
  | "Q"
  | "twoTheta"
  | "atom"
  | "cellEdge"
  | "axis1"
  | "axis2"
  | "axis3"
  | "stageFixed"
  | "stageMoving"
  | "mark"
  | "note";

export interface Item {
  /** Unique within the scene and stable while inputs change. */
  readonly id: string;
  readonly role: Role;
  /** What it is, with its numbers: shown when it is pointed at. */
  readonly title: string;
  readonly shape: Shape;
  /** Colour of the element as `#rrggbb`, atoms only. */
  readonly colour?: string;
  /** Its place in the CIF. */
  readonly source?: TextRange;
}

export type Shape =
  | { readonly kind: "box"; readonly centre: Vec3; readonly size: Vec3; readonly rotation: Mat3 }
  | { readonly kind: "sphere"; readonly centre: Vec3; readonly radius: number }
  | { readonly kind: "cylinder"; readonly from: Vec3; readonly to: Vec3; readonly radius: number }
  /** `double` has two heads: the arrows of the sample frame and of the lab frame differ without colour. */
  | {
      readonly kind: "arrow";
      readonly from: Vec3;
      readonly to: Vec3;
      readonly radius: number;
      readonly head: "single" | "double";
    }
  /** Straight lines between points 0 and 1, 2 and 3, ... */
  | { readonly kind: "segments"; readonly points: readonly Vec3[] }
  /** Flat faces as indices into `vertices`, counter-clockwise seen from outside; each face is convex. */
  | { readonly kind: "mesh"; readonly vertices: readonly Vec3[]; readonly faces: readonly (readonly number[])[] }
  | LabelShape;

export interface LabelShape {
  readonly kind: "label";
  readonly at: Vec3;
  /** Lines are separated by LF. */
  readonly text: string;
  /**
   * Direction from the anchor in which the text stands if there is room, in the coordinates of the part; `aside` is
   * the side of the picture on which the anchor stands, the right one by preference.
   */
  readonly away: Vec3 | "aside";
  /** Distance from the anchor that is kept free, in the part's unit of length. */
  readonly standOff?: number;
  /** `strong` for quantities, `plain` for names, `quiet` for dimensions and remarks. */
  readonly weight: "strong" | "plain" | "quiet";
}

export interface LegendEntry {
  readonly element: string;
  /** `#rrggbb`. */
  readonly colour: string;
  /** Atoms of the element in one cell, occupancy counted. */
  readonly count: number;
}
