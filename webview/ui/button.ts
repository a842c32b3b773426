import { toolkitElement } from "./toolkit.ts";
import "./button.css";

/** A button with words. `hint` is its tooltip. */
export function button(text: string, onClick: () => void, hint?: string): HTMLElement {
  const node = toolkitElement("vscode-button", { appearance: "secondary" });
  node.textContent = text;
  if (hint !== undefined) node.title = hint;
  node.addEventListener("click", onClick);
  return node;
}
