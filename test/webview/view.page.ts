import { parseCif } from "../../core/cif/index.ts";
import { crystalFromCif } from "../../core/crystal/index.ts";
import {
  applyOps,
  createDraftPlan,
  defaultReflection,
  deriveGeometry,
  instrumentById,
  type PlanOp,
} from "../../core/experiment/index.ts";
import { buildScene, type Item, type Scene } from "../../core/scene/index.ts";
import { createView } from "../../webview/geometry/view/index.ts";

/** The view alone in a page, with what a test drives it by. */

export function sceneOf(cif: string, ops: readonly PlanOp[] = []): Scene {
  const crystal = crystalFromCif(parseCif(cif));
  if (!crystal.ok) throw new Error(crystal.issues.map(({ message }) => message).join(" "));
  const plan = applyOps(createDraftPlan("x.cif", crystal.value.block), ops);
  const hkl = defaultReflection(crystal.value, plan.beam.energy_keV);
  const geometry = deriveGeometry(plan, crystal.value, hkl.ok ? hkl.value : null);
  const profile = instrumentById(plan.instrument);
  if (!geometry.ok || !profile.ok) throw new Error(geometry.issues.map(({ message }) => message).join(" "));
  return buildScene({ plan, crystal: crystal.value, geometry: geometry.value, stack: profile.value.stack });
}

const hovered: (Item | null)[] = [];
const picked: Item[] = [];
const unavailable: (string | null)[] = [];
const container = document.getElementById("view") as HTMLElement;
const view = createView(container, {
  onHover: (item) => hovered.push(item),
  onPick: (item) => picked.push(item),
  onUnavailable: (reason) => unavailable.push(reason),
});

/** Resolves to the number of frames once none has been drawn during several frames of the browser. */
function settled(): Promise<number> {
  return new Promise((resolve) => {
    let last = view.frames;
    let quiet = 0;
    const look = (): void => {
      quiet = view.frames === last ? quiet + 1 : 0;
      last = view.frames;
      if (quiet >= 5) resolve(last);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

const api = { view, sceneOf, settled, hovered, picked, unavailable };
export type ViewApi = typeof api;
Object.assign(globalThis, { api });
