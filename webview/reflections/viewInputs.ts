import { effect, type ReadonlySignal, type Signal } from "@preact/signals-core";
import type { Issue, Result } from "../../core/util/index.ts";
import { type TextInput, textInput } from "../ui/field.ts";
import { showIssuesOf } from "../ui/planField.ts";
import { readNumber } from "../ui/quantity.ts";
import type { RowFilter } from "./filter.ts";

/** The inputs of the table: part of the view, not of the plan. */

export function twoThetaMaxInput(twoThetaMax_deg: Signal<number>, issues: ReadonlySignal<readonly Issue[]>): TextInput {
  const field = "twoThetaMax_deg";
  const input = textInput(
    { label: "Largest 2θ", unit: "°", field, hint: "Reflections beyond it are not listed" },
    {
      commit: (text) => {
        const read = readNumber(text, "an angle", field);
        if (read.ok) twoThetaMax_deg.value = read.value;
        else input.setIssue(read.issues[0] ?? null);
      },
      cancel: () => input.setIssue(null),
    },
  );
  effect(() => input.show(String(twoThetaMax_deg.value)));
  showIssuesOf(field, input, issues);
  return input;
}

export function filterInput(text: Signal<string>, filter: ReadonlySignal<Result<RowFilter> | null>): TextInput {
  const input = textInput(
    { label: "Filter", field: "filter", hint: "Indices such as 0 0 6, or conditions such as d>1.5 I>10 2θ<20 F>100" },
    { commit: () => {} },
  );
  input.setPlaceholder("0 0 6");
  input.input.addEventListener("input", () => {
    text.value = (input.input as HTMLInputElement).value;
  });
  input.setNote("Indices, or d>1.5  I>10  2θ<20  F>100");
  input.show(text.peek());
  effect(() => {
    const read = filter.value;
    input.setIssue(read === null || read.ok ? null : (read.issues[0] ?? null));
  });
  return input;
}
