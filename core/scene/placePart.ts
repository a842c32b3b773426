import { type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";
import type { PicturePoint, Projection } from "./camera.ts";
import type { PictureLayout } from "./pictureLayout.ts";
import type { Part } from "./scene.ts";

/** Parts beside the experiment stand this far in front of it, in scene units at zoom 1. */
const INSET_DEPTH = 60;

/** Where a part stands: `centre + scale rotation x` is the point x of the part, lab frame, scene units. */
export interface PartPlacement {
  readonly rotation: Mat3;
  readonly centre: Vec3;
  readonly scale: number;
}

export function placePart(part: Part, projection: Projection, layout: PictureLayout): PartPlacement {
  if (part.id === "experiment") return { rotation: part.toLab, centre: [0, 0, 0], scale: 1 };
  if (part.id === "crystalInside") {
    const { centre, scale } = part.inScene ?? { centre: [0, 0, 0], scale: 1 };
    return { rotation: part.toLab, centre, scale };
  }
  const { x, y, radius } = layout.insets[part.id];
  const { right, up, toEye } = projection;
  return {
    rotation: part.isFlat ? mat3.transpose([right, up, toEye]) : part.toLab,
    centre: projection.unproject({ x, y, depth: INSET_DEPTH }),
    scale: radius / part.radius / projection.pixelsPerUnit,
  };
}

/** A point of a part in the lab frame, scene units. */
export const inLab = ({ rotation, centre, scale }: PartPlacement, point: Vec3): Vec3 =>
  vec3.add(centre, vec3.scale(mat3.multiplyVector(rotation, point), scale));

/** Pixels of a point of a part. */
export const projectFrom = (placement: PartPlacement, projection: Projection, point: Vec3): PicturePoint =>
  projection.project(inLab(placement, point));
