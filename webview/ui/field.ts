import type { Issue } from "../../core/util/index.ts";
import { element, setAttributes, setText, uniqueId } from "./dom.ts";
import { toolkitElement } from "./toolkit.ts";

export interface FieldOptions {
  readonly label: string;
  /** Shown behind the input and read out with the label. */
  readonly unit?: string;
  /** Dotted path in the plan; tests and issues find the field by it. */
  readonly field: string;
  readonly hint?: string;
}

/** Label, input, unit and, below, a line for a note or for what is wrong. */
export interface Field {
  readonly element: HTMLElement;
  readonly input: HTMLElement;
  /** A remark that is shown while there is no issue. */
  setNote(note: string | null): void;
  setIssue(issue: Issue | null): void;
}

const accessibleName = ({ label, unit }: FieldOptions): string => (unit === undefined ? label : `${label} in ${unit}`);

/** Lays out one input. The accessible name is label and unit; the line below describes the input. */
export function fieldRow(options: FieldOptions, input: HTMLElement): Field {
  const lineId = uniqueId("line");
  const label = element("span", { class: "field-label", text: options.label, attributes: { "aria-hidden": "true" } });
  const unit = element("span", {
    class: "field-unit",
    text: options.unit ?? "",
    attributes: { "aria-hidden": "true" },
  });
  const line = element("div", { class: "field-line", attributes: { id: lineId, role: "status" } });
  setAttributes(input, { "aria-label": accessibleName(options), title: options.hint });
  label.addEventListener("click", () => input.focus());

  let note: string | null = null;
  let present: Issue | null = null;
  const show = (): void => {
    const text = present?.message ?? note ?? "";
    setText(line, text);
    setAttributes(line, { "data-severity": present?.severity });
    setAttributes(input, { "aria-invalid": present?.severity === "error" ? "true" : undefined });
    describe(input, line, text);
  };
  return {
    element: element(
      "div",
      {
        class: options.unit === undefined ? "field is-unitless" : "field",
        attributes: { "data-field": options.field },
      },
      label,
      input,
      unit,
      line,
    ),
    input,
    setNote: (text) => {
      note = text;
      show();
    },
    setIssue: (issue) => {
      present = issue;
      show();
    },
  };
}

/**
 * The toolkit's real input sits in a shadow root, where an id of this document means nothing: there the description is
 * given as text.
 */
function describe(input: HTMLElement, line: HTMLElement, text: string): void {
  setAttributes(input, { "aria-describedby": text === "" ? undefined : line.id });
  const control = input.shadowRoot?.querySelector("input");
  if (control) setAttributes(control, { "aria-description": text === "" ? undefined : text });
}

export interface TextInput extends Field {
  /** Replaces the text unless the user is in the middle of typing. */
  show(text: string): void;
  setPlaceholder(text: string): void;
}

export interface TextInputEvents {
  /** Enter, or leaving the field with a changed text. */
  commit(text: string): void;
  /** Escape: the field should show the present value again. */
  cancel?(): void;
  /** Arrow up or down (ten times as far with Shift). */
  step?(direction: 1 | -1, isLarge: boolean): void;
  /** The arrow key was released. */
  stepEnd?(): void;
}

export function textInput(options: FieldOptions, events: TextInputEvents): TextInput {
  const input = toolkitElement("vscode-text-field", { spellcheck: "false" });
  // The toolkit names its input by its own label, which the style sheet hides: the row has one.
  input.textContent = accessibleName(options);
  const row = fieldRow(options, input);
  let shown = "";
  let isDirty = false;
  const commit = (): void => {
    if (!isDirty) return;
    isDirty = false;
    shown = input.value;
    events.commit(input.value);
  };
  input.addEventListener("input", (event) => {
    // VS Code undoes the last typing of the page, whichever field has the focus; the plan is undone by the panel.
    const isUndo = event instanceof InputEvent && event.inputType.startsWith("history");
    if (isUndo && !isDirty) input.value = shown;
    else isDirty = true;
  });
  input.addEventListener("blur", commit);
  input.addEventListener("keydown", (event) => {
    // While someone types, undo is the field's own.
    if (isDirty && (event.ctrlKey || event.metaKey) && /^[yz]$/i.test(event.key)) event.stopPropagation();
    if (event.key === "Enter") commit();
    if (event.key === "Escape") {
      isDirty = false;
      input.value = shown;
      events.cancel?.();
    }
    if (events.step && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      isDirty = false;
      events.step(event.key === "ArrowUp" ? 1 : -1, event.shiftKey);
    }
  });
  input.addEventListener("keyup", (event) => {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") events.stepEnd?.();
  });
  return {
    ...row,
    show: (text) => {
      shown = text;
      if (!isDirty && input.value !== text) input.value = text;
    },
    setPlaceholder: (text) => {
      input.placeholder = text;
    },
  };
}

export interface Choice {
  readonly value: string;
  readonly text: string;
}

export interface ChoiceInput extends Field {
  show(value: string): void;
}

export function dropdown(
  options: FieldOptions,
  choices: readonly Choice[],
  onChoose: (value: string) => void,
): ChoiceInput {
  const input = toolkitElement("vscode-dropdown");
  for (const choice of choices) {
    const option = toolkitElement("vscode-option", { value: choice.value });
    option.textContent = choice.text;
    input.append(option);
  }
  input.addEventListener("change", () => onChoose(input.value));
  return {
    ...fieldRow(options, input),
    show: (value) => {
      if (input.value !== value) input.value = value;
    },
  };
}
