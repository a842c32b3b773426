import { mat3, type Vec3, vec3 } from "../util/index.ts";
import type { Projection } from "./camera.ts";
import { isStage } from "./drawing/styles.ts";
import type { PictureLayout } from "./pictureLayout.ts";
import { type LabelRequest, overlap, placeLabels, type Rectangle } from "./placement.ts";
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

/** A text in its place. */
export interface PlacedText extends Rectangle {
  readonly text: string;
  /** A line to what it names, where that is not beside it: pixels. */
  readonly leader?: readonly [PicturePlace, PicturePlace];
}
export type PicturePlace = readonly [number, number];

/** Where the texts stand. A label for which there is no room is left out. */
export interface TextLayout {
  /** By the id of the item. */
  readonly labels: ReadonlyMap<string, PlacedText>;
  /** Names of the parts. */
  readonly captions: ReadonlyMap<InsetId, PlacedText>;
  readonly legend: Rectangle | undefined;
}

const RANKS: Readonly<Record<LabelShape["weight"], number>> = { strong: 0, plain: 1, quiet: 2 };
/** An anchor farther to the left of its part than this, in scene units, has its text on the left. */
const LEFT_SIDE = 0.35;
/** Space between a part beside the experiment and the texts below it. */
const CAPTION_GAP_px = 4;
const EDGE_px = 2;
/** A scene unit as long as this has room for every word, or for every detail. */
const MEDIUM_px = 62;
const LARGE_px = 78;
/** A leader ends at this part of the distance that its text keeps, and is drawn if it is longer than this. */
const LEADER_END = 0.5;
const SHORTEST_LEADER_px = 12;

