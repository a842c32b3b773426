import { element, setAttributes, uniqueId } from "../ui/dom.ts";

export interface Tool {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
}

/** A small button with words. */
export function tool(text: string, onClick: () => void, hint?: string): HTMLButtonElement {
  const node = element("button", { class: "tool", text, attributes: { type: "button" } });
  if (hint !== undefined) node.title = hint;
  node.addEventListener("click", onClick);
  return node;
}

/** A button that is down or up. */
export interface ToggleTool {
  readonly element: HTMLButtonElement;
  show(isOn: boolean): void;
}

export function toggleTool(text: string, onToggle: (isOn: boolean) => void, hint?: string): ToggleTool {
  const node = tool(text, () => onToggle(node.getAttribute("aria-pressed") !== "true"), hint);
  return { element: node, show: (isOn) => setAttributes(node, { "aria-pressed": String(isOn) }) };
}

/** Buttons that open a panel over the picture, one at a time; Escape closes it. */
export function menuBar(): { menu(title: string, hint: string, ...content: readonly Node[]): HTMLElement } {
  let closeOpen: (() => void) | undefined;
  return {
    menu(title, hint, ...content) {
      const id = uniqueId("menu");
      const panel = element("div", { class: "menu-panel", attributes: { id, role: "group", "aria-label": hint } });
      panel.append(...content);
      panel.hidden = true;
      const button = element("button", {
        class: "tool is-menu",
        text: title,
        attributes: { type: "button", "aria-expanded": "false", "aria-controls": id },
      });
      button.title = hint;
      const close = (): void => {
        panel.hidden = true;
        setAttributes(button, { "aria-expanded": "false" });
        if (closeOpen === close) closeOpen = undefined;
      };
      button.addEventListener("click", () => {
        const wasOpen = !panel.hidden;
        closeOpen?.();
        if (wasOpen) return;
        panel.hidden = false;
        setAttributes(button, { "aria-expanded": "true" });
        closeOpen = close;
      });
      const menu = element("div", { class: "menu" }, button, panel);
      menu.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || panel.hidden) return;
        close();
        button.focus();
      });
      return menu;
    },
  };
}
