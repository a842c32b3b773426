import { effect, type ReadonlySignal } from "@preact/signals-core";
import { INSTRUMENTS, parseDirection } from "../../core/experiment/index.ts";
import { type Issue, ok, wavelength_A } from "../../core/util/index.ts";
import type { Store } from "../shell/store.ts";
import { type ChoiceInput, dropdown, type TextInput } from "./field.ts";
import { planField, showIssuesOf } from "./planField.ts";
import { readEnergy_keV, readHkl, readLength_um, readWavelength_keV } from "./quantity.ts";

/** The inputs of the plan that more than one panel shows. */

type Issues = ReadonlySignal<readonly Issue[]>;

/** A number as it is typed: no trailing zeros, a decimal point. */
const typed = (value: number, digits = 7): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : "";
/** They fit the field of a narrow panel. */
const WAVELENGTH_DIGITS = 6;

const energyOps = (energy_keV: number) => [{ path: ["beam", "energy_keV"], value: energy_keV }];

export const energyInput = (store: Store, issues: Issues): TextInput =>
  planField(
    store,
    {
      label: "Energy",
      unit: "keV",
      field: "beam.energy_keV",
      hint: "Photon energy: 17, 17 keV or 0.7293 Å. Arrow keys change it by 0.1 keV, with Shift by 1 keV.",
      editLabel: "Change energy",
      read: (plan) => plan.beam.energy_keV,
      show: (value) => typed(value),
      parse: (text) => readEnergy_keV(text, "beam.energy_keV"),
      ops: energyOps,
      step: (value, direction, isLarge) => Number((value + direction * (isLarge ? 1 : 0.1)).toFixed(6)),
    },
    issues,
  );

export const wavelengthInput = (store: Store, issues: Issues): TextInput =>
  planField(
    store,
    {
      label: "Wavelength",
      unit: "Å",
      field: "beam.wavelength",
      hint: "The same as the energy: 0.7293, 0.7293 Å or 17 keV.",
      editLabel: "Change wavelength",
      read: (plan) => plan.beam.energy_keV,
      show: (energy_keV) => (energy_keV > 0 ? typed(wavelength_A(energy_keV), WAVELENGTH_DIGITS) : ""),
      parse: (text) => readWavelength_keV(text, "beam.wavelength"),
      ops: energyOps,
    },
    issues,
  );

type SampleLength = "thickness_um" | "height_um" | "width_um";

export const sampleLengthInput = (
  store: Store,
  issues: Issues,
  key: SampleLength,
  label: string,
  along: string,
): TextInput => {
  const field = `sample.${key}`;
  return planField(
    store,
    {
      label,
      unit: "µm",
      field,
      hint: `${label} of the sample along ${along}: 150, 150 µm or 0.15 mm.`,
      editLabel: `Change ${label.toLowerCase()}`,
      read: (plan) => plan.sample[key],
      show: (value) => typed(value),
      parse: (text) => readLength_um(text, field),
      ops: (value) => [{ path: ["sample", key], value }],
      step: (value, direction, isLarge) => {
        const digit = 10 ** Math.floor(Math.log10(Math.max(value, 1e-3)) - (isLarge ? 0 : 1));
        return Math.max(digit, Number((value + direction * digit).toPrecision(12)));
      },
    },
    issues,
  );
};

export const hklInput = (store: Store, issues: Issues): TextInput => {
  const field = "reflection.hkl";
  const input = planField(
    store,
    {
      label: "Reflection",
      unit: "h k l",
      field,
      hint: "Miller indices: 0 0 6, (1,-1,2) or 006. Empty: the brightest within reach.",
      editLabel: "Change reflection",
      read: (plan) => plan.reflection?.hkl ?? null,
      show: (hkl) => (hkl === null ? "" : hkl.join(" ")),
      parse: (text) => (text.trim() === "" ? ok(null) : readHkl(text, field)),
      ops: (hkl) => [{ path: ["reflection"], ...(hkl !== null && { value: { hkl } }) }],
    },
    issues,
  );
  effect(() => {
    const isDefault = store.plan.value.reflection === undefined;
    const hkl = store.hkl.value;
    input.setPlaceholder(isDefault && hkl !== null ? hkl.join(" ") : "");
    input.setNote(isDefault && hkl !== null ? "Default: the brightest within reach." : null);
  });
  return input;
};

export interface DirectionOptions {
  readonly label: string;
  readonly path: readonly string[];
  readonly hint: string;
}

/** A direction as `(h,k,l)` or `[u,v,w]`; empty takes the default, which the placeholder names. */
export const directionInput = (store: Store, issues: Issues, options: DirectionOptions): TextInput => {
  const field = options.path.join(".");
  return planField(
    store,
    {
      label: options.label,
      field,
      hint: `${options.hint} (h,k,l) is a plane normal, [u,v,w] a direction of the lattice; empty takes the default.`,
      editLabel: `Change ${options.label.toLowerCase()}`,
      read: (plan) =>
        (field === "beamExit" ? plan.beamExit : field === "sample.up" ? plan.sample.up : plan.sample.exit) ?? "",
      show: (text) => text,
      parse: (text) => {
        if (text.trim() === "") return ok("");
        const direction = parseDirection(text, field);
        return direction.ok ? ok(text.trim()) : direction;
      },
      ops: (text) => [{ path: options.path, ...(text !== "" && { value: text }) }],
    },
    issues,
  );
};

export const instrumentInput = (store: Store, issues: Issues): ChoiceInput => {
  const input = dropdown(
    { label: "Instrument", field: "instrument", hint: "Whose goniometer and limits the angles are for." },
    INSTRUMENTS.map(({ id, name }) => ({ value: id, text: name })),
    (id) => store.edit("Change instrument", [{ path: ["instrument"], value: id }]),
  );
  effect(() => input.show(store.plan.value.instrument));
  showIssuesOf("instrument", input, issues);
  return input;
};
