import { type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";
import { type Camera, type PicturePoint, type Projection, projectionOf } from "./camera.ts";
import type { PictureLayout } from "./pictureLayout.ts";
import type { Part, Scene, Shape, ViewName } from "./scene.ts";
import { boxCorners } from "./shapes.ts";

/** Parts beside the experiment stand this far in front of it, in scene units at zoom 1. */
const INSET_DEPTH = 60;
/** Space that is kept around the experiment for its texts. */
const LABEL_ROOM_px = 26;

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

/** The camera of a named view, drawn back so far that the boxes of the experiment and the anchors of its texts are seen. */
export const cameraOfView = (scene: Scene, view: ViewName, layout: PictureLayout): Camera =>
  fitted(scene, { eye: scene.views[view], up: [0, 0, 1], target: [0, 0, 0], zoom: 1 }, layout);

/** Points of a shape that have to be in the picture. */
function outermost(shape: Shape): readonly Vec3[] {
  if (shape.kind === "label") return [shape.at];
  return shape.kind === "box" ? boxCorners(shape.centre, shape.size, shape.rotation) : [];
}

function fitted(scene: Scene, camera: Camera, layout: PictureLayout): Camera {
  const { width, height, centre } = layout;
  const { project } = projectionOf({ ...camera, zoom: 1 }, layout);
  let zoom = camera.zoom;
  const shrink = (offset: number, before: number, after: number): void => {
    const room = (offset < 0 ? before : after) - LABEL_ROOM_px;
    if (Math.abs(offset) > room) zoom = Math.min(zoom, room / Math.abs(offset));
  };
  for (const { shape } of scene.parts.find(({ id }) => id === "experiment")?.items ?? []) {
    for (const point of outermost(shape)) {
      const { x, y } = project(point);
      shrink(x - centre.x, centre.x, width - centre.x);
      shrink(y - centre.y, centre.y, height - centre.y);
    }
  }
  return { ...camera, zoom };
}
