import { computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Geometry, PlanOp } from "../../core/experiment/index.ts";
import { type Camera, DEFAULT_SCENE_OPTIONS, type Scene } from "../../core/scene/index.ts";
import { format, vec3 } from "../../core/util/index.ts";
import type { Store } from "../shell/store.ts";
import { onThemeChange } from "../shell/theme.ts";
import type { ViewState } from "../shell/viewState.ts";
import { element, setAttributes, setText, uniqueId, WITHOUT_TEXT } from "../ui/dom.ts";
import { turnedAboutQ } from "./azimuth.ts";
import type { Folds } from "./folds.ts";
import { menuBar } from "./menu.ts";
import type { sceneOptions } from "./options.ts";
import { partsMenu } from "./partsMenu.ts";
import { saveMenu } from "./saveMenu.ts";
import { turnMenu } from "./turnMenu.ts";
import { createView, KEY_HELP } from "./view/index.ts";
import { directionInLab, viewsBar } from "./viewsMenu.ts";

const POINTER_HELP = "Drag: turn. Shift+drag: move. Wheel: zoom. Click: what a thing is.";

export interface Picture {
  readonly elements: readonly HTMLElement[];
  show(scene: Scene, geometry: Geometry, description: string): void;
}

/** The 3D view with its tools, the answer in one line above it, and the line that says what the pointer is on. */
export function mountPicture(
  store: Store,
  viewState: ViewState,
  { options, change, toggle }: ReturnType<typeof sceneOptions>,
  folds: Folds,
  headline: HTMLElement,
): Picture {
  const present = signal<{ scene: Scene; geometry: Geometry; description: string } | null>(null);
  const describedBy = uniqueId("description");
  const canvas = element("div", {
    class: "canvas",
    attributes: {
      ...WITHOUT_TEXT,
      "aria-label": "The experiment in three dimensions",
      "aria-describedby": describedBy,
    },
  });
  const status = element("p", { class: "hover", attributes: { "data-result": "pointed" } });
  const keys = element("p", { class: "keys", text: KEY_HELP });
  const drawnWith = element("p", { class: "unavailable", attributes: { role: "status" } });
  const description = element("div", { class: "description", attributes: { id: describedBy } });
  const turning = turnAboutQ(store, present);
  const dragTurns = { is: false };

  let pointed: string | null = null;
  const say = (): void => {
    const { rocking_deg } = options.peek();
    const rocked = rocking_deg === 0 ? null : `Rocked by ${format.fixed(rocking_deg, 3)}° from the Bragg condition.`;
    const said = turning.said() ?? pointed ?? rocked;
    setText(status, said ?? POINTER_HELP);
    status.classList.toggle("is-help", said === null);
  };
  const view = createView(canvas, {
    onHover: (item) => {
      pointed = item?.title ?? null;
      say();
    },
    onPick: (item) => {
      pointed = item.title;
      say();
      if (item.source !== undefined) store.reveal(item.source);
      else if (item.field !== undefined) focusField(item.field, folds);
    },
    onDrawnWith: (painter, reason) => {
      setAttributes(canvas, { "data-painter": painter });
      setText(drawnWith, reason ?? "");
    },
    onCamera: (camera) => viewState.set("camera", camera),
    turns: () => dragTurns.is,
    onTurn: (angle_deg, isDone) => {
      if (isDone) turning.done();
      else turning.by(angle_deg);
      say();
    },
  });
  window.addEventListener("pagehide", () => view.dispose());
  let savedCamera = viewState.get<Camera | null>("camera", isCamera, null);
  onThemeChange(() => view.readTheme());
  effect(() => {
    void options.value;
    say();
  });

  const { menu } = menuBar();
  const solutions = computed(() => present.value?.geometry.goniometer.length ?? 0);
  const look = (text: string): string | null => {
    const crystal = store.lastCrystal.peek();
    const shown = present.peek();
    if (crystal === null || shown === null) return "There is no crystal to look along.";
    const eye = directionInLab(text, crystal, shown.geometry);
    if (!eye.ok) return eye.issues[0]?.message ?? "";
    view.lookFrom(vec3.normalize(eye.value));
    return null;
  };
  const toolbar = element(
    "div",
    { class: "toolbar", attributes: { role: "group", "aria-label": "Tools of the picture" } },
    ...folds.tools,
    menu(
      "Parts",
      "What is shown",
      ...partsMenu(options, store.lastCrystal, solutions, {
        toggle,
        change,
        reset: () => change(DEFAULT_SCENE_OPTIONS),
      }),
    ),
    menu(
      "Turn",
      "Rock the goniometer, turn the sample",
      ...turnMenu(
        options,
        {
          get: () => dragTurns.is,
          set: (isOn) => {
            dragTurns.is = isOn;
          },
        },
        {
          rock: (rocking_deg) => change({ rocking_deg }),
          turn: (angle_deg) => {
            turning.to(angle_deg);
            say();
          },
          turnDone: () => {
            turning.done();
            say();
          },
        },
      ),
    ),
    menu(
      "Save",
      "Save or copy the picture",
      ...saveMenu(store, () => {
        const shown = present.peek();
        if (shown === null) return null;
        const hkl = format.millerIndices(shown.geometry.hkl);
        const block = store.crystalState.peek().block || "experiment";
        return {
          ...shown,
          view,
          name: `${block}-${shown.geometry.hkl.join("_")}-geometry`,
          title: `${block} (${hkl})`,
        };
      }),
      element("h3", { text: "In words" }),
      description,
    ),
  );
  const views = viewsBar(menu, (name) => view.setView(name), look);
  return {
    elements: [
      element("div", { class: "tools" }, headline, toolbar, views),
      canvas,
      drawnWith,
      element("div", { class: "status-line" }, status),
      keys,
    ],
    show: (scene, geometry, text) => {
      present.value = { scene, geometry, description: text };
      view.update(scene);
      if (savedCamera !== null) view.setCamera(savedCamera);
      savedCamera = null;
      setText(description, text);
    },
  };
}

