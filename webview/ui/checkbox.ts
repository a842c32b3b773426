import { toolkitElement } from "./toolkit.ts";

export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): HTMLElement {
  const node = toolkitElement("vscode-checkbox");
  node.textContent = label;
  node.checked = checked;
  node.addEventListener("change", () => onChange(node.checked));
  return node;
}
