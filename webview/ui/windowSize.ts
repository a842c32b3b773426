import { type ReadonlySignal, signal } from "@preact/signals-core";

/** Whether the window is as the query says, now and whenever it changes. */
function windowIs(query: string): ReadonlySignal<boolean> {
  const list = window.matchMedia(query);
  const present = signal(list.matches);
  list.addEventListener("change", ({ matches }) => {
    present.value = matches;
  });
  return present;
}

/** A panel beside an editor, or one at twice the zoom: there is room for what decides only. */
export const isNarrow = windowIs("(max-width: 31.25rem)");
/** One of two panels one above the other. */
export const isLow = windowIs("(max-height: 40rem)");
