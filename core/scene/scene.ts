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

export const VIEW_NAMES = [
  "home",
  "alongBeam",
  "againstBeam",
  "top",
  "side",
  "alongQ",
  "alongA",
  "alongB",
  "alongC",
] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

export type PartId = "experiment" | "crystalInside" | InsetId;
/** Parts that keep their place and size in the picture while the experiment is moved and zoomed. */
export type InsetId = "crystal" | "labFrame" | "sampleFrame" | "detector";

export interface Part {
  readonly id: PartId;
  /** Every item lies within this distance of the part's origin, in the part's own unit of length. */
  readonly radius: number;
  /** Rotates the coordinates of the items into the lab frame (X along the beam, Z up, Y = Z x X). */
  readonly toLab: Mat3;
  /** Name of the part, to stand below it. */
  readonly caption?: string;
  /** Present in a part that stands within the experiment: where its origin is, and how long its unit is drawn there. */
  readonly inScene?: { readonly centre: Vec3; readonly scale: number };
  /** A flat figure: x of its items points to the right of the picture and y up, from wherever one looks. */
  readonly isFlat?: true;
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
  | "note"
  /** The part of the sample that the incident beam meets. */
  | "illuminated"
  | "facet"
  | "bond"
  | "polyhedron"
  | "latticePlane"
  | "lens"
  | "detector"
  /** Dimension lines, scale breaks and the direct beam's way past the lens. */
  | "dimension"
  | "rotationAxis"
  /** The travel of a stage between its limits. */
  | "limits"
  /** What does not fit: an axis beyond its limit, a lens in the direct beam. Never told by colour alone. */
  | "exceeded"
  | "pixel";

export interface Item {
  /** Unique within the scene and stable while inputs change. */
  readonly id: string;
  readonly role: Role;
  /** What it is, with its numbers: shown when it is pointed at. */
  readonly title: string;
  readonly shape: Shape;
  /** Colour of the element as `#rrggbb`: atoms, bonds and polyhedra. */
  readonly colour?: string;
  /** 1 or absent: as its role is drawn; less: faded. */
  readonly opacity?: number;
  /** Its place in the CIF. */
  readonly source?: TextRange;
  /** The field of the plan that it shows, as a dotted path: `sample.thickness_um`. */
  readonly field?: string;
  /** Real quantities, units in their names; drawn sizes may differ. */
  readonly data?: Readonly<Record<string, number | string>>;
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
  | { readonly kind: "segments"; readonly points: readonly Vec3[]; readonly line?: LineStyle }
  /** Flat faces as indices into `vertices`, counter-clockwise seen from outside; each face is convex. */
  | { readonly kind: "mesh"; readonly vertices: readonly Vec3[]; readonly faces: readonly (readonly number[])[] }
  | LabelShape;

/** Absent: solid. */
export type LineStyle = "dashed" | "dotted";

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
  /** Names nothing that is drawn at its anchor. */
  readonly isRemark?: true;
  /** Present: the text belongs to a face with this outward normal and is left out where that is turned away. */
  readonly facing?: Vec3;
  /** `strong` for quantities, `plain` for names, `quiet` for dimensions and remarks. */
  readonly weight: "strong" | "plain" | "quiet";
  /** Stands instead of the text where the experiment is drawn small. */
  readonly short?: string;
  /** Left out where the experiment is drawn small, `large`: unless it is drawn large. Absent: always of interest. */
  readonly detail?: "medium" | "large";
}

export interface LegendEntry {
  readonly element: string;
  /** `#rrggbb`. */
  readonly colour: string;
  /** Atoms of the element in one cell, occupancy counted. */
  readonly count: number;
}
