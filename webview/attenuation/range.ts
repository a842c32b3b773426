import { effect, type Signal } from "@preact/signals-core";
import { error, fail, ok, type Result } from "../../core/util/index.ts";
import { checkEnergy, ENERGY_RANGE_keV } from "../../core/xray/index.ts";
import type { ViewState } from "../shell/viewState.ts";
import { button } from "../ui/button.ts";
import { textInput } from "../ui/field.ts";
import { readEnergy_keV } from "../ui/quantity.ts";
import { section } from "../ui/section.ts";

export type EnergyRange_keV = readonly [number, number];

const DEFAULT_RANGE_keV: EnergyRange_keV = [5, 80];

const isRange = (value: unknown): value is EnergyRange_keV =>
  Array.isArray(value) && value.length === 2 && checkRange(value as unknown as EnergyRange_keV).ok;

export const savedRange = (viewState: ViewState): EnergyRange_keV =>
  viewState.get("range_keV", isRange, DEFAULT_RANGE_keV);

function checkRange([from, to]: EnergyRange_keV): Result<EnergyRange_keV> {
  for (const energy of [checkEnergy(from), checkEnergy(to)]) if (!energy.ok) return energy;
  return to > from * 1.05
    ? ok([from, to])
    : fail(error("view/range", "The range must end at least 5 % above its start."));
}

/** The energies over which the curve is drawn: part of the view, not of the plan. */
export function rangeInputs(range: Signal<EnergyRange_keV>, viewState: ViewState): HTMLElement {
  const apply = (input: typeof from, read: Result<EnergyRange_keV>): void => {
    const checked = read.ok ? checkRange(read.value) : read;
    input.setIssue(checked.ok ? null : (checked.issues[0] ?? null));
    if (!checked.ok) return;
    range.value = checked.value;
    viewState.set("range_keV", checked.value);
  };
  const bound = (label: string, index: 0 | 1) => {
    const field = `view.range.${index}`;
    const input = textInput(
      { label, unit: "keV", field, hint: "Energies that the plot shows, 1 to 150 keV" },
      {
        commit: (text) => {
          const read = readEnergy_keV(text, field);
          const [start, end] = range.peek();
          apply(input, read.ok ? ok(index === 0 ? [read.value, end] : [start, read.value]) : read);
        },
        cancel: () => input.setIssue(null),
      },
    );
    effect(() => {
      input.show(String(range.value[index]));
      input.setIssue(null);
    });
    return input;
  };
  const from = bound("From", 0);
  const to = bound("To", 1);
  const whole = button("Whole range", () => apply(from, ok(ENERGY_RANGE_keV)), "1 to 150 keV");
  const usual = button("Usual range", () => apply(from, ok(DEFAULT_RANGE_keV)), "5 to 80 keV");
  const buttons = document.createElement("div");
  buttons.className = "range-buttons";
  buttons.append(usual, whole);
  return section("Energies shown", from.element, to.element, buttons);
}
