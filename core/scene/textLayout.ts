import { mat3, type Vec3, vec3 } from "../util/index.ts";
import type { Projection } from "./camera.ts";
import type { PictureLayout } from "./pictureLayout.ts";
import { type LabelRequest, placeLabels, type Rectangle } from "./placement.ts";
import { type PartPlacement, placePart, projectFrom } from "./placePart.ts";
import type { InsetId, Item, LabelShape, Part, Role, Scene } from "./scene.ts";
import { boxCorners, midpoint } from "./shapes.ts";

export type TextStyle = LabelShape["weight"] | "caption";
export interface TextSize {
  readonly width: number;
  readonly height: number;
}

/** How large the texts of a renderer are, in pixels. */
export interface TextMeasure {
  text(text: string, style: TextStyle): TextSize;
  legend(scene: Scene): TextSize;
}

/** Where the texts stand. A label for which there is no room is left out. */
export interface TextLayout {
  /** By the id of the item. */
  readonly labels: ReadonlyMap<string, Rectangle>;
  /** Names of the parts. */
  readonly captions: ReadonlyMap<InsetId, Rectangle>;
  readonly legend: Rectangle | undefined;
}

const RANKS: Readonly<Record<LabelShape["weight"], number>> = { strong: 0, plain: 1, quiet: 2 };
/** An anchor farther to the left of its part than this, in scene units, has its text on the left. */
const LEFT_SIDE = 0.35;
/** Space between a part beside the experiment and the texts below it. */
const CAPTION_GAP_px = 4;
const EDGE_px = 2;

/** Places all texts of a scene so that none overlaps another or an inset, or leaves the picture. */
export function layoutTexts(
  scene: Scene,
  projection: Projection,
  layout: PictureLayout,
  measure: TextMeasure,
): TextLayout {
  const captions = new Map<InsetId, Rectangle>();
  let legend: Rectangle | undefined;
  const insets: Rectangle[] = [];
  const fixed: Rectangle[] = [];
  const insetRequests: LabelRequest[] = [];
  const requests: LabelRequest[] = [];
  for (const part of scene.parts) {
    const own = labelRequests(part, projection, layout, measure);
    if (part.id === "experiment" || part.id === "crystalInside") {
      requests.push(...own);
      continue;
    }
    const { x, y, radius } = layout.insets[part.id];
    insets.push({ left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius });
    insetRequests.push(...own);
    const isTriad = part.id === "labFrame" || part.id === "sampleFrame";
    const lowest = isTriad ? Math.max(0, ...own.map((tip) => tip.y - y + tip.height / 2)) : radius;
    let below = y + lowest + CAPTION_GAP_px;
    const centred = ({ width, height }: TextSize): Rectangle => ({
      left: Math.min(Math.max(EDGE_px, x - width / 2), Math.max(EDGE_px, layout.width - width - EDGE_px)),
      top: below,
      width,
      height,
    });
    if (part.caption) {
      const rectangle = centred(measure.text(part.caption, "caption"));
      captions.set(part.id, rectangle);
      fixed.push(rectangle);
      below += rectangle.height;
    }
    if (part.id === "crystal") {
      legend = centred(measure.legend(scene));
      fixed.push(legend);
    }
  }
  const insetLabels = placeLabels(insetRequests, layout, fixed);
  const labels = placeLabels(
    requests,
    layout,
    [...insets, ...fixed, ...insetLabels.values()],
    drawnPoints(scene, projection),
  );
  return { labels: new Map([...insetLabels, ...labels]), captions, legend };
}

/** Distance of the points that stand for a line [px]. */
const POINT_EVERY_px = 9;

/** Points of the lines that carry the picture: beams, vectors, edges of the sample, arcs. */
function drawnPoints(scene: Scene, { project }: Projection): readonly (readonly [number, number])[] {
  const points: (readonly [number, number])[] = [];
  const line = (from: Vec3, to: Vec3): void => {
    const [a, b] = [project(from), project(to)];
    const steps = Math.min(80, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / POINT_EVERY_px));
    for (let i = 0; i <= steps; i++) {
      points.push([a.x + ((b.x - a.x) * i) / Math.max(1, steps), a.y + ((b.y - a.y) * i) / Math.max(1, steps)]);
    }
  };
  for (const { shape, role } of scene.parts.find(({ id }) => id === "experiment")?.items ?? []) {
    if (shape.kind === "arrow") line(shape.from, shape.to);
    else if (shape.kind === "segments") {
      for (let i = 0; i + 1 < shape.points.length; i += 2) line(shape.points[i]!, shape.points[i + 1]!);
    } else if (shape.kind === "box") {
      const corners = boxCorners(shape.centre, shape.size, shape.rotation);
      if (BEAMS.has(role)) line(midpoint(corners[0]!, corners[6]!), midpoint(corners[1]!, corners[7]!));
      else for (const [a, b] of BOX_EDGES) line(corners[a]!, corners[b]!);
    }
  }
  return points;
}

const BEAMS: ReadonlySet<Role> = new Set(["incidentBeam", "transmittedBeam", "diffractedBeam"]);
const BOX_EDGES: readonly (readonly [number, number])[] = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((i) =>
  [1, 2, 4].filter((bit) => !(i & bit)).map((bit) => [i, i | bit] as const),
);

function labelRequests(
  part: Part,
  projection: Projection,
  layout: PictureLayout,
  measure: TextMeasure,
): readonly LabelRequest[] {
  const placement = placePart(part, projection, layout);
  const origin = projectFrom(placement, projection, [0, 0, 0]);
  return part.items.flatMap(({ id, shape }: Item) => {
    if (shape.kind !== "label") return [];
    if (shape.facing && isTurnedAway(shape.facing, placement, projection)) return [];
    const at = projectFrom(placement, projection, shape.at);
    return [
      {
        id,
        x: at.x,
        y: at.y,
        ...measure.text(shape.text, shape.weight),
        away: awayInPicture(shape.away, at.x - origin.x, placement, projection),
        standOff: (shape.standOff ?? 0) * placement.scale * projection.pixelsPerUnit,
        rank: RANKS[shape.weight] - Math.atan(at.depth) / Math.PI,
        ...(shape.away === "aside" && { mayCover: true }),
      },
    ];
  });
}

/** Sine of the angle at which a face is seen edge on. */
const EDGE_ON = 0.02;
const isTurnedAway = (facing: Vec3, { rotation }: PartPlacement, { toEye }: Projection): boolean =>
  vec3.dot(mat3.multiplyVector(rotation, facing), toEye) < EDGE_ON;

function awayInPicture(
  away: LabelShape["away"],
  fromOrigin_px: number,
  { rotation }: PartPlacement,
  { right, up, pixelsPerUnit }: Projection,
): readonly [number, number] {
  if (away === "aside") return [fromOrigin_px < -LEFT_SIDE * pixelsPerUnit ? -1 : 1, 0];
  const direction = mat3.multiplyVector(rotation, away);
  return [vec3.dot(direction, right), -vec3.dot(direction, up)];
}
