import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import { isString, type ViewState } from "../shell/viewState.ts";
import { menuButton } from "../ui/menu.ts";
import { isNarrow } from "../ui/windowSize.ts";
import { COLUMNS } from "./columns.ts";

const isKeys = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isString);

/** What a narrow panel shows unless asked for more: which one, whether it works, where, how bright. */
const NARROW_COLUMNS: readonly string[] = ["hkl", "reach", "twoTheta", "intensity", "score"];

/** Which columns are shown, and the menu that chooses them; the indices always are. Remembered, also for narrow panels. */
export function columnMenu(viewState: ViewState): {
  readonly element: HTMLElement;
  readonly columns: ReadonlySignal<typeof COLUMNS>;
} {
  const kept = (key: string, hiddenAtFirst: readonly string[]) => ({
    key,
    hidden: signal(viewState.get(key, isKeys, hiddenAtFirst)),
  });
  const wide = kept("hiddenColumns", []);
  const narrow = kept(
    "hiddenColumnsNarrow",
    COLUMNS.map(({ key }) => key).filter((key) => !NARROW_COLUMNS.includes(key)),
  );
  const present = computed(() => (isNarrow.value ? narrow : wide));
  const isShown = (key: string): boolean => !present.value.hidden.value.includes(key);
  const element = menuButton(
    "Columns",
    "Chooses the columns of the table",
    COLUMNS.filter(({ key }) => key !== "hkl").map(({ key, title, hint }) => ({
      text: title,
      hint,
      isChecked: computed(() => isShown(key)),
      run: () => {
        const { hidden, key: name } = present.peek();
        const others = hidden.peek().filter((other) => other !== key);
        hidden.value = others.length === hidden.peek().length ? [...others, key] : others;
        viewState.set(name, hidden.peek());
      },
    })),
  );
  return { element, columns: computed(() => COLUMNS.filter(({ key }) => isShown(key))) };
}
