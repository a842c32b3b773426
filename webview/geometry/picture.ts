import type { Geometry } from "../../core/experiment/index.ts";
import type { Scene, ViewName } from "../../core/scene/index.ts";
import type { Store } from "../shell/store.ts";
import { onThemeChange } from "../shell/theme.ts";
import type { ViewState } from "../shell/viewState.ts";
import { button } from "../ui/button.ts";
import { element, setText } from "../ui/dom.ts";
import { describeGeometry } from "./results.ts";
import { type CameraState, createView } from "./view/index.ts";

const VIEWS: readonly { readonly name: ViewName; readonly text: string; readonly hint: string }[] = [
  { name: "home", text: "Home", hint: "The view to start with" },
  { name: "alongBeam", text: "Along beam", hint: "Looking downstream" },
  { name: "againstBeam", text: "From detector", hint: "Looking upstream" },
  { name: "side", text: "Side", hint: "The scattering plane" },
  { name: "top", text: "Top", hint: "From above" },
  { name: "alongQ", text: "Along Q", hint: "Onto the diffracting planes" },
];

const IDLE_HINT =
  "Point at something to see what it is. Drag turns, Shift+drag moves, the wheel zooms; an atom opens its line in the CIF.";

export interface Picture {
  readonly elements: readonly HTMLElement[];
  show(scene: Scene, geometry: Geometry): void;
}

/** The 3D view with its toolbar and the line that says what the pointer is on. */
export function mountPicture(store: Store, viewState: ViewState): Picture {
  const canvas = element("div", { class: "canvas", attributes: { role: "img", tabindex: "0", "aria-label": "" } });
  const hover = element("p", { class: "hover", text: IDLE_HINT });
  const unavailable = element("p", { class: "unavailable" });
  unavailable.hidden = true;

  const view = createView(canvas, {
    onHover: (item) => setText(hover, item?.title ?? IDLE_HINT),
    onPick: (item) => {
      if (item.source !== undefined) store.reveal(item.source);
    },
    onUnavailable: (reason) => {
      unavailable.hidden = reason === null;
      setText(unavailable, reason ?? "");
    },
    onCamera: (camera) => viewState.set("camera", camera),
  });
  let savedCamera = viewState.get<CameraState | null>("camera", isCameraState, null);
  onThemeChange(() => view.readTheme());

  const toolbar = element(
    "div",
    { class: "toolbar", attributes: { role: "toolbar", "aria-label": "Views" } },
    ...VIEWS.map(({ name, text, hint }) => button(text, () => view.setView(name), hint)),
  );
  return {
    elements: [toolbar, canvas, unavailable, hover],
    show: (scene, geometry) => {
      view.update(scene);
      if (savedCamera !== null) view.setCamera(savedCamera);
      savedCamera = null;
      canvas.setAttribute("aria-label", describeGeometry(geometry));
    },
  };
}

const isVector = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 3 && value.every((part) => Number.isFinite(part));

const isCameraState = (value: unknown): value is CameraState =>
  typeof value === "object" &&
  value !== null &&
  "eye" in value &&
  isVector(value.eye) &&
  "target" in value &&
  isVector(value.target) &&
  "zoom" in value &&
  typeof value.zoom === "number" &&
  value.zoom > 0;
