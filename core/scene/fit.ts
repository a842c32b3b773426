import { type Vec3, vec3 } from "../util/index.ts";
import { type Camera, projectionOf } from "./camera.ts";
import type { PictureLayout } from "./pictureLayout.ts";
import type { InsetId, Scene, Shape, ViewName } from "./scene.ts";
import { boxCorners, midpoint } from "./shapes.ts";

/** Sine of the elevation above which Z would lie along the line of sight rather than stand upright. */
const STEEP = 0.86;
/** Space that is kept around the experiment for its texts. */
const LABEL_ROOM_px = 26;
/** Space below the crystal for its caption and legend. */
const LEGEND_px = 36;
/** What a picture is worth, as a part, in which the experiment runs into what stands beside it. */
const COLLIDING = 0.6;

/** The camera of a named view. */
export const cameraOfView = (scene: Scene, view: ViewName, layout: PictureLayout): Camera =>
  cameraFrom(scene, scene.views[view], layout);

/**
 * The camera that looks from a direction of the lab frame at the sample. The experiment is moved and drawn smaller as far
 * as its boxes and the anchors of its texts need it to be seen, clear of the parts beside it where it can be. Z stands
 * upright; from steeply above or below X points to the right.
 */
export function cameraFrom(scene: Scene, eye: Vec3, layout: PictureLayout): Camera {
  const height = vec3.normalize(eye)[2];
  const up: Vec3 = Math.abs(height) > STEEP ? [0, Math.sign(height), 0] : [0, 0, 1];
  const camera: Camera = { eye, up, target: [0, 0, 0], zoom: 1 };
  const points = outermostPoints(scene, camera, layout);
  if (points.length === 0) return camera;
  const insets = insetsOf(scene, layout);
  let best = camera;
  let most = 0;
  for (const region of regionsOf(layout, insets)) {
    const { zoom, x, y } = placedIn(region, points, layout);
    const isColliding = points.some(
      (point) => point.isSolid && insets.some((inset) => isWithin(inset, x + zoom * point.x, y + zoom * point.y)),
    );
    const worth = zoom * (isColliding ? COLLIDING : 1);
    if (worth <= most + 1e-9) continue;
    most = worth;
    const shift = [(x - layout.centre.x) / layout.width, (y - layout.centre.y) / layout.height] as const;
    best = { ...camera, zoom, ...((shift[0] !== 0 || shift[1] !== 0) && { shift }) };
  }
  return best;
}

interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
interface OutermostPoint {
  /** Pixels to the right of the target and below it, at zoom 1. */
  readonly x: number;
  readonly y: number;
  /** Of something that is drawn, not of a text. */
  readonly isSolid: boolean;
}

function outermostPoints(scene: Scene, camera: Camera, layout: PictureLayout): readonly OutermostPoint[] {
  const { project } = projectionOf(camera, layout);
  const experiment = scene.parts.find(({ id }) => id === "experiment");
  return (experiment?.items ?? []).flatMap(({ shape }) =>
    outermost(shape).map((point) => {
      const { x, y } = project(point);
      return { x: x - layout.centre.x, y: y - layout.centre.y, isSolid: shape.kind === "box" };
    }),
  );
}

/** Points of a shape that have to be in the picture. */
function outermost(shape: Shape): readonly Vec3[] {
  if (shape.kind === "label") return [shape.at];
  if (shape.kind !== "box") return [];
  const corners = boxCorners(shape.centre, shape.size, shape.rotation);
  return [...corners, ...[0, 2, 4, 6].map((i) => midpoint(corners[i]!, corners[i + 1]!))];
}

/** What stands beside the experiment, with what is written below it. */
function insetsOf(scene: Scene, { insets }: PictureLayout): readonly (Bounds & { readonly id: InsetId })[] {
  return scene.parts.flatMap(({ id }) => {
    if (id === "experiment" || id === "crystalInside") return [];
    const { x, y, radius } = insets[id];
    return [{ id, left: x - radius, right: x + radius, top: y - radius, bottom: y + radius + LEGEND_px }];
  });
}

/** The whole picture, and what is left of it beside the crystal, below it and above what stands at the lower edge. */
function regionsOf({ width, height }: PictureLayout, insets: ReturnType<typeof insetsOf>): readonly Bounds[] {
  const whole: Bounds = { left: 0, right: width, top: 0, bottom: height };
  const crystal = insets.find(({ id }) => id === "crystal");
  const below = insets.filter(({ id }) => id !== "crystal").map(({ top }) => top);
  const above = { bottom: Math.min(height, ...below) };
  const beside = crystal ? [{}, { left: crystal.right }, { top: crystal.bottom }] : [{}];
  return beside.flatMap((free) => [
    { ...whole, ...free },
    { ...whole, ...free, ...above },
  ]);
}

/** The zoom at which the points fit into a region, and where the target then stands: as near to its usual place as it can. */
function placedIn(
  region: Bounds,
  points: readonly OutermostPoint[],
  { centre }: PictureLayout,
): { readonly zoom: number; readonly x: number; readonly y: number } {
  const axis = (name: "x" | "y", low: number, high: number) => {
    const values = points.map((point) => point[name]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const room = Math.max(1, high - low - 2 * LABEL_ROOM_px);
    const at = (zoom: number): number =>
      Math.min(Math.max(centre[name], low + LABEL_ROOM_px - zoom * least), high - LABEL_ROOM_px - zoom * most);
    return { zoom: room / Math.max(1e-9, most - least), at };
  };
  const [x, y] = [axis("x", region.left, region.right), axis("y", region.top, region.bottom)];
  const zoom = Math.min(1, x.zoom, y.zoom);
  return { zoom, x: x.at(zoom), y: y.at(zoom) };
}

const isWithin = ({ left, right, top, bottom }: Bounds, x: number, y: number): boolean =>
  x > left && x < right && y > top && y < bottom;
