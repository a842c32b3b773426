import { effect, type ReadonlySignal } from "@preact/signals-core";
import { button } from "./button.ts";
import { element, setAttributes, uniqueId } from "./dom.ts";
import "./menu.css";

export interface MenuItem {
  readonly text: string;
  readonly hint: string;
  /** An item that is on or off; the menu stays open for the next one. */
  readonly isChecked?: ReadonlySignal<boolean>;
  run(): void;
}

/**
 * A button that opens a menu over the panel, by the pattern of WAI-ARIA: arrow keys, Home, End and first letters move,
 * Enter and Space choose, Escape closes and gives the focus back, Tab and a press elsewhere close.
 */
export function menuButton(title: string, hint: string, items: readonly MenuItem[]): HTMLElement {
  const nodes = items.map((item) => itemNode(item, () => choose(item)));
  const menu = element("div", {
    class: "menu-list",
    attributes: { role: "menu", id: uniqueId("menu"), "aria-label": title },
  });
  menu.append(...nodes);
  menu.hidden = true;
  const opener = button(title, () => (menu.hidden ? open(0) : close()), hint);
  opener.append(element("span", { text: " ▾", attributes: { "aria-hidden": "true" } }));
  setAttributes(opener, { "aria-haspopup": "menu", "aria-expanded": "false" });

  const open = (index: number): void => {
    menu.hidden = false;
    place(menu, opener.getBoundingClientRect());
    setAttributes(opener, { "aria-expanded": "true" });
    nodes.at(index)?.focus();
  };
  const close = (): void => {
    menu.hidden = true;
    setAttributes(opener, { "aria-expanded": "false" });
  };
  const choose = (item: MenuItem): void => {
    item.run();
    if (item.isChecked !== undefined) return;
    close();
    opener.focus();
  };
  const move = (key: string): boolean => {
    const present = nodes.indexOf(document.activeElement as HTMLButtonElement);
    const target = indexOfKey(key, present, items);
    if (target !== undefined) nodes.at(target)?.focus();
    return target !== undefined;
  };

  const whole = element("span", { class: "menu-holder" }, opener, menu);
  whole.addEventListener("keydown", (event) => {
    const { key } = event;
    if (menu.hidden) {
      if (key !== "ArrowDown" && key !== "ArrowUp") return;
      open(key === "ArrowDown" ? 0 : -1);
    } else if (key === "Escape") {
      close();
      opener.focus();
    } else if (!move(key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  whole.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && whole.contains(relatedTarget))) close();
  });
  window.addEventListener("resize", close);
  return whole;
}

function itemNode({ text, hint, isChecked }: MenuItem, choose: () => void): HTMLButtonElement {
  const node = element("button", {
    class: "menu-item",
    text,
    attributes: { type: "button", role: isChecked ? "menuitemcheckbox" : "menuitem", tabindex: "-1", title: hint },
  });
  if (isChecked) effect(() => setAttributes(node, { "aria-checked": String(isChecked.value) }));
  node.addEventListener("click", choose);
  return node;
}

/** Where a key leads from the item with the focus, around both ends; undefined where it leads nowhere. */
function indexOfKey(key: string, present: number, items: readonly MenuItem[]): number | undefined {
  if (key === "ArrowDown") return (present + 1) % items.length;
  if (key === "ArrowUp") return present - 1;
  if (key === "Home") return 0;
  if (key === "End") return -1;
  if (key.length !== 1 || key === " ") return undefined;
  const begins = ({ text }: MenuItem): boolean => text.toLowerCase().startsWith(key.toLowerCase());
  const next = items.findIndex((item, i) => i > present && begins(item));
  const found = next === -1 ? items.findIndex(begins) : next;
  return found === -1 ? undefined : found;
}

/** Below the button, or as far up and to the left as the window needs. */
function place(menu: HTMLElement, { left, bottom }: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(0, Math.min(left, document.documentElement.clientWidth - width))}px`;
  menu.style.top = `${Math.max(0, Math.min(bottom, window.innerHeight - height))}px`;
}
