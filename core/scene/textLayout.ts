import { mat3, type Vec3, vec3 } from "../util/index.ts";
import type { Projection } from "./camera.ts";
import { columnShifts } from "./column.ts";
import { coverOf } from "./drawn.ts";
import { leaderOf, type PicturePlace } from "./leader.ts";
import type { PictureLayout } from "./pictureLayout.ts";
import { type LabelRequest, placeLabels, type Rectangle, type Spot } from "./placement.ts";
import { type PartPlacement, placePart, projectFrom } from "./placePart.ts";
import type { InsetId, Item, LabelShape, Part, Scene } from "./scene.ts";

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

/** Where the texts stand. A label for which there is no room is left out. */
export interface TextLayout {
  /** By the id of the item. */
  readonly labels: ReadonlyMap<string, PlacedText>;
  /** Names of the parts. */
  readonly captions: ReadonlyMap<InsetId, PlacedText>;
  readonly legend: Rectangle | undefined;
  /** How the labels stand to what they name. */
  readonly spots: ReadonlyMap<string, Spot>;
}

const RANKS: Readonly<Record<LabelShape["weight"], number>> = { strong: 0, plain: 1, quiet: 2 };
/** What the place of a text may cost: rather none than one that hides what carries the picture. */
const MOST: Readonly<Record<LabelShape["weight"], number>> = { strong: Number.POSITIVE_INFINITY, plain: 60, quiet: 35 };
/** An anchor farther to the left of its part than this, in scene units, has its text on the left. */
const LEFT_SIDE = 0.35;
/** One that stood on a side stays there until its anchor is so much farther. */
const STAYS_ASIDE = 0.3;
/** Space between a part beside the experiment and the texts below it. */
const CAPTION_GAP_px = 4;
const CAPTION_ROOM_px = 8;
const EDGE_px = 2;
/** A scene unit as long as this has room for every word, or for every detail. */
const MEDIUM_px = 62;
const LARGE_px = 78;

/**
 * Places all texts of a scene so that none overlaps another or an inset, or leaves the picture.
 * @param former of the picture before this one, while it is turned: texts keep their sides as far as they can
 */
export function layoutTexts(
  scene: Scene,
  projection: Projection,
  layout: PictureLayout,
  measure: TextMeasure,
  former?: TextLayout,
): TextLayout {
  const captions = new Map<InsetId, PlacedText>();
  let legend: Rectangle | undefined;
  const insets: Rectangle[] = [];
  const fixed: Rectangle[] = [];
  const insetRequests: TextRequest[] = [];
  const requests: TextRequest[] = [];
  for (const part of scene.parts) {
    const own = labelRequests(part, projection, layout, measure, former);
    if (part.id === "experiment" || part.id === "crystalInside") {
      requests.push(...inColumns(own));
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
  const cover = coverOf(scene, projection, layout);
  const around = { cover, ...(former && { former: former.spots }) };
  const insetLabels = placeLabels(insetRequests, layout, { ...around, taken: fixed });
  const taken = [...insets, ...fixed.map(withRoom), ...insetLabels.values()];
  const spots = new Map([...insetLabels, ...placeLabels(requests, layout, { ...around, taken })]);
  const all = [...spots.values(), ...fixed];
  const texts = [...insetRequests, ...requests].flatMap((request): readonly (readonly [string, PlacedText])[] => {
    const spot = spots.get(request.id);
    if (!spot) return [];
    const { left, top, width, height } = spot;
    const leader = leaderOf(request, spot, all);
    return [[request.id, { left, top, width, height, text: request.text, ...(leader && { leader }) }]];
  });
  return { labels: new Map(texts), captions, legend, spots };
}

interface TextRequest extends LabelRequest {
  readonly text: string;
}

/** A text that stood close to a caption would be read as part of it. */
const withRoom = ({ left, top, width, height }: Rectangle): Rectangle => ({
  left: left - CAPTION_ROOM_px,
  top,
  width: width + 2 * CAPTION_ROOM_px,
  height: height + CAPTION_ROOM_px / 2,
});

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

function labelRequests(
  part: Part,
  projection: Projection,
  layout: PictureLayout,
  measure: TextMeasure,
  former: TextLayout | undefined,
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
        away:
          shape.away === "aside"
            ? [asideOf((at.x - origin.x) / pixelsPerUnit, former?.spots.get(id)), 0]
            : awayInPicture(shape.away, placement, projection),
        standOff: (shape.standOff ?? 0) * placement.scale * projection.pixelsPerUnit,
        most: MOST[shape.weight],
        rank: RANKS[shape.weight] + Math.min(0.5, text.length / 60) - Math.atan(at.depth) / (2 * Math.PI),
        ...(shape.away === "aside" && { mayCover: true }),
        ...((shape.isRemark || part.id !== "experiment") && { isRemark: true }),
      },
    ];
  });
}

/** Sine of the angle at which a face is seen edge on. */
const EDGE_ON = 0.02;
const isTurnedAway = (facing: Vec3, { rotation }: PartPlacement, { toEye }: Projection): boolean =>
  vec3.dot(mat3.multiplyVector(rotation, facing), toEye) < EDGE_ON;

function awayInPicture(away: Vec3, { rotation }: PartPlacement, { right, up }: Projection): readonly [number, number] {
  const direction = mat3.multiplyVector(rotation, away);
  return [vec3.dot(direction, right), -vec3.dot(direction, up)];
}

/** On which side of its part a text stands whose anchor is so far to the right: the former one as long as it may. */
function asideOf(fromOrigin: number, former: Spot | undefined): -1 | 1 {
  const wasLeft = former && Math.cos(former.direction) < 0;
  const edge = -LEFT_SIDE + (former ? (wasLeft ? STAYS_ASIDE : -STAYS_ASIDE) : 0);
  return fromOrigin < edge ? -1 : 1;
}

/** The texts that stand aside, moved up and down so that those of one side have room. */
function inColumns(requests: readonly TextRequest[]): readonly TextRequest[] {
  const shifts = new Map<TextRequest, number>();
  for (const side of [-1, 1]) {
    const column = requests.filter(({ mayCover, away }) => mayCover && away[0] === side);
    columnShifts(column).forEach((shift, i) => {
      shifts.set(column[i]!, shift);
    });
  }
  return requests.map((request) => ({ ...request, shift: shifts.get(request) ?? 0 }));
}
