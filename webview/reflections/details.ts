import { effect, type ReadonlySignal } from "@preact/signals-core";
import {
  azimuthRanges,
  candidatesOf,
  type InstrumentProfile,
  reachableEnergies,
  type SurveyRow,
} from "../../core/experiment/index.ts";
import { format } from "../../core/util/index.ts";
import type { Store } from "../shell/store.ts";
import { disclosure } from "../ui/disclosure.ts";
import { element } from "../ui/dom.ts";
import { resultList, resultRow } from "../ui/results.ts";

const NONE = "–";

/** Where the energies next to the present one are sought if the instrument does not say what it delivers, in keV. */
const ENERGIES_keV = [5, 100] as const;

/** What makes the score of the chosen reflection, and what else the instrument could do with it. */
export function details(store: Store, chosen: ReadonlySignal<SurveyRow | null>): HTMLElement {
  const intensity = resultRow("kinematical", "Kinematical R", "r_e² λ³ P |F|² s / (V² sin 2θ) of a rocking scan");
  const factors = resultRow("factors", "P and L", "Polarisation factor P and Lorentz factor 1/sin 2θ");
  const passed = resultRow("passed", "T × dyn./kin.", "Mean transmission, and dynamical by kinematical intensity");
  const azimuth = resultRow(
    "azimuth",
    "Free azimuth",
    "Turns about Q from the solution shown that keep every axis within its limits",
  );
  const energies = resultRow(
    "energies",
    "Reachable at",
    "The nearest energies at which it or an equivalent is within reach",
  );
  const list = element("div", {}, resultList(intensity, factors, passed, azimuth, energies));
  const more = disclosure("Chosen reflection", list);
  more.open();
  effect(() => {
    const row = chosen.value;
    const instrument = store.instrument.value.value;
    more.element.hidden = row === null || instrument === null;
    if (row === null || instrument === null) return;
    more.setTitle(`(${row.hkl.join(",")}) in detail`);
    const score = row.factors;
    intensity.show(
      score === null ? NONE : `${format.significant(score.kinematical_urad, 3)} µrad`,
      `|F|² ${format.significant(row.F ** 2, 4)}`,
    );
    factors.show(
      score === null ? NONE : `P ${format.fixed(score.polarisation, 3)}, L ${format.fixed(score.lorentz, 3)}`,
    );
    passed.show(
      score === null ? NONE : `${format.percent(score.transmission)} × ${format.fixed(score.dynamical, 3)}`,
      store.plan.value.sample.perfection === "deformed" ? "deformed: scatters kinematically" : "",
    );
    azimuth.show(azimuthText(row, instrument));
    energies.show(energyText(store, row, instrument));
  });
  return more.element;
}

function azimuthText({ reach }: SurveyRow, { stack }: InstrumentProfile): string {
  if (!reach.reachable || reach.solution === null) return NONE;
  const readings = reach.solution.angles.map(({ angle_deg }) => angle_deg);
  const ranges = azimuthRanges(stack, readings, reach.Q_sample);
  const text = ranges.map(({ from_deg, to_deg }) => `${format.fixed(from_deg, 1)}° to ${format.fixed(to_deg, 1)}°`);
  return text.join(", ") || NONE;
}

function energyText(store: Store, row: SurveyRow, instrument: InstrumentProfile): string {
  const plan = store.plan.value;
  const crystal = store.lastCrystal.value;
  if (row.reach.reachable) return `${format.significant(plan.beam.energy_keV, 5)} keV, as planned`;
  if (crystal === null) return NONE;
  const { below_keV, above_keV } = reachableEnergies(
    instrument,
    row.d_A,
    plan.beam.energy_keV,
    candidatesOf(plan, crystal, instrument, [row])(row),
    instrument.energyRange_keV ?? ENERGIES_keV,
    plan.lens?.detectorDistance_mm,
  );
  const known = [
    ...(below_keV === null ? [] : [`${format.significant(below_keV, 4)} keV downwards`]),
    ...(above_keV === null ? [] : [`${format.significant(above_keV, 4)} keV on`]),
  ];
  const [low, high] = instrument.energyRange_keV ?? ENERGIES_keV;
  return known.length > 0 ? `from ${known.join(", or from ")}` : `no energy from ${low} to ${high} keV`;
}
