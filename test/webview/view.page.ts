import { Vector3 } from "three";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../../core/crystal/index.ts";
import {
  applyOps,
  createDraftPlan,
  defaultReflection,
  deriveGeometry,
  instrumentById,
  type PlanOp,
} from "../../core/experiment/index.ts";
import {
  buildScene,
  DEFAULT_SCENE_OPTIONS,
  type Item,
  layoutPicture,
  type Scene,
  type Toggle,
} from "../../core/scene/index.ts";
import { createCamera } from "../../webview/geometry/view/camera.ts";
import { createView } from "../../webview/geometry/view/index.ts";

/** The view alone in a page, with what a test drives it by. */

const crystals = new Map<string, Crystal>();

/** The crystal of a text is built once, as in the panel. */
function crystalOf(cif: string): Crystal {
  const known = crystals.get(cif);
  if (known) return known;
  const crystal = crystalFromCif(parseCif(cif));
  if (!crystal.ok) throw new Error(crystal.issues.map(({ message }) => message).join(" "));
  crystals.set(cif, crystal.value);
  return crystal.value;
}

function sceneOf(cif: string, ops: readonly PlanOp[] = [], hidden: readonly Toggle[] = []): Scene {
  const crystal = crystalOf(cif);
  const plan = applyOps(createDraftPlan("x.cif", crystal.block), ops);
  const hkl = plan.reflection
    ? ({ ok: true, value: plan.reflection.hkl } as const)
    : defaultReflection(crystal, plan.beam.energy_keV);
  const profile = instrumentById(plan.instrument);
  if (!profile.ok) throw new Error(profile.issues.map(({ message }) => message).join(" "));
  const geometry = deriveGeometry(plan, crystal, hkl.ok ? hkl.value : null, profile.value);
  if (!geometry.ok) throw new Error(geometry.issues.map(({ message }) => message).join(" "));
  const off = Object.fromEntries(hidden.map((toggle) => [toggle, false]));
  const options = { ...DEFAULT_SCENE_OPTIONS, shown: { ...DEFAULT_SCENE_OPTIONS.shown, ...off } };
  return buildScene({ plan, crystal, geometry: geometry.value, instrument: profile.value, options });
}

let hovered: Item | null = null;
const picked: Item[] = [];
const drawnWith: { readonly painter: string; readonly reason: string | null }[] = [];
const turns: { readonly angle_deg: number; readonly isDone: boolean }[] = [];
const container = document.getElementById("view") as HTMLElement;
const view = createView(container, {
  onHover: (item) => {
    hovered = item;
  },
  onPick: (item) => picked.push(item),
  onDrawnWith: (painter, reason) => drawnWith.push({ painter, reason }),
  onTurn: (angle_deg, isDone) => turns.push({ angle_deg, isDone }),
});

/** A view that has drawn as many frames without a reason will not stop. */
const RESTLESS = 60;

/** Resolves to the number of frames once none has been drawn during several frames of the browser. */
function settled(): Promise<number> {
  return new Promise((resolve, reject) => {
    const first = view.frames;
    let last = first;
    let quiet = 0;
    const look = (): void => {
      quiet = view.frames === last ? quiet + 1 : 0;
      last = view.frames;
      if (quiet >= 5) resolve(last);
      else if (last > first + RESTLESS) reject(new Error("The view does not stop drawing."));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** What the view calls hovered, once it has seen where the pointer is now. */
async function itemAtPointer(): Promise<Item | null> {
  await nextFrame();
  await nextFrame();
  return hovered;
}

const graphics = container.querySelector("canvas")?.getContext("webgl2")?.getExtension("WEBGL_lose_context");

/** Largest distance in pixels between where three draws and where core/scene projects, over several views. */
function projectionError(): number {
  const [width, height] = [900, 500];
  const rig = createCamera(() => {});
  rig.resize(layoutPicture(width, height));
  rig.look({ eye: [-0.5, -1, 0.3], up: [0, 0, 1], target: [0.2, 0.1, -0.3], zoom: 1.7 });
  let error = 0;
  const top = { eye: [0, 0, 1], up: [0, 0, 1], target: [0, 0, 0], zoom: 1 } as const;
  for (const change of [
    () => {},
    () => rig.orbit(0.7, 0.2),
    () => rig.pan(30, -50),
    () => rig.zoomBy(0.4),
    () => rig.look(top),
    () => rig.look({ ...top, shift: [0.1, -0.2] }),
    () => rig.orbit(0, -0.3),
  ]) {
    change();
    const projection = rig.projection();
    if (projection === null) throw new Error("There is no projection.");
    for (const point of [
      [0, 0, 0],
      [1, 2, -1],
      [-2, 0.5, 1],
    ] as const) {
      const seen = projection.project(point);
      const drawn = new Vector3(...point).project(rig.camera);
      error = Math.max(
        error,
        Math.abs(seen.x - ((drawn.x + 1) / 2) * width),
        Math.abs(seen.y - ((1 - drawn.y) / 2) * height),
      );
    }
  }
  return error;
}

/** Turns the picture by so many steps of the keyboard, each of which is drawn and finished before the next. */
async function orbit(steps: number): Promise<void> {
  const gl = container.querySelector("canvas")?.getContext("webgl2");
  for (let i = 0; i < steps; i++) {
    const drawn = view.frames;
    container.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    while (view.frames === drawn) await nextFrame();
    gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  }
}

let prepared: readonly Scene[] = [];

const api = {
  view,
  sceneOf,
  settled,
  /** Scenes that differ in the energy, for `showPrepared`. */
  prepare: (cif: string, count: number): void => {
    prepared = Array.from({ length: count }, (_, i) =>
      sceneOf(cif, [{ path: ["beam", "energy_keV"], value: 17 + i / 10 }]),
    );
  },
  showPrepared: (): void => {
    for (const scene of prepared) view.update(scene);
  },
  itemAtPointer,
  orbit,
  projectionError,
  loseContext: () => graphics?.loseContext(),
  restoreContext: () => graphics?.restoreContext(),
  picked,
  drawnWith,
  turns,
};
export type ViewApi = typeof api;
Object.assign(globalThis, { api });