/** Places all texts of a scene so that none overlaps another or an inset, or leaves the picture. */
export function layoutTexts(
  scene: Scene,
  projection: Projection,
  layout: PictureLayout,
  measure: TextMeasure,
): TextLayout {
  const captions = new Map<InsetId, PlacedText>();
  let legend: Rectangle | undefined;
  const insets: Rectangle[] = [];
  const fixed: Rectangle[] = [];
  const insetRequests: TextRequest[] = [];
  const requests: TextRequest[] = [];
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
    const lowest = isTriad
      ? Math.max(0, ...own.map((tip) => tip.y - y + tip.height / 2))
      : part.isFlat
        ? (lowestOf(part) * radius) / part.radius
        : radius;
    let below = y + lowest + CAPTION_GAP_px;
    const centred = ({ width, height }: TextSize): Rectangle => ({
      left: Math.min(Math.max(EDGE_px, x - width / 2), Math.max(EDGE_px, layout.width - width - EDGE_px)),
      top: below,
      width,
      height,
    });
    const caption = part.caption && captionText(part.caption, projection);
    if (caption) {
      const rectangle = centred(measure.text(caption, "caption"));
      captions.set(part.id, { ...rectangle, text: caption });
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
  const rectangles = new Map([...insetLabels, ...labels]);
  const texts = [...insetRequests, ...requests].flatMap((request): readonly (readonly [string, PlacedText])[] => {
    const rectangle = rectangles.get(request.id);
    if (!rectangle) return [];
    const leader = request.mayCover ? leaderOf(request, rectangle, [...rectangles.values(), ...fixed]) : null;
    return [[request.id, { ...rectangle, text: request.text, ...(leader && { leader }) }]];
  });
  return { labels: new Map(texts), captions, legend };
}

interface TextRequest extends LabelRequest {
  readonly text: string;
}

/** In a small picture the name of a part without what is told of it. */
const captionText = (caption: string, { pixelsPerUnit }: Projection): string =>
  pixelsPerUnit < MEDIUM_px ? caption.split("\n", 1)[0]! : caption;

/** How far a flat figure reaches below its origin, in its own unit. */
const lowestOf = (part: Part): number =>
  Math.max(
    0,
    ...part.items.flatMap(({ shape }) => {
      if (shape.kind === "mesh") return shape.vertices.map(([, y]) => -y);
      return shape.kind === "segments" ? shape.points.map(([, y]) => -y) : [];
    }),
  );

/** From the side of a text that is nearer to what it names, towards that; none across other texts. */
function leaderOf(
  { x, y, standOff = 0 }: LabelRequest,
  own: Rectangle,
  texts: readonly Rectangle[],
): readonly [PicturePlace, PicturePlace] | null {
  const side = x < own.left ? own.left - EDGE_px : x > own.left + own.width ? own.left + own.width + EDGE_px : null;
  if (side === null) return null;
  const start: PicturePlace = [side, Math.min(Math.max(y, own.top + own.height / 4), own.top + (3 * own.height) / 4)];
  const length = Math.hypot(x - start[0], y - start[1]);
  const drawn = length - LEADER_END * standOff;
  if (drawn < SHORTEST_LEADER_px) return null;
  const at = (part: number): PicturePlace => [start[0] + part * (x - start[0]), start[1] + part * (y - start[1])];
  const steps = Math.ceil(drawn / POINT_EVERY_px);
  const isFree = Array.from({ length: steps }, (_, i) => at(((i + 1) / steps) * (drawn / length))).every(
    ([left, top]) => !texts.some((other) => other !== own && overlap(other, { left, top, width: 0.1, height: 0.1 })),
  );
  return isFree ? [start, at(drawn / length)] : null;
}

/** Distance of the points that stand for a line [px]. */
const POINT_EVERY_px = 9;

/** Points of what carries the picture: beams, vectors, the sample, arcs, stages. */
function drawnPoints(scene: Scene, { project }: Projection): readonly (readonly [number, number])[] {
  const points: (readonly [number, number])[] = [];
  const line = (from: Vec3, to: Vec3): void => {
    const [a, b] = [project(from), project(to)];
    const steps = Math.min(80, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / POINT_EVERY_px));
    for (let i = 0; i <= steps; i++) {
      points.push([a.x + ((b.x - a.x) * i) / Math.max(1, steps), a.y + ((b.y - a.y) * i) / Math.max(1, steps)]);
    }
  };
  const point = (place: Vec3): void => {
    const { x, y } = project(place);
    points.push([x, y]);
  };
  for (const { shape, role } of scene.parts.find(({ id }) => id === "experiment")?.items ?? []) {
    if (shape.kind === "arrow") line(shape.from, shape.to);
    else if (shape.kind === "segments") {
      for (let i = 0; i + 1 < shape.points.length; i += 2) line(shape.points[i]!, shape.points[i + 1]!);
    } else if (shape.kind === "box") {
      const corners = boxCorners(shape.centre, shape.size, shape.rotation);
      if (BEAMS.has(role)) line(midpoint(corners[0]!, corners[6]!), midpoint(corners[1]!, corners[7]!));
      else for (const [a, b] of BOX_EDGES) line(corners[a]!, corners[b]!);
      if (role === "sample") for (const i of [0, 1, 2, 3]) line(corners[i]!, corners[7 - i]!);
    } else if (isStage(role) && shape.kind === "mesh") {
      for (const vertex of shape.vertices) point(vertex);
    } else if (isStage(role) && shape.kind === "cylinder") {
      line(shape.from, shape.to);
      for (const end of [shape.from, shape.to]) {
        for (const [u, v] of RIM) point(vec3.add(end, [u * shape.radius, v * shape.radius, 0]));
      }
    }
  }
  return points;
}

/** Points of a turntable, whose axis is upright as far as its rim matters here. */
const RIM = [0.5, 1].flatMap((radius) =>
  Array.from({ length: 12 }, (_, i): PicturePlace => {
    const angle = (i * Math.PI) / 6;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }),
);
const BEAMS: ReadonlySet<Role> = new Set(["incidentBeam", "transmittedBeam", "diffractedBeam"]);
const BOX_EDGES: readonly (readonly [number, number])[] = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((i) =>
  [1, 2, 4].filter((bit) => !(i & bit)).map((bit) => [i, i | bit] as const),
);

function labelRequests(
  part: Part,
  projection: Projection,
  layout: PictureLayout,
  measure: TextMeasure,
): readonly TextRequest[] {
  const placement = placePart(part, projection, layout);
  const origin = projectFrom(placement, projection, [0, 0, 0]);
  return part.items.flatMap(({ id, shape }: Item) => {
    if (shape.kind !== "label") return [];
    if (shape.facing && isTurnedAway(shape.facing, placement, projection)) return [];
    const { pixelsPerUnit } = projection;
    if (shape.detail && pixelsPerUnit < (shape.detail === "large" ? LARGE_px : MEDIUM_px)) return [];
    const text = pixelsPerUnit < MEDIUM_px ? (shape.short ?? shape.text) : shape.text;
    const at = projectFrom(placement, projection, shape.at);
    return [
      {
        id,
        text,
        x: at.x,
        y: at.y,
        ...measure.text(text, shape.weight),
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
