import { isBoolean, type ViewState } from "../shell/viewState.ts";
import { setAttributes } from "../ui/dom.ts";
import { toggleTool } from "./menu.ts";

/** Below this width, in px, the picture comes first and what is beside it is folded away. */
const NARROW_px = 700;
const WIDE_px = 1200;

export interface Folds {
  readonly tools: readonly HTMLElement[];
  openInputs(): void;
}

/** Folds the inputs and the results of the panel away, for the picture to have the room; remembered over a reload. */
export function folds(panel: () => Element | null, viewState: ViewState): Folds {
  const fold = (key: string, text: string, hint: string, isOpenAtFirst: boolean) => {
    const set = (isOpen: boolean): void => {
      toggle.show(isOpen);
      setAttributes(toggle.element, { "aria-expanded": String(isOpen), "aria-pressed": undefined });
      panel()?.classList.toggle(`without-${key}`, !isOpen);
    };
    const toggle = toggleTool(
      text,
      () => {
        const isOpen = toggle.element.getAttribute("aria-expanded") !== "true";
        set(isOpen);
        viewState.set(key, isOpen);
      },
      hint,
    );
    return { set, toggle, first: viewState.get(key, isBoolean, isOpenAtFirst) };
  };
  const width = window.innerWidth;
  const inputs = fold("inputs", "Inputs", "Show or hide the inputs", width > NARROW_px);
  const outputs = fold("outputs", "Numbers", "Show or hide the results", width >= WIDE_px);
  for (const { set, first } of [inputs, outputs]) queueMicrotask(() => set(first));
  return { tools: [inputs.toggle.element, outputs.toggle.element], openInputs: () => inputs.set(true) };
}
