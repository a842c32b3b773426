import { computed, effect } from "@preact/signals-core";
import { EXAMPLES, WITHOUT_CIF } from "../../core/protocol/index.ts";
import { button } from "../ui/button.ts";
import { element } from "../ui/dom.ts";
import { dropdown } from "../ui/field.ts";
import type { Store } from "./store.ts";

/** Where a panel without a crystal gets one. */
export interface CrystalSource {
  openCif(): void;
  /** Opens a crystal that comes with the extension, by its file. */
  openExample(file: string): void;
}

/** The ways to a crystal: a file, or an example; `further` ones come between. */
export function waysToCrystal({ openCif, openExample }: CrystalSource, ...further: readonly Node[]): HTMLElement {
  let chosen = EXAMPLES[0]?.file ?? "";
  const choice = dropdown(
    { label: "Example", field: "example", hint: "A crystal that comes with DF-XRM, opened as a new document." },
    EXAMPLES.map(({ name, note, file }) => ({ value: file, text: `${name}, ${note}` })),
    (file) => {
      chosen = file;
    },
  );
  return element(
    "div",
    { class: "ways" },
    button("Open a CIF file…", openCif),
    ...further,
    element(
      "div",
      { class: "way" },
      choice.element,
      button("Open the example", () => openExample(chosen)),
    ),
  );
}

/** The same for a panel whose CIF is gone; a plan file can also be told where its CIF is now. */
export function waysFromMissingCif(store: Store): HTMLElement {
  const holder = element("div");
  const isMissing = computed(() => {
    const { crystal, issues } = store.crystalState.value;
    return crystal === null && issues.some(({ code }) => WITHOUT_CIF.includes(code));
  });
  const isFile = computed(() => store.source.value.uri !== null);
  const { command, openExample } = store;
  effect(() => {
    const openPlan = () => button("Open the plan", () => command("openPlanText"), "Opens the text that names the CIF");
    const ways = () =>
      waysToCrystal({ openCif: () => command("openCif"), openExample }, ...(isFile.value ? [openPlan()] : []));
    holder.replaceChildren(...(isMissing.value ? [ways()] : []));
  });
  return holder;
}
