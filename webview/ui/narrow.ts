import { type ReadonlySignal, signal } from "@preact/signals-core";

/** A panel beside an editor, or one at twice the zoom: there is room for what decides only. */
const NARROW = window.matchMedia("(max-width: 31.25rem)");

const narrow = signal(NARROW.matches);
NARROW.addEventListener("change", ({ matches }) => {
  narrow.value = matches;
});

export const isNarrow: ReadonlySignal<boolean> = narrow;
