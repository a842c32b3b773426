import {
  type InsetId,
  type Item,
  type LabelShape,
  type LegendEntry,
  layoutTexts,
  type PictureLayout,
  type PlacedText,
  type Projection,
  type Rectangle,
  type Scene,
  type TextLayout,
  type TextMeasure,
} from "../../../core/scene/index.ts";

/** Texts over the picture: DOM elements, so that they follow the theme and its fonts. */
export interface LabelLayer {
  /** New texts; nothing is moved until `place`. */
  update(scene: Scene): void;
  /** Texts keep their sides from one picture to the next as far as they can. */
  place(scene: Scene, projection: Projection, layout: PictureLayout): void;
  /** The next picture is another one: its texts are placed as if it were the first. */
  forgetPlaces(): void;
  /** Sizes of texts are measured again: fonts have changed. */
  forgetSizes(): void;
  show(isShown: boolean): void;
  dispose(): void;
}

interface Text {
  readonly element: HTMLElement;
  item: Item;
}

const SVG = "http://www.w3.org/2000/svg";

export function createLabelLayer(container: HTMLElement): LabelLayer {
  const layer = document.createElement("div");
  layer.className = "experiment-labels";
  layer.setAttribute("aria-hidden", "true");
  const legendElement = document.createElement("div");
  legendElement.className = "experiment-legend";
  layer.append(legendElement);
  container.append(layer);
  const texts = new Map<string, Text>();
  const captions = new Map<InsetId, HTMLElement>();
  const sizes = new Map<string, { readonly width: number; readonly height: number }>();
  let former: TextLayout | undefined;
  let shownLegend: readonly LegendEntry[] | undefined;

  const show = (item: Item, shape: LabelShape): void => {
    let text = texts.get(item.id);
    if (!text) {
      text = { element: document.createElement("span"), item };
      text.element.dataset["id"] = item.id;
      layer.append(text.element);
      texts.set(item.id, text);
    }
    text.item = item;
    if (text.element.textContent === "") text.element.textContent = shape.text;
    const name = `experiment-label ${shape.weight}${item.role === "exceeded" ? " exceeded" : ""}`;
    if (text.element.className !== name) text.element.className = name;
  };

  const leaderPath = document.createElementNS(SVG, "path");
  const leaderLines = document.createElementNS(SVG, "svg");
  leaderLines.setAttribute("class", "experiment-leaders");
  leaderLines.append(leaderPath);
  layer.append(leaderLines);
  const ruler = document.createElement("span");
  ruler.className = "experiment-label experiment-ruler";
  layer.append(ruler);
  const measure: TextMeasure = {
    text: (text, style) => {
      const key = `${style} ${text}`;
      const known = sizes.get(key);
      if (known !== undefined) return known;
      ruler.className = `experiment-label experiment-ruler ${style}`;
      ruler.textContent = text;
      const size = sizeOf(ruler);
      sizes.set(key, size);
      return size;
    },
    legend: () => {
      const known = sizes.get("legend");
      if (known !== undefined) return known;
      const size = sizeOf(legendElement);
      sizes.set("legend", size);
      return size;
    },
  };
  const moveTo = (element: HTMLElement, spot: Rectangle | PlacedText | undefined): void => {
    element.hidden = spot === undefined;
    if (spot && "text" in spot && element.textContent !== spot.text) element.textContent = spot.text;
    if (spot) element.style.transform = `translate(${spot.left.toFixed(1)}px, ${spot.top.toFixed(1)}px)`;
  };

  return {
    update({ parts, legend }) {
      const seen = new Set<string>();
      const captioned = new Set<InsetId>();
      for (const part of parts) {
        if (part.caption && part.id !== "experiment" && part.id !== "crystalInside") {
          captioned.add(part.id);
          const known = captions.get(part.id) ?? document.createElement("span");
          known.className = "experiment-label caption";
          if (!captions.has(part.id)) layer.append(known);
          captions.set(part.id, known);
        }
        for (const item of part.items) {
          if (item.shape.kind !== "label") continue;
          seen.add(item.id);
          show(item, item.shape);
        }
      }
      for (const [id, { element }] of texts) {
        if (seen.has(id)) continue;
        element.remove();
        texts.delete(id);
      }
      for (const [id, element] of captions) {
        if (captioned.has(id)) continue;
        element.remove();
        captions.delete(id);
      }
      if (legend === shownLegend) return;
      shownLegend = legend;
      sizes.delete("legend");
      legendElement.replaceChildren(...legend.map(legendEntry));
    },
    place(scene, projection, layout) {
      const spots = layoutTexts(scene, projection, layout, measure, former);
      former = spots;
      const leaders: string[] = [];
      for (const [id, { element }] of texts) {
        const spot = spots.labels.get(id);
        moveTo(element, spot);
        if (spot?.leader)
          leaders.push(spot.leader.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join(""));
      }
      leaderPath.setAttribute("d", leaders.join(""));
      for (const [id, element] of captions) moveTo(element, spots.captions.get(id));
      moveTo(legendElement, spots.legend);
    },
    forgetPlaces() {
      former = undefined;
    },
    forgetSizes: () => sizes.clear(),
    show: (isShown) => {
      layer.hidden = !isShown;
    },
    dispose: () => layer.remove(),
  };
}

/** Whole pixels that hold the element; its own size may have fractions. */
function sizeOf(element: HTMLElement): { readonly width: number; readonly height: number } {
  element.hidden = false;
  const { width, height } = element.getBoundingClientRect();
  return { width: Math.ceil(width), height: Math.ceil(height) };
}

function legendEntry({ element, colour }: LegendEntry): HTMLElement {
  const entry = document.createElement("span");
  const swatch = document.createElement("span");
  swatch.className = "experiment-swatch";
  swatch.style.background = colour;
  entry.append(swatch, element);
  return entry;
}
