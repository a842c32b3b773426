import { element, setAttributes, setText, uniqueId } from "./dom.ts";

export interface Disclosure {
  readonly element: HTMLElement;
  readonly isOpen: () => boolean;
  show(isOpen: boolean): void;
  setTitle(title: string): void;
}

/** A button that shows and hides what is below it. */
export function disclosure(
  title: string,
  content: HTMLElement,
  onToggle: (isOpen: boolean) => void = () => {},
): Disclosure {
  content.id = uniqueId("disclosed");
  content.hidden = true;
  const toggle = element("button", {
    class: "disclosure",
    text: title,
    attributes: { type: "button", "aria-expanded": "false", "aria-controls": content.id },
  });
  const set = (isOpen: boolean): void => {
    content.hidden = !isOpen;
    setAttributes(toggle, { "aria-expanded": String(isOpen) });
  };
  toggle.addEventListener("click", () => {
    set(content.hidden !== false);
    onToggle(!content.hidden);
  });
  return {
    element: element("div", {}, toggle, content),
    isOpen: () => !content.hidden,
    show: set,
    setTitle: (text) => setText(toggle, text),
  };
}
