import { effect, type ReadonlySignal, type Signal } from "@preact/signals-core";
import type { SurveyRow } from "../../core/experiment/index.ts";
import type { Store } from "../shell/store.ts";
import type { Sort } from "../table/grid.ts";
import { button } from "../ui/button.ts";
import { element, setAttributes } from "../ui/dom.ts";
import { type TableFormat, tableText } from "./tableText.ts";

interface ToolbarParts {
  readonly sort: Signal<Sort>;
  readonly onlyReachable: Signal<boolean>;
  readonly rows: ReadonlySignal<readonly SurveyRow[]>;
  readonly store: Store;
}

/** Ready-made orders and filters, and ways out for the table. */
export function toolbar({ sort, onlyReachable, rows, store }: ToolbarParts): HTMLElement {
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
  const name = (): string => store.crystalState.peek().block || "reflections";
  const save = (kind: "csv" | "tsv" | "md", format: TableFormat, label: string): HTMLElement =>
    button(
      label,
      () => void store.save({ name: `${name()} reflections`, kind, data: tableText(rows.peek(), format) }),
      `Saves the rows that are shown as ${label}`,
    );
  const copy = (kind: TableFormat, label: string): HTMLElement =>
    button(label, () => void store.copy(tableText(rows.peek(), kind)), `Copies the rows that are shown as ${label}`);
  const group = (label: string, ...buttons: readonly HTMLElement[]): HTMLElement =>
    element(
      "span",
      { class: "ways-out", attributes: { role: "group", "aria-label": label } },
      element("span", { text: label }),
      ...buttons,
    );
  return element(
    "div",
    { class: "toolbar", attributes: { role: "toolbar", "aria-label": "Table" } },
    order("Brightest", { key: "intensity", order: "descending" }, "Sorts by |F|²"),
    order("Lowest angle", { key: "twoTheta", order: "ascending" }, "Sorts by 2θ"),
    order(
      "Best signal",
      { key: "score", order: "descending" },
      "Sorts by the intensity that comes out and can be reached",
    ),
    reachable,
    element("span", { class: "gap" }),
    group("Copy as", copy("tsv", "TSV"), copy("markdown", "Markdown")),
    group("Save as", save("csv", "csv", "CSV"), save("tsv", "tsv", "TSV"), save("md", "markdown", "Markdown")),
  );
}
