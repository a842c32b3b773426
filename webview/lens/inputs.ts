import { computed, effect, type ReadonlySignal, type Signal } from "@preact/signals-core";
import { LENS_BOXES } from "../../core/experiment/index.ts";
import { error, fail, format, ok, type Result } from "../../core/util/index.ts";
import type { LastGood } from "../shell/derived.ts";
import type { Store } from "../shell/store.ts";
import { isFiniteNumber, type ViewState } from "../shell/viewState.ts";
import { dropdown, textInput } from "../ui/field.ts";
import { planField, type showIssuesOf } from "../ui/planField.ts";
import { energyInput, hklInput, wavelengthInput } from "../ui/planInputs.ts";
import { readLength_um, readNumber } from "../ui/quantity.ts";
import { section } from "../ui/section.ts";
import { detectorDistance_mm, type LensState } from "./deriveLens.ts";

/** Plan fields whose issues this panel shows at the field. */
export const LENS_FIELDS = [
  "beam.energy_keV",
  "beam.wavelength",
  "reflection.hkl",
  "lens.file",
  "lens.detectorDistance_mm",
  "view.twoTheta_deg",
] as const;

const OF_A_FILE = "file";
const NONE = "none";

/** 2theta that was typed in place of that of the reflection: part of the view, not of the plan. */
export const savedTwoTheta_deg = (viewState: ViewState): number | null =>
  viewState.get("twoTheta_deg", (saved): saved is number | null => saved === null || isFiniteNumber(saved), null);

export function lensInputs(
  store: Store,
  state: ReadonlySignal<LastGood<LensState>>,
  typedTwoTheta_deg: Signal<number | null>,
  viewState: ViewState,
): readonly HTMLElement[] {
  const issues = computed(() => state.value.issues);
  return [
    section("Beam", energyInput(store, issues).element, wavelengthInput(store, issues).element),
    section("Reflection", hklInput(store, issues).element, twoThetaInput(state, typedTwoTheta_deg, viewState)),
    section("Lens", lensChoice(store), lensFileInput(store, issues), distanceInput(store, issues)),
  ];
}

function lensChoice(store: Store): HTMLElement {
  const choices = [
    { value: NONE, text: "No lens" },
    ...Object.entries(LENS_BOXES).map(([id, { name }]) => ({ value: id, text: name })),
    { value: OF_A_FILE, text: "From a file" },
  ];
  const input = dropdown(
    { label: "Lens", field: "view.lens", hint: "A lens that comes with DF-XRM, or one of a file" },
    choices,
    (value) => {
      if (value === NONE) store.edit("Plan without lens", [{ path: ["lens"] }]);
      else if (value !== OF_A_FILE) store.edit("Choose lens", [{ path: ["lens", "file"], value }]);
    },
  );
  effect(() => {
    const file = store.plan.value.lens?.file;
    input.show(file === undefined ? NONE : Object.hasOwn(LENS_BOXES, file) ? file : OF_A_FILE);
  });
  return input.element;
}

function lensFileInput(store: Store, issues: Parameters<typeof showIssuesOf>[2]): HTMLElement {
  const input = planField(
    store,
    {
      label: "Lens file",
      field: "lens.file",
      hint: "A .lens or .dfxrm-lens.json file, beside the plan or below it; or the id of a lens that comes with DF-XRM",
      editLabel: "Choose lens",
      read: (plan) => plan.lens?.file ?? "",
      show: (file) => file,
      parse: (text) => ok(text.trim()),
      ops: (file) => (file === "" ? [{ path: ["lens"] }] : [{ path: ["lens", "file"], value: file }]),
    },
    issues,
  );
  input.setPlaceholder("objective.lens");
  return input.element;
}

/** A distance in mm, or with its unit. */
function readDistance_mm(text: string, field: string): Result<number | null> {
  if (text.trim() === "") return ok(null);
  const plain = readNumber(text, "", field);
  const length = plain.ok ? ok(plain.value * 1000) : readLength_um(text, field);
  if (!length.ok) return length;
  return length.value > 0
    ? ok(length.value / 1000)
    : fail(error("lens/distance", "Give a distance above 0 mm.", { field }));
}

function distanceInput(store: Store, issues: Parameters<typeof showIssuesOf>[2]): HTMLElement {
  const field = "lens.detectorDistance_mm";
  const input = planField<number | null>(
    store,
    {
      label: "Detector",
      unit: "mm",
      field,
      hint: "d tot′, from the sample to the detector along the incident beam: 5000, 5000 mm or 5 m. Empty: that of the instrument.",
      editLabel: "Change detector distance",
      read: (plan) => plan.lens?.detectorDistance_mm ?? null,
      show: (value) => (value === null ? "" : String(Number(value.toPrecision(8)))),
      parse: (text) => readDistance_mm(text, field),
      ops: (value) => [{ path: ["lens", "detectorDistance_mm"], ...(value !== null && { value }) }],
      step: (value, direction, isLarge) => {
        const profile = store.instrument.peek().value;
        const present = value ?? (profile && detectorDistance_mm(store.plan.peek(), profile)) ?? 5000;
        return Math.max(1, present + direction * (isLarge ? 100 : 10));
      },
    },
    issues,
  );
  effect(() => {
    const distance_mm = store.instrument.value.value?.detector?.distance_mm;
    const isDefault = store.plan.value.lens?.detectorDistance_mm === undefined;
    input.setPlaceholder(distance_mm === undefined ? "" : String(distance_mm));
    input.setNote(
      isDefault && distance_mm !== undefined
        ? "Default: that of the instrument, along the incident beam."
        : "Along the incident beam (d tot′).",
    );
  });
  return input.element;
}

function twoThetaInput(
  state: ReadonlySignal<LastGood<LensState>>,
  typed: Signal<number | null>,
  viewState: ViewState,
): HTMLElement {
  const field = "view.twoTheta_deg";
  const apply = (value: number | null): void => {
    input.setIssue(null);
    typed.value = value;
    viewState.set("twoTheta_deg", value);
  };
  const input = textInput(
    { label: "2θ", unit: "°", field, hint: "Empty: that of the reflection" },
    {
      commit: (text) => {
        if (text.trim() === "") return apply(null);
        const read = readNumber(text, "an angle in degrees", field);
        const value = read.ok ? read.value : Number.NaN;
        if (value >= 0 && value < 90) return apply(value);
        const message = read.ok ? "2θ must be from 0° to below 90°." : (read.issues[0]?.message ?? "");
        input.setIssue(error("lens/two-theta", message, { field }));
      },
      cancel: () => input.setIssue(null),
    },
  );
  effect(() => {
    const typedValue = typed.value;
    input.show(typedValue === null ? "" : String(typedValue));
    const found = state.value.value?.found;
    input.setPlaceholder(typedValue === null && found ? format.fixed(found.twoTheta_deg, 4) : "");
    input.setNote(typedValue === null ? "That of the reflection." : "Typed: not that of the reflection.");
  });
  return input.element;
}
