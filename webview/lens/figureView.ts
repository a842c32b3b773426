import { effect, type ReadonlySignal } from "@preact/signals-core";
import { type FigureItem, type LensFigure, lensFigure } from "../../core/experiment/index.ts";
import { format, radians } from "../../core/util/index.ts";
import { dataTable } from "../plot/dataTable.ts";
import { element, setAttributes, uniqueId, WITHOUT_TEXT } from "../ui/dom.ts";
import type { LensState } from "./deriveLens.ts";

const SVG = "http://www.w3.org/2000/svg";

function svg(tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly Node[]): SVGElement {
  const node = document.createElementNS(SVG, tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

const pair = ([x, y]: readonly [number, number]): string => `${x.toFixed(1)},${y.toFixed(1)}`;

/** An arrow head at `tip` that points away from `from`. */
function head(tip: readonly [number, number], from: readonly [number, number]): string {
  const angle = Math.atan2(tip[1] - from[1], tip[0] - from[0]);
  const wing = (turn: number): readonly [number, number] => [
    tip[0] - 11 * Math.cos(angle + turn),
    tip[1] - 11 * Math.sin(angle + turn),
  ];
  return `M${pair(wing(0.35))}L${pair(tip)}L${pair(wing(-0.35))}`;
}

function draw(item: FigureItem): SVGElement {
  const role = `lens-${item.role}`;
  if (item.kind === "polyline") {
    return svg(item.isClosed ? "polygon" : "polyline", { class: role, points: item.points.map(pair).join(" ") });
  }
  if (item.kind === "line") {
    const heads = item.arrows === undefined ? "" : head(item.to, item.from);
    const tail = item.arrows === "both" ? head(item.from, item.to) : "";
    return svg("path", {
      class: item.isDashed ? `${role} is-dashed` : role,
      d: `M${pair(item.from)}L${pair(item.to)}${heads}${tail}`,
    });
  }
  const [x, y] = item.at;
  const turn = item.rotation_deg ? { transform: `rotate(${-item.rotation_deg} ${x.toFixed(1)} ${y.toFixed(1)})` } : {};
  let lowered = 0;
  const runs = item.runs.map(({ text, isSubscript }) => {
    const drop = isSubscript ? item.size * 0.25 : 0;
    const run = svg("tspan", {
      dy: String(drop - lowered),
      ...(isSubscript && { "font-size": String(item.size * 0.7) }),
    });
    lowered = drop;
    run.textContent = text;
    return run;
  });
  const attributes = { class: role, x: x.toFixed(1), y: y.toFixed(1), "font-size": String(item.size) };
  return svg("text", { ...attributes, "text-anchor": item.anchor, ...turn }, ...runs);
}

/** The drawing of the lens with all distances, described in sentences, and its numbers as a table. */
export function lensDrawing(value: ReadonlySignal<LensState | null>): HTMLElement {
  const description = element("p", { class: "lens-description", attributes: { id: uniqueId("lens") } });
  const note = element("figcaption", { class: "lens-note" });
  const picture = svg("svg", { class: "lens-svg", "aria-hidden": "true", ...WITHOUT_TEXT });
  const figure = element(
    "figure",
    {
      class: "lens-figure",
      attributes: {
        role: "figure",
        "aria-label": "Lens between sample and detector",
        "aria-describedby": description.id,
      },
    },
    note,
    description,
  );
  figure.prepend(picture);
  const table = dataTable("Distances in mm", ["", "along the diffracted beam", "along the incident beam"], () => {
    const shown = value.peek();
    return shown === null ? [] : distanceRows(shown);
  });
  effect(() => {
    const shown = value.value;
    if (shown === null) return;
    const drawing: LensFigure = lensFigure(shown.box, shown.found, shown.instrument.camera);
    setAttributes(picture, { viewBox: `0 0 ${drawing.width} ${drawing.height}` });
    picture.replaceChildren(...drawing.items.map(draw));
    note.textContent = drawing.note;
    description.textContent = drawing.description;
    table.update();
  });
  return element("div", { class: "lens-drawing" }, figure, table.element);
}

function distanceRows({ found }: LensState): readonly (readonly string[])[] {
  const { focus, dL_mm, dTot_mm, twoTheta_deg } = found;
  const rows: readonly (readonly [string, number | undefined])[] = [
    ["d1, sample to first lenslet", focus?.d1_mm],
    ["dL, first to last lenslet", dL_mm],
    ["d2, last lenslet to detector", focus?.d2_mm],
    ["d tot, sample to detector", dTot_mm],
  ];
  const projection = Math.cos(radians(twoTheta_deg));
  const text = (mm: number): string => format.fixed(mm, 3);
  return rows.map(([name, mm = Number.NaN]) => [name, text(mm), text(mm * projection)]);
}
