import type { Crystal } from "../../core/crystal/index.ts";
import { directionVector, type Geometry, parseDirection } from "../../core/experiment/index.ts";
import type { ViewName } from "../../core/scene/index.ts";
import { fail, mat3, ok, type Result, type Vec3 } from "../../core/util/index.ts";
import { element, setAttributes, setText, uniqueId } from "../ui/dom.ts";
import { type menuBar, tool } from "./menu.ts";

/** In a lower panel the views would take the room of the picture; in a narrower one a row of their own. */
const LOW_PANEL = "(max-height: 32rem)";
const NARROW_px = 560;

/** In the order of their digits on the keyboard. */
const VIEWS: readonly { readonly name: ViewName; readonly text: string; readonly hint: string }[] = [
  { name: "home", text: "Home", hint: "The view to start with (1, 0 or Home)" },
  { name: "alongBeam", text: "Along beam", hint: "Looking downstream (2)" },
  { name: "againstBeam", text: "From detector", hint: "Looking upstream, against the beam (3)" },
  { name: "top", text: "Top", hint: "From above (4)" },
  { name: "side", text: "Side", hint: "Onto the vertical plane along the beam (5)" },
  { name: "alongQ", text: "Along Q", hint: "Onto the diffracting planes (6)" },
  { name: "alongA", text: "a", hint: "Along the a axis of the crystal (7)" },
  { name: "alongB", text: "b", hint: "Along the b axis of the crystal (8)" },
  { name: "alongC", text: "c", hint: "Along the c axis of the crystal (9)" },
];

const viewButtons = (setView: (name: ViewName) => void): readonly HTMLButtonElement[] =>
  VIEWS.map(({ name, text, hint }) => {
    const button = tool(text, () => setView(name), hint);
    if (text.length === 1) setAttributes(button, { "aria-label": `Along ${text}` });
    return button;
  });

/** The views as buttons; in a small panel as one menu. `look` gives the reason where it cannot look along a direction. */
export function viewsBar(
  menu: ReturnType<typeof menuBar>["menu"],
  setView: (name: ViewName) => void,
  look: (text: string) => string | null,
): HTMLElement {
  const buttons = viewButtons(setView);
  const direction = directionView(look);
  const alone = element("div");
  const along = menu("Along", "Look along any direction of the crystal", alone);
  const row = element("div", { class: "choices" });
  const together = element("div");
  const folded = menu("Views", "Views of the experiment", row, together);
  const bar = element("div", { class: "views", attributes: { role: "group", "aria-label": "Views" } });
  const low = window.matchMedia(LOW_PANEL);
  let isFolded: boolean | undefined;
  const place = (width_px: number): void => {
    const folds = low.matches || width_px < NARROW_px;
    if (folds === isFolded) return;
    isFolded = folds;
    if (folds) {
      row.append(...buttons);
      together.append(direction);
      bar.replaceChildren(folded);
    } else {
      alone.append(direction);
      bar.replaceChildren(...buttons, along);
    }
  };
  const widthOf = (): number => bar.parentElement?.clientWidth ?? 0;
  low.addEventListener("change", () => place(widthOf()));
  // The bar itself is as wide as what is in it; what it stands in is as wide as the picture.
  queueMicrotask(() => {
    if (bar.parentElement)
      new ResizeObserver(() => requestAnimationFrame(() => place(widthOf()))).observe(bar.parentElement);
  });
  place(Number.POSITIVE_INFINITY);
  return bar;
}

/** Unit or longer vector of the lab frame from a typed direction of the crystal. */
export function directionInLab(text: string, crystal: Crystal, geometry: Geometry): Result<Vec3> {
  const direction = parseDirection(text, "view");
  if (!direction.ok) return fail(...direction.issues);
  const toLab = mat3.multiply(geometry.sampleToLab, geometry.crystalToSample);
  return ok(mat3.multiplyVector(toLab, directionVector(crystal.cell, direction.value)));
}

/** A field for any direction to look along; `look` gives the reason where it cannot. */
function directionView(look: (text: string) => string | null): HTMLElement {
  const lineId = uniqueId("line");
  const input = element("input", {
    class: "direction",
    attributes: {
      type: "text",
      placeholder: "[u,v,w] or (h,k,l)",
      "aria-label": "View along a direction of the crystal",
      "aria-describedby": lineId,
      spellcheck: "false",
    },
  });
  const line = element("p", { class: "field-line", attributes: { id: lineId, role: "status" } });
  const go = (): void => {
    const reason = input.value.trim() === "" ? null : look(input.value);
    setText(line, reason ?? "");
    setAttributes(line, { "data-severity": reason === null ? undefined : "error" });
    setAttributes(input, { "aria-invalid": reason === null ? undefined : "true" });
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") go();
  });
  return element("div", { class: "direction-row" }, element("label", {}, "Look along "), input, tool("Look", go), line);
}
