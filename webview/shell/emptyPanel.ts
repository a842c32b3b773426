import type { PanelKind } from "../../core/protocol/index.ts";
import { button } from "../ui/button.ts";
import { element, setText } from "../ui/dom.ts";
import { dropdown } from "../ui/field.ts";
import type { EmptyMessage, Host } from "./host.ts";

const WHAT_IT_SHOWS: Readonly<Record<PanelKind, string>> = {
  geometry: "crystal, beam, goniometer and detector of an experiment in one picture, with the angles of its motors",
  reflections: "which reflections of a crystal there are, how bright they are, and which the instrument reaches",
  attenuation: "how much light comes through the crystal, at each energy",
  lens: "where the objective stands in focus, and what it magnifies",
};

/** A panel that has no crystal yet: what it is for, and the ways to one. */
export function emptyPanel(kind: PanelKind, host: Host, { examples }: EmptyMessage): HTMLElement {
  const refusal = element("p", { class: "issue is-error", attributes: { role: "alert" } });
  refusal.hidden = true;
  const ask = async (request: Promise<string | undefined>): Promise<void> => {
    const sentence = await request;
    setText(refusal, sentence ?? "");
    refusal.hidden = sentence === undefined;
  };
  let chosen = examples[0]?.file ?? "";
  const choice = dropdown(
    { label: "Example", field: "example", hint: "A crystal that comes with DF-XRM, opened as a new document." },
    examples.map(({ name, note, file }) => ({ value: file, text: `${name}, ${note}` })),
    (file) => {
      chosen = file;
    },
  );
  return element(
    "main",
    { class: "welcome" },
    element("h1", { text: "No crystal yet" }),
    element("p", { text: `Here you will see ${WHAT_IT_SHOWS[kind]}.` }),
    element("p", { text: "This panel takes the next .cif file that you open in the editor." }),
    element(
      "div",
      { class: "ways" },
      button("Open a CIF file…", () => void ask(host.request({ t: "command", name: "openCif" }))),
      element(
        "div",
        { class: "way" },
        choice.element,
        button("Open the example", () => void ask(host.request({ t: "openExample", file: chosen }))),
      ),
    ),
    refusal,
  );
}
