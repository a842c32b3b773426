import { disclosure } from "../ui/disclosure.ts";
import { element } from "../ui/dom.ts";

export interface DataTable {
  readonly element: HTMLElement;
  /** The numbers have changed. */
  update(): void;
}

/** "Show data": the numbers of a plot as a table, kept up while it is open; at first it is so for who hears the plot. */
export function dataTable(
  caption: string,
  columns: readonly string[],
  rows: () => readonly (readonly string[])[],
): DataTable {
  const body = element("tbody");
  const head = element("tr", {}, ...columns.map((text) => element("th", { text, attributes: { scope: "col" } })));
  const table = element("table", {}, element("caption", { text: caption }), element("thead", {}, head), body);
  const fill = (): void => body.replaceChildren(...rows().map(tableRow));
  const shown = disclosure("Show data", element("div", { class: "data" }, table), () => fill());
  if (document.body.classList.contains("vscode-using-screen-reader")) shown.show(true);
  return {
    element: shown.element,
    update: () => {
      if (shown.isOpen()) fill();
    },
  };
}

const tableRow = ([first = "", ...rest]: readonly string[]): HTMLElement =>
  element(
    "tr",
    {},
    element("th", { text: first, attributes: { scope: "row" } }),
    ...rest.map((text) => element("td", { text })),
  );
