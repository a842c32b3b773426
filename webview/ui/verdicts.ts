import { effect, type ReadonlySignal } from "@preact/signals-core";
import {
  type Answer,
  type Experiment,
  type Finding,
  type OtherMount,
  type PlanOp,
  type Question,
  titleOf,
  type Verdict,
} from "../../core/experiment/index.ts";
import type { LastGood } from "../shell/derived.ts";
import { button } from "./button.ts";
import { element, setAttributes, setText, uniqueId } from "./dom.ts";
import { mountTable } from "./mountTable.ts";
import "./verdicts.css";

const QUESTIONS: Readonly<Record<Question, { readonly name: string; readonly asks: string }>> = {
  light: { name: "Light", asks: "Does enough light come out?" },
  reach: { name: "Reach", asks: "Can the instrument do this reflection?" },
  mount: { name: "Mount", asks: "Is the crystal mounted the way everybody thinks?" },
};
/** Sign and word, so that the colour is not needed. */
const ANSWERS: Readonly<Record<Answer, { readonly sign: string; readonly word: string }>> = {
  yes: { sign: "✓", word: "yes" },
  marginal: { sign: "!", word: "with care" },
  no: { sign: "✗", word: "no" },
};

/** The three verdicts of the plan in one line; each opens to what was found and what would help. */
export function verdictBar(
  experiment: ReadonlySignal<LastGood<Experiment>>,
  edit: (label: string, ops: readonly PlanOp[]) => void,
): HTMLElement {
  const details = element("div", { class: "verdict-details", attributes: { id: uniqueId("verdict") } });
  details.hidden = true;
  let open: Question | null = null;
  let verdicts: readonly Verdict[] = [];
  let otherMounts: readonly OtherMount[] = [];
  let detailed = "";

  const showDetails = (): void => {
    const shown = verdicts.find(({ question }) => question === open);
    details.hidden = shown === undefined;
    for (const [question, { toggle }] of toggles) setAttributes(toggle, { "aria-expanded": String(question === open) });
    const mounts = open === "mount" ? otherMounts : [];
    const key = shown === undefined ? "" : JSON.stringify([shown.findings, mounts]);
    if (key === detailed) return;
    detailed = key;
    details.replaceChildren(
      ...(shown === undefined ? [] : [findingList(shown, edit)]),
      ...(mounts.length === 0 ? [] : [mountTable(mounts)]),
    );
  };
  const toggles = new Map(
    (Object.keys(QUESTIONS) as Question[]).map((question) => [
      question,
      verdictToggle(question, details.id, () => {
        open = open === question ? null : question;
        showDetails();
      }),
    ]),
  );
  const announced = element("p", { class: "only-heard", attributes: { role: "status" } });
  const bar = element(
    "section",
    { class: "verdicts", attributes: { "aria-label": "Will it work?" } },
    element("div", { class: "verdict-row" }, ...[...toggles.values()].map(({ toggle }) => toggle)),
    details,
    announced,
  );
  bar.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || open === null) return;
    const toggle = toggles.get(open)?.toggle;
    open = null;
    showDetails();
    toggle?.focus();
  });
  effect(() => {
    const { value, isStale } = experiment.value;
    bar.hidden = value === null;
    bar.classList.toggle("is-stale", isStale);
    if (value === null) return;
    verdicts = value.verdicts;
    otherMounts = value.otherMounts;
    for (const verdict of verdicts) toggles.get(verdict.question)?.show(verdict);
    // Heard once where an answer changes, not at every step of a drag.
    setText(
      announced,
      verdicts.map(({ question, answer }) => `${QUESTIONS[question].name}: ${ANSWERS[answer].word}.`).join(" "),
    );
    showDetails();
  });
  return bar;
}

function verdictToggle(question: Question, detailsId: string, onClick: () => void) {
  const sign = element("span", { class: "verdict-sign", attributes: { "aria-hidden": "true" } });
  const word = element("span", { class: "verdict-word" });
  const figure = element("span", { class: "verdict-figure" });
  const toggle = element(
    "button",
    {
      class: "verdict-toggle",
      attributes: {
        type: "button",
        "data-verdict": question,
        "aria-expanded": "false",
        "aria-controls": detailsId,
        title: QUESTIONS[question].asks,
      },
    },
    sign,
    element("span", { class: "verdict-name", text: QUESTIONS[question].name }),
    word,
    figure,
  );
  toggle.addEventListener("click", onClick);
  return {
    toggle,
    show: ({ answer, figure: short }: Verdict): void => {
      setAttributes(toggle, { "data-answer": answer });
      setText(sign, ANSWERS[answer].sign);
      setText(word, ANSWERS[answer].word);
      setText(figure, short);
    },
  };
}

const GRAVITY: Readonly<Record<Answer, number>> = { no: 0, marginal: 1, yes: 2 };

function findingList(
  { question, findings }: Verdict,
  edit: (label: string, ops: readonly PlanOp[]) => void,
): HTMLElement {
  const sorted = findings.toSorted((a, b) => GRAVITY[a.answer] - GRAVITY[b.answer]);
  return element(
    "div",
    {},
    element("p", { class: "verdict-asks", text: QUESTIONS[question].asks }),
    element("ul", { class: "findings" }, ...sorted.map((finding) => findingItem(finding, edit))),
  );
}

function findingItem(finding: Finding, edit: (label: string, ops: readonly PlanOp[]) => void): HTMLElement {
  const { code, answer, sentence, suggestion, ops } = finding;
  const item = element(
    "li",
    { class: "finding", attributes: { "data-answer": answer, "data-code": code } },
    element("span", { class: "verdict-sign", text: ANSWERS[answer].sign, attributes: { "aria-hidden": "true" } }),
    element("span", { class: "only-heard", text: `${ANSWERS[answer].word}: ` }),
    element("span", { class: "finding-sentence", text: sentence }),
  );
  if (suggestion === null || answer === "yes") return item;
  const help = element("p", { class: "suggestion" }, element("span", { text: suggestion }));
  if (ops.length > 0) {
    const apply = button("Apply", () => edit("Apply suggestion", ops), titleOf(ops));
    setAttributes(apply, { "aria-label": `Apply: ${titleOf(ops)}` });
    help.append(" ", apply);
  }
  item.append(help);
  return item;
}
