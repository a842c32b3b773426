import { effect, type ReadonlySignal, type Signal } from "@preact/signals-core";
import type { SurveyRow } from "../../core/experiment/index.ts";
import type { Store } from "../shell/store.ts";
import type { Sort } from "../table/grid.ts";
import { button } from "../ui/button.ts";
import { element, setAttributes } from "../ui/dom.ts";
import { menuButton } from "../ui/menu.ts";
import { type TableFormat, tableText } from "./tableText.ts";

interface ToolbarParts {
  readonly sort: Signal<Sort>;
  readonly onlyReachable: Signal<boolean>;
  readonly rows: ReadonlySignal<readonly SurveyRow[]>;
  readonly store: Store;
  /** The menu of the columns. */
  readonly columns: HTMLElement;
}

const LABELS: Readonly<Record<TableFormat, string>> = { csv: "CSV", tsv: "TSV", markdown: "Markdown" };

/** Ready-made orders and filters, and ways out for the table. */
export function toolbar({ sort, onlyReachable, rows, store, columns }: ToolbarParts): HTMLElement {
  const reachable = button(
    "Reachable only",
    () => {
      onlyReachable.value = !onlyReachable.value;
    },
    "Shows only what the instrument reaches",
  );
  effect(() => {
    setAttributes(reachable, {
      "aria-pressed": String(onlyReachable.value),
      appearance: onlyReachable.value ? "primary" : "secondary",
    });
  });
  const order = (text: string, next: Sort, hint: string): HTMLElement =>
    button(
      text,
      () => {
        sort.value = next;
      },
      hint,
    );
  const copy = menuButton(
    "Copy",
    "Copies the rows that are shown",
    (["tsv", "markdown"] as const).map((format) => ({
      text: LABELS[format],
      hint: `Copies the rows that are shown as ${LABELS[format]}`,
      run: () => void store.copy(tableText(rows.peek(), format)),
    })),
  );
  const save = menuButton(
    "Save",
    "Saves the rows that are shown to a file",
    (["csv", "tsv", "markdown"] as const).map((format) => ({
      text: LABELS[format],
      hint: `Saves the rows that are shown as ${LABELS[format]}`,
      run: () => {
        const name = store.crystalState.peek().block || "reflections";
        const data = tableText(rows.peek(), format);
        void store.save({ name: `${name} reflections`, kind: format === "markdown" ? "md" : format, data });
      },
    })),
  );
  return element(
    "div",
    { class: "toolbar", attributes: { role: "group", "aria-label": "Table" } },
    order("Brightest", { key: "intensity", order: "descending" }, "Sorts by |F|²"),
    order("Lowest angle", { key: "twoTheta", order: "ascending" }, "Sorts by 2θ"),
    order(
      "Best signal",
      { key: "score", order: "descending" },
      "Sorts by the intensity that comes out and can be reached",
    ),
    reachable,
    element("span", { class: "gap" }),
    element("span", { class: "menus" }, columns, copy, save),
  );
}
