import { element } from "../ui/dom.ts";

/** "Show data": the numbers of a plot as a table, made when it is opened and kept up while it is open. */
export function dataTable(caption: string, columns: readonly string[], rows: () => readonly (readonly string[])[]) {
  const body = element("tbody");
  const head = element("tr", {}, ...columns.map((text) => element("th", { text, attributes: { scope: "col" } })));
  const details = element(
    "details",
    { class: "data" },
    element("summary", { text: "Show data" }),
    element("table", {}, element("caption", { text: caption }), element("thead", {}, head), body),
  );
  const update = (): void => {
    if (!details.open) return;
    body.replaceChildren(
      ...rows().map((row) =>
        element(
          "tr",
          {},
          ...row.map((text, i) =>
            i === 0 ? element("th", { text, attributes: { scope: "row" } }) : element("td", { text }),
          ),
        ),
      ),
    );
  };
  details.addEventListener("toggle", update);
  return { element: details, update };
}
