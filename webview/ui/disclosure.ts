import { element, setAttributes, setText, uniqueId } from "./dom.ts";

export interface Disclosure {
  readonly element: HTMLElement;
  readonly isOpen: () => boolean;
  setTitle(title: string): void;
}

/** A button that shows and hides what is below it. */
export function disclosure(title: string, content: HTMLElement, onOpen: () => void = () => {}): Disclosure {
  content.id = uniqueId("disclosed");
  content.hidden = true;
  const toggle = element("button", {
    class: "disclosure",
    text: title,
    attributes: { type: "button", "aria-expanded": "false", "aria-controls": content.id },
  });
  toggle.addEventListener("click", () => {
    content.hidden = !content.hidden;
    setAttributes(toggle, { "aria-expanded": String(!content.hidden) });
    if (!content.hidden) onOpen();
  });
  return {
    element: element("div", {}, toggle, content),
    isOpen: () => !content.hidden,
    setTitle: (text) => setText(toggle, text),
  };
}
