import type { ExperimentPlan, Geometry } from "../experiment/index.ts";
import { type Mat3, type Vec3, vec3 } from "../util/index.ts";
import { bodyOfCorners, type ConvexBody, clipBody, type HalfSpace } from "./convex.ts";
import { boxCorners } from "./shapes.ts";

/** The beam about lab X as half-spaces: `width` along lab Y, `height` along lab Z. */
export const beamPrism = (width: number, height: number): readonly HalfSpace[] => [
  { normal: [0, 1, 0], offset: width / 2 },
  { normal: [0, -1, 0], offset: width / 2 },
  { normal: [0, 0, 1], offset: height / 2 },
  { normal: [0, 0, -1], offset: height / 2 },
];

/** The part of a box about the origin that a beam along lab X meets, lab frame, in the unit of the arguments. */
export const illuminatedBody = (size: Vec3, sampleToLab: Mat3, width: number, height: number): ConvexBody =>
  clipBody(bodyOfCorners(boxCorners([0, 0, 0], size, sampleToLab)), beamPrism(width, height));

/** The illuminated volume as it is, in um. */
export const illuminatedBody_um = (
  { sample, beam }: ExperimentPlan,
  sampleToLab: Geometry["sampleToLab"],
): ConvexBody =>
  illuminatedBody([sample.thickness_um, sample.width_um, sample.height_um], sampleToLab, beam.width_um, beam.height_um);

/** Extent of a body along a direction. */
export function extentAlong(body: ConvexBody, direction: Vec3): number {
  const along = body.flat().map((point) => vec3.dot(direction, point));
  return along.length === 0 ? 0 : Math.max(...along) - Math.min(...along);
}
