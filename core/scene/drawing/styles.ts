import type { Role } from "../scene.ts";

/** What is seen through: opacity of its surfaces. Every renderer uses the same. */
export const GLASS: Partial<Record<Role, number>> = {
  sample: 0.06,
  exitFace: 0.14,
  facet: 0.1,
  illuminated: 0.85,
  incidentBeam: 0.75,
  transmittedBeam: 0.3,
  diffractedBeam: 0.6,
  polyhedron: 0.35,
  latticePlane: 0.25,
  lens: 0.3,
  detector: 0.5,
};

export const LINE_WIDTH_px: Partial<Record<Role, number>> = {
  twoTheta: 2,
  mark: 2,
  cellEdge: 1.4,
  sample: 1.6,
  stageFixed: 1.1,
  stageMoving: 1.1,
  dimension: 1.1,
  limits: 2,
  exceeded: 2.6,
  rotationAxis: 1.2,
};
export const DEFAULT_LINE_WIDTH_px = 1.5;
export const DASHES_px = { dashed: [6, 4], dotted: [1.5, 3.5] } as const;

/** Faces whose edges are drawn as lines: the line's role or colour is that of the item. */
export const OUTLINED: ReadonlySet<Role> = new Set([
  "sample",
  "stageFixed",
  "stageMoving",
  "illuminated",
  "lens",
  "detector",
  "polyhedron",
]);
export const isStage = (role: Role): boolean => role === "stageFixed" || role === "stageMoving";

/** Arrow heads in radii of their shaft. */
export const HEAD_LENGTH = 7;
export const HEAD_RADIUS = 2.6;
/** Edges between faces that meet at a smaller angle are not drawn. */
export const EDGE_ANGLE_deg = 30;
