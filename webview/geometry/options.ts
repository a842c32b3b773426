import { type Signal, signal } from "@preact/signals-core";
import { DEFAULT_SCENE_OPTIONS, type SceneOptions, TOGGLES, type Toggle } from "../../core/scene/index.ts";
import type { ViewState } from "../shell/viewState.ts";

/** What is shown and how; kept over a reload, apart from the rocking: a picture off the peak is never the first one. */
export function sceneOptions(viewState: ViewState): {
  readonly options: Signal<SceneOptions>;
  change(part: Partial<SceneOptions>): void;
  toggle(name: Toggle, isShown: boolean): void;
} {
  const options = signal(viewState.get("scene", isSceneOptions, DEFAULT_SCENE_OPTIONS));
  const change = (part: Partial<SceneOptions>): void => {
    options.value = { ...options.value, ...part };
    viewState.set("scene", { ...options.value, rocking_deg: 0 });
  };
  return {
    options,
    change,
    toggle: (name, isShown) => change({ shown: { ...options.value.shown, [name]: isShown } }),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const isPositive = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value) && value >= 0;

function isSceneOptions(value: unknown): value is SceneOptions {
  if (!isRecord(value)) return false;
  const { shown, bonds, solution, rocking_deg } = value;
  return (
    isRecord(shown) &&
    TOGGLES.every((name) => typeof shown[name] === "boolean") &&
    isRecord(bonds) &&
    isPositive(bonds["factor"]) &&
    Array.isArray(bonds["pairs"]) &&
    bonds["pairs"].every(
      (pair: unknown) =>
        isRecord(pair) &&
        Array.isArray(pair["elements"]) &&
        pair["elements"].length === 2 &&
        pair["elements"].every((element) => typeof element === "string") &&
        isPositive(pair["longest_A"]),
    ) &&
    isPositive(solution) &&
    rocking_deg === 0
  );
}