/** Turns the sample about Q: previews while it is turned, one edit when it is let go. */
function turnAboutQ(
  store: Store,
  present: ReadonlySignal<{ readonly geometry: Geometry } | null>,
): {
  by(angle_deg: number): void;
  to(angle_deg: number): void;
  done(): void;
  said(): string | null;
} {
  let start: Geometry | null = null;
  let total_deg = 0;
  let ops: readonly PlanOp[] = [];
  const to = (angle_deg: number): void => {
    const crystal = store.lastCrystal.peek();
    start ??= present.peek()?.geometry ?? null;
    if (crystal === null || start === null) return;
    total_deg = angle_deg;
    ops = turnedAboutQ(crystal, start, angle_deg);
    store.preview(ops);
  };
  return {
    to,
    by: (angle_deg) => to(total_deg + angle_deg),
    done: () => {
      if (start !== null && total_deg !== 0) store.edit("Turn the sample about Q", ops);
      else store.preview([]);
      start = null;
      total_deg = 0;
    },
    said: () => (start === null ? null : `Sample turned by ${format.fixed(total_deg, 2)}° about Q; the angles follow.`),
  };
}

/** Puts the keyboard into the input of a field of the plan. */
function focusField(field: string, folds: Folds): void {
  const row = document.querySelector(`[data-field="${CSS.escape(field)}"]`);
  const input = row?.querySelector<HTMLElement>("vscode-text-field, vscode-dropdown, input, select");
  if (!input) return;
  folds.openInputs();
  input.scrollIntoView({ block: "nearest" });
  input.focus();
}

const isVector = (value: unknown, length = 3): boolean =>
  Array.isArray(value) && value.length === length && value.every((part) => Number.isFinite(part));

const isCamera = (value: unknown): value is Camera =>
  typeof value === "object" &&
  value !== null &&
  "eye" in value &&
  isVector(value.eye) &&
  "up" in value &&
  isVector(value.up) &&
  "target" in value &&
  isVector(value.target) &&
  (!("shift" in value) || isVector(value.shift, 2)) &&
  "zoom" in value &&
  typeof value.zoom === "number" &&
  value.zoom > 0;
