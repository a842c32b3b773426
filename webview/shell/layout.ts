import { computed, effect, type ReadonlySignal } from "@preact/signals-core";
import { NOTE_CIF, PANEL_KINDS, type PanelKind } from "../../core/protocol/index.ts";
import { format, type Issue } from "../../core/util/index.ts";
import { button } from "../ui/button.ts";
import { disclosure } from "../ui/disclosure.ts";
import { element, setAttributes, setText } from "../ui/dom.ts";
import { issueList } from "../ui/issues.ts";
import { verdictBar } from "../ui/verdicts.ts";
import type { LastGood } from "./derived.ts";
import { experimentOf } from "./experiment.ts";
import { planBar } from "./planBar.ts";
import type { Store } from "./store.ts";
import { waysFromMissingCif } from "./waysToCrystal.ts";

const PANEL_NAMES: Readonly<Record<PanelKind, string>> = {
  geometry: "Geometry",
  reflections: "Reflections",
  attenuation: "Attenuation",
  lens: "Lens",
};

export interface LayoutParts {
  /** The answer in one line, over everything else. */
  readonly headline?: HTMLElement;
  /** Left of the picture or above it, the results beside the inputs where there is room. */
  readonly inputs: readonly Node[];
  readonly results: readonly Node[];
  readonly picture: readonly Node[];
  /** Plan fields that show their issues themselves. */
  readonly fields: readonly string[];
}

/** Remarks on the geometry that the verdicts make, with more to say. */
const TOLD_BY_VERDICTS: readonly string[] = ["plan/absent-reflection", "plan/guessed-exit", "plan/faces"];

/** The frame of every panel: which crystal, whether the plan works, what is wrong with it, inputs, picture. */
export function panelLayout(
  kind: PanelKind,
  store: Store,
  state: ReadonlySignal<LastGood<unknown>>,
  parts: LayoutParts,
): HTMLElement {
  const picture = element("div", { class: "picture" }, ...parts.picture);
  const side = element(
    "div",
    { class: "side" },
    element("div", { class: "inputs" }, ...parts.inputs),
    element("div", { class: "outputs" }, ...parts.results),
  );
  const nothing = element("p", { class: "nothing" });
  const panel = element(
    "main",
    { class: "panel", attributes: { "data-vscode-context": JSON.stringify({ webviewSection: "plan" }) } },
    element("div", { class: "top" }, header(kind, store), verdictBar(experimentOf(store), store.edit)),
    problems(store, state, parts.fields),
    ...(parts.headline ? [parts.headline] : []),
    element("div", { class: "columns" }, side, picture, nothing),
  );
  effect(() => {
    panel.classList.toggle("is-stale", state.value.isStale);
    panel.classList.toggle("is-empty", state.value.value === null);
    const missing = "Nothing to show yet: the message above says what is missing.";
    setText(nothing, state.value.isComputing ? "Nothing to show yet." : missing);
  });
  return panel;
}

function header(kind: PanelKind, store: Store): HTMLElement {
  const title = element("h1");
  const cell = element("p", { class: "cell", attributes: { "data-result": "cell" } });
  effect(() => {
    const { name, block } = store.crystalState.value;
    setText(title, block === null || block === "" ? name : block);
    const crystal = store.lastCrystal.value;
    setText(cell, crystal === null ? "" : describeCell(crystal));
  });
  const others = PANEL_KINDS.filter((other) => other !== kind);
  const bar = element(
    "header",
    { class: "header" },
    element("div", { class: "heading" }, title, cell),
    planBar(store),
    element(
      "nav",
      { attributes: { "aria-label": "Other panels" } },
      ...others.map((other) =>
        button(PANEL_NAMES[other], () => store.show(other), `Show the ${PANEL_NAMES[other]} panel`),
      ),
    ),
  );
  bar.append(unfolder(bar));
  return bar;
}

/** In a small panel the header is one row; this shows the rest of it. */
function unfolder(bar: HTMLElement): HTMLElement {
  const node = element("button", {
    class: "chip unfolder",
    text: "⋯",
    attributes: { type: "button", "aria-expanded": "false", "aria-label": "Plan, cell and other panels" },
  });
  node.addEventListener("click", () => {
    setAttributes(node, { "aria-expanded": String(bar.classList.toggle("is-unfolded")) });
  });
  return node;
}

function describeCell({ cell, spaceGroup }: NonNullable<Store["lastCrystal"]["value"]>): string {
  const lengths = [cell.a_A, cell.b_A, cell.c_A].map((length) => format.significant(length, 5)).join(", ");
  const angles = [cell.alpha_deg, cell.beta_deg, cell.gamma_deg]
    .map((angle) => `${Number(angle.toFixed(3))}°`)
    .join(", ");
  const group = spaceGroup.hm ?? (spaceGroup.number === null ? "" : `No. ${spaceGroup.number}`);
  return `${group} · ${lengths} Å · ${angles}`;
}

/** What is wrong, on top: everything that no field of the panel shows itself. */
function problems(store: Store, state: ReadonlySignal<LastGood<unknown>>, fields: readonly string[]): HTMLElement {
  const acceptCif = {
    title: NOTE_CIF,
    run: () => store.edit("Note the CIF", [{ path: ["cif", "sha256"], value: store.cifSha256.peek() ?? undefined }]),
  };
  const remedies = new Map([["plan/cif-changed", acceptCif]]);
  const urgent = issueList(store.reveal);
  const ofPlan = issueList(store.reveal, remedies);
  const notes = issueList(store.reveal);
  const details = disclosure("", element("div", {}, notes.element));
  details.element.classList.add("crystal-notes");
  const stale = element("p", { class: "stale", attributes: { role: "status" } });
  const isShownAtField = (issue: Issue): boolean => issue.field !== undefined && fields.includes(issue.field);
  const all = computed(() => {
    const refusal = store.refusal.value;
    return [
      ...(refusal === null ? [] : [refusal]),
      ...state.value.issues.filter((issue) => !isShownAtField(issue) && !TOLD_BY_VERDICTS.includes(issue.code)),
      ...(store.crystalState.value.crystal === null ? [] : store.crystalState.value.issues),
    ];
  });
  effect(() => {
    const errors = all.value.filter((issue) => issue.severity === "error");
    const others = all.value.filter((issue) => issue.severity !== "error");
    urgent.show(errors);
    ofPlan.show(store.planIssues.value.filter((issue) => issue.severity !== "error"));
    notes.show(others);
    details.element.hidden = others.length === 0;
    details.setTitle(others.length === 1 ? "1 note on this crystal" : `${others.length} notes on this crystal`);
    const { isStale, isComputing, value } = state.value;
    const reason = isComputing ? "Computing …" : value === null ? "" : "Greyed: results of the last input that worked.";
    setText(stale, isStale ? reason : "");
    stale.hidden = !isStale || reason === "";
  });
  return element(
    "div",
    { class: "problems" },
    urgent.element,
    waysFromMissingCif(store),
    ofPlan.element,
    stale,
    details.element,
  );
}
