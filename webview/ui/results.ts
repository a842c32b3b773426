import { element, setAttributes, setText } from "./dom.ts";

export interface ResultRow {
  readonly element: HTMLElement;
  /** A value to be read and copied, and a remark behind it. */
  show(value: string, note?: string): void;
}

/** Where there is no value to copy. */
const NOTHING: readonly string[] = ["", "–", "unknown"];

/** One result: name, value (a click copies it), remark. `key` is its `data-result`. */
export function resultRow(key: string, label: string, hint?: string): ResultRow {
  const value = element("button", { class: "value", attributes: { "data-result": key, type: "button" } });
  const note = element("span", { class: "note" });
  value.addEventListener("click", () => void copy(value));
  const name = element("dt", { text: label });
  if (hint !== undefined) name.title = hint;
  const row = element("div", { class: "result" }, name, element("dd", {}, value, note));
  return {
    element: row,
    show: (text, remark = "") => {
      setText(value, text);
      value.disabled = NOTHING.includes(text);
      setAttributes(value, {
        "aria-label": value.disabled ? `${label} ${text}` : `${label} ${text}, copy`,
        title: value.disabled ? undefined : "Click to copy",
      });
      setText(note, remark);
    },
  };
}

async function copy(value: HTMLElement): Promise<void> {
  await navigator.clipboard.writeText(value.textContent ?? "");
  value.dataset["copied"] = "1";
  setTimeout(() => delete value.dataset["copied"], 1200);
}

export const resultList = (...rows: readonly ResultRow[]): HTMLElement =>
  element("dl", { class: "results" }, ...rows.map((row) => row.element));
