import { effect } from "@preact/signals-core";
import { element, setAttributes, setText } from "../ui/dom.ts";
import type { Store } from "./store.ts";

/** Which plan the panel shows, and which block of the CIF; both can be chosen, and a draft can be saved. */
export function planBar(store: Store): HTMLElement {
  const plan = chip(() => store.command("choosePlan"), "Choose the plan that this panel shows: the draft or a file");
  plan.setAttribute("data-result", "plan");
  const save = chip(() => store.command("savePlan"), "Save the draft as a .dfxrm.json file beside the CIF");
  setText(save, "Save plan…");
  const text = chip(() => store.command("openPlanText"), "Open the plan as text");
  setText(text, "Open text");
  const block = chip(() => store.command("chooseBlock"), "Choose the data block of the CIF");
  block.setAttribute("data-result", "block");
  const lock = chip(() => store.command("toggleLock"), "");
  lock.setAttribute("data-result", "lock");
  for (const node of [save, text, block, lock]) node.classList.add("is-secondary");
  effect(() => {
    const { uri, name } = store.source.value;
    const isDraft = uri === null;
    setText(plan, `Plan: ${isDraft ? "draft" : name.replace(/\.dfxrm\.json$/i, "")} ▾`);
    plan.classList.toggle("is-draft", isDraft);
    save.hidden = !isDraft;
    text.hidden = isDraft;
  });
  effect(() => {
    const { block: shown, blocks } = store.crystalState.value;
    block.hidden = blocks.length < 2;
    setText(block, `Block: ${shown === null || shown === "" ? "(unnamed)" : shown} ▾`);
  });
  effect(() => {
    const isLocked = store.isLocked.value;
    setText(lock, isLocked ? "Locked" : "Follows editor");
    setAttributes(lock, {
      title: isLocked
        ? "Stays with this plan. Press to follow the active editor instead."
        : "Shows the CIF or plan of the active editor. Press to stay with this plan.",
    });
  });
  return element(
    "div",
    { class: "plan-bar", attributes: { role: "group", "aria-label": "Plan" } },
    plan,
    save,
    text,
    block,
    lock,
  );
}

function chip(onClick: () => void, hint: string): HTMLButtonElement {
  const node = element("button", { class: "chip", attributes: { type: "button", title: hint } });
  node.addEventListener("click", onClick);
  return node;
}

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) anywhere in the panel take back the last edit of the plan and do it again. */
export function listenForUndo(store: Store): void {
  window.addEventListener("keydown", (event) => {
    // VS Code has prevented the default by then, to run its own undo, which knows nothing of the plan.
    if (event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    const name = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : undefined;
    if (name === undefined) return;
    store.command(name);
  });
}
