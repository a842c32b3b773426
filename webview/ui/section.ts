import { element, uniqueId } from "./dom.ts";

/** A titled part of a panel. */
export function section(title: string, ...children: readonly (Node | string)[]): HTMLElement {
  const id = uniqueId("section");
  return element(
    "section",
    { class: "section", attributes: { "aria-labelledby": id } },
    element("h2", { text: title, attributes: { id } }),
    ...children,
  );
}
