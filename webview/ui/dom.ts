export interface ElementOptions {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Makes an element with its children. Text goes in as text, never as html. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (options.class !== undefined) node.className = options.class;
  if (options.text !== undefined) node.textContent = options.text;
  setAttributes(node, options.attributes ?? {});
  node.append(...children);
  return node;
}

/** Attributes of a place without text: the menu of VS Code does not offer to cut, copy and paste there. */
export const WITHOUT_TEXT = { "data-vscode-context": JSON.stringify({ preventDefaultContextMenuItems: true }) };

/** Sets attributes; undefined removes one. */
export function setAttributes(node: Element, attributes: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) node.removeAttribute(name);
    else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

/** Writes text only where it differs, so that nothing is repainted or announced without need. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

let lastId = 0;
/** An id that no other element of the page has. */
export function uniqueId(prefix: string): string {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
