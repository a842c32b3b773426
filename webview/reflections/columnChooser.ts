import { effect, type Signal } from "@preact/signals-core";
import { disclosure } from "../ui/disclosure.ts";
import { element } from "../ui/dom.ts";
import { COLUMNS } from "./columns.ts";

/** Check boxes for the columns that are shown; the indices always are. */
export function columnChooser(hidden: Signal<readonly string[]>): HTMLElement {
  const choices = COLUMNS.filter(({ key }) => key !== "hkl").map(({ key, title, hint }) => {
    const box = element("input", { attributes: { type: "checkbox", "data-shows": key } });
    box.addEventListener("change", () => {
      const others = hidden.peek().filter((other) => other !== key);
      hidden.value = box.checked ? others : [...others, key];
    });
    effect(() => {
      box.checked = !hidden.value.includes(key);
    });
    return element("label", { attributes: { title: hint } }, box, title);
  });
  const list = element("div", { class: "choices", attributes: { role: "group", "aria-label": "Columns" } }, ...choices);
  const { element: chooser } = disclosure("Columns", list);
  chooser.classList.add("column-chooser");
  return chooser;
}
