import type { PanelKind } from "../../core/protocol/index.ts";
import { element, setText } from "../ui/dom.ts";
import type { Host } from "./host.ts";
import { waysToCrystal } from "./waysToCrystal.ts";

const WHAT_IT_SHOWS: Readonly<Record<PanelKind, string>> = {
  geometry: "crystal, beam, goniometer and detector of an experiment in one picture, with the angles of its motors",
  reflections: "which reflections of a crystal there are, how bright they are, and which the instrument reaches",
  attenuation: "how much light comes through the crystal, at each energy",
  lens: "where the objective stands in focus, and what it magnifies",
};

/** A panel that has no crystal yet: what it is for, and the ways to one. */
export function emptyPanel(kind: PanelKind, host: Host): HTMLElement {
  const refusal = element("p", { class: "issue is-error", attributes: { role: "alert" } });
  refusal.hidden = true;
  const ask = async (request: Promise<string | undefined>): Promise<void> => {
    const sentence = await request;
    setText(refusal, sentence ?? "");
    refusal.hidden = sentence === undefined;
  };
  return element(
    "main",
    { class: "welcome" },
    element("h1", { text: "No crystal yet" }),
    element("p", { text: `Here you will see ${WHAT_IT_SHOWS[kind]}.` }),
    element("p", { text: "This panel takes the next .cif file that you open in the editor." }),
    waysToCrystal({
      openCif: () => void ask(host.request({ t: "command", name: "openCif" })),
      openExample: (file) => void ask(host.request({ t: "openExample", file })),
    }),
    refusal,
  );
}
