import { Vector3 } from "three";
import {
  type Item,
  type LabelRequest,
  type LabelShape,
  type LegendEntry,
  type Part,
  type PictureLayout,
  placeLabels,
  type Rectangle,
} from "../../../core/scene/index.ts";
import type { Projection } from "./camera.ts";
import type { PartView } from "./parts.ts";

/** Texts over the picture: DOM elements, so that they follow the theme and its fonts. */
export interface LabelLayer {
  /** New texts; nothing is moved until `place`. */
  update(parts: readonly Part[], legend: readonly LegendEntry[]): void;
  place(parts: readonly PartView[], projection: Projection, layout: PictureLayout): void;
  /** Sizes of texts are measured again: fonts have changed. */
  forgetSizes(): void;
  dispose(): void;
}

interface Text {
  readonly element: HTMLElement;
  item: Item;
  size: { readonly width: number; readonly height: number } | undefined;
}

const RANKS: Readonly<Record<LabelShape["weight"], number>> = { strong: 0, plain: 1, quiet: 2 };
/** An anchor farther to the left of its part than this, in scene units, has its text on the left. */
const LEFT_SIDE = 0.35;
/** Space between a part beside the experiment and the texts below it. */
const CAPTION_GAP_px = 4;

export function createLabelLayer(container: HTMLElement): LabelLayer {
  const layer = document.createElement("div");
  layer.className = "experiment-labels";
  layer.setAttribute("aria-hidden", "true");
  const legendElement = document.createElement("div");
  legendElement.className = "experiment-legend";
  layer.append(legendElement);
  container.append(layer);
  const texts = new Map<string, Text>();
  const captions = new Map<string, HTMLElement>();
  let shownLegend: readonly LegendEntry[] | undefined;

  const show = (id: string, item: Item, shape: LabelShape): void => {
    let text = texts.get(id);
    if (!text) {
      text = { element: document.createElement("span"), item, size: undefined };
      layer.append(text.element);
      texts.set(id, text);
    }
    text.item = item;
    text.element.className = `experiment-label ${shape.weight}`;
    text.element.dataset["id"] = id;
    if (text.element.textContent === shape.text) return;
    text.element.textContent = shape.text;
    text.size = undefined;
  };

  const showCaption = (part: Part): void => {
    if (!part.caption) return;
    let element = captions.get(part.id);
    if (!element) {
      element = document.createElement("span");
      element.className = "experiment-label caption";
      layer.append(element);
      captions.set(part.id, element);
    }
    element.textContent = part.caption;
  };

  const requestsOf = (view: PartView, projection: Projection): readonly LabelRequest[] =>
    view.part.items.flatMap((item) => {
      const { shape } = item;
      const text = texts.get(item.id);
      if (shape.kind !== "label" || !text) return [];
      text.element.hidden = false;
      text.size ??= sizeOf(text.element);
      const at = projection.project(view.object.localToWorld(new Vector3(...shape.at)));
      const partScale = view.object.scale.x * projection.pixelsPerUnit;
      return [
        {
          id: item.id,
          x: at.x,
          y: at.y,
          ...text.size,
          away: awayOnScreen(shape.away, at.x, view, projection),
          standOff: (shape.standOff ?? 0) * partScale,
          rank: RANKS[shape.weight] - Math.atan(at.depth) / Math.PI,
        },
      ];
    });

  const placeFixed = (element: HTMLElement, x: number, y: number): Rectangle => {
    const { width, height } = sizeOf(element);
    const left = Math.max(2, x - width / 2);
    moveTo(element, left, y);
    return { left, top: y, width, height };
  };

  return {
    update(parts, legend) {
      const seen = new Set<string>();
      for (const part of parts) {
        showCaption(part);
        for (const item of part.items) {
          if (item.shape.kind !== "label") continue;
          seen.add(item.id);
          show(item.id, item, item.shape);
        }
      }
      for (const [id, { element }] of texts) {
        if (seen.has(id)) continue;
        element.remove();
        texts.delete(id);
      }
      if (legend === shownLegend) return;
      shownLegend = legend;
      legendElement.replaceChildren(...legend.map(legendEntry));
    },
    place(parts, projection, layout) {
      const insets: Rectangle[] = [];
      const captionsAndLegend: Rectangle[] = [];
      const insetRequests: LabelRequest[] = [];
      for (const view of parts) {
        const { id } = view.part;
        if (id === "experiment" || id === "crystalInside") continue;
        const { x, y, radius } = layout.insets[id];
        insets.push({ left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius });
        const requests = requestsOf(view, projection);
        insetRequests.push(...requests);
        const caption = captions.get(view.part.id);
        const lowest =
          view.part.id === "crystal" ? radius : Math.max(...requests.map((tip) => tip.y - y + tip.height / 2));
        let below = y + lowest + CAPTION_GAP_px;
        if (caption) {
          const rectangle = placeFixed(caption, x, below);
          captionsAndLegend.push(rectangle);
          below += rectangle.height;
        }
        if (view.part.id === "crystal") captionsAndLegend.push(placeFixed(legendElement, x, below));
      }
      const insetLabels = placeLabels(insetRequests, layout, captionsAndLegend);
      const experiment = parts.filter((view) => view.part.id === "experiment");
      const labels = placeLabels(
        experiment.flatMap((view) => requestsOf(view, projection)),
        layout,
        [...insets, ...captionsAndLegend, ...insetLabels.values()],
      );
      for (const [id, { element }] of texts) {
        const spot = labels.get(id) ?? insetLabels.get(id);
        element.hidden = !spot;
        if (spot) moveTo(element, spot.left, spot.top);
      }
    },
    forgetSizes() {
      for (const text of texts.values()) text.size = undefined;
    },
    dispose: () => layer.remove(),
  };
}

/** Whole pixels that hold the element; its own size may have fractions. */
function sizeOf(element: HTMLElement): { readonly width: number; readonly height: number } {
  const { width, height } = element.getBoundingClientRect();
  return { width: Math.ceil(width), height: Math.ceil(height) };
}

function awayOnScreen(
  away: LabelShape["away"],
  anchorX: number,
  view: PartView,
  projection: Projection,
): readonly [number, number] {
  if (away === "aside") {
    const origin = projection.project(view.object.position).x;
    return [anchorX < origin - LEFT_SIDE * projection.pixelsPerUnit ? -1 : 1, 0];
  }
  const direction = new Vector3(...away).applyQuaternion(view.object.quaternion);
  return [direction.dot(projection.right), -direction.dot(projection.up)];
}

function moveTo(element: HTMLElement, left: number, top: number): void {
  element.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
}

function legendEntry({ element, colour }: LegendEntry): HTMLElement {
  const entry = document.createElement("span");
  const swatch = document.createElement("span");
  swatch.className = "experiment-swatch";
  swatch.style.background = colour;
  entry.append(swatch, element);
  return entry;
}
