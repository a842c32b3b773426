import { effect, type ReadonlySignal } from "@preact/signals-core";
import {
  azimuthRanges,
  candidatesOf,
  type InstrumentProfile,
  type Reach,
  reachableEnergies,
  type SurveyRow,
} from "../../core/experiment/index.ts";
import { format } from "../../core/util/index.ts";
import type { Store } from "../shell/store.ts";
import { isBoolean, type ViewState } from "../shell/viewState.ts";
import { disclosure } from "../ui/disclosure.ts";
import { element } from "../ui/dom.ts";
import { resultList, resultRow } from "../ui/results.ts";
import { isLow, isNarrow } from "../ui/windowSize.ts";
import { reachedText } from "./columns.ts";

const NONE = "–";

/** Where the energies next to the present one are sought if the instrument does not say what it delivers, in keV. */
const ENERGIES_keV = [5, 100] as const;

/** What makes the score of the chosen reflection, and what else the instrument could do with it. */
export function details(store: Store, chosen: ReadonlySignal<SurveyRow | null>, viewState: ViewState): HTMLElement {
  const stands = resultRow(
    "stands",
    "Reached",
    "The equivalent that is reached with the least motion, or what stops it",
  );
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
  const signal = resultRow("signal", "Signal R", "Integrated intensity of a rocking scan that comes out");
  const intensity = resultRow("kinematical", "Kinematical", "r_e² λ³ P |F|² s / (V² sin 2θ) of a rocking scan");
  const passed = resultRow("passed", "Transmission", "Mean over the lit volume, in and out");
  const dynamical = resultRow("dynamical", "Dyn. / kin.", "Dynamical by kinematical intensity of a perfect crystal");
  const lens = resultRow("lens", "Lens", "What the lens of the plan lets through on its axis");
  const list = element(
    "div",
    {},
    resultList(stands, azimuth, energies),
    resultList(signal, intensity, passed, dynamical, lens),
  );
  const more = disclosure("Chosen reflection", list, (isOpen) => viewState.set("details", isOpen));
  if (viewState.get("details", isBoolean, !isNarrow.peek() && !isLow.peek())) more.open();
  effect(() => {
    const row = chosen.value;
    const instrument = store.instrument.value.value;
    more.element.hidden = row === null || instrument === null;
    if (row === null || instrument === null) return;
    more.setTitle(`(${row.hkl.join(",")}) in detail`);
    const { factors, reach } = row;
    stands.show(...standsText(reach));
    azimuth.show(azimuthText(row, instrument));
    energies.show(energyText(store, row, instrument));
    signal.show(
      row.score_urad === null ? NONE : `${format.significant(row.score_urad, 3)} µrad`,
      reach.reachable ? "the product of what follows" : "as it is not within reach",
    );
    intensity.show(
      factors === null ? NONE : `${format.significant(factors.kinematical_urad, 3)} µrad`,
      factors === null
        ? ""
        : `|F|² ${format.significant(row.F ** 2, 4)}, polarisation ${format.fixed(factors.polarisation, 3)}, Lorentz ${format.fixed(factors.lorentz, 3)}, λ³/V² ${format.significant(factors.lambda3_by_V2_invA3, 3)} Å⁻³`,
    );
    passed.show(factors === null ? NONE : format.percent(factors.transmission));
    dynamical.show(
      factors === null ? NONE : format.fixed(factors.dynamical, 3),
      store.plan.value.sample.perfection === "deformed" ? "deformed: scatters kinematically" : "as a perfect crystal",
    );
    lens.element.hidden = store.plan.value.lens === undefined;
    const through = factors?.lens ?? null;
    lens.show(
      through === null ? NONE : format.percent(through),
      through === null ? "not known, counts as 1: the lens file gives no web thickness" : "on its axis",
    );
  });
  return more.element;
}

function standsText(reach: Reach): [string, string] {
  if (!reach.reachable) return [reach.isDecided ? "no" : "not decided", reach.obstacle ?? ""];
  return [
    reachedText(reach),
    reach.isDecided ? "with least motion" : "others may take less motion: the search was given up",
  ];
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
  const { below_keV, above_keV, isDecided } = reachableEnergies(
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
  if (known.length > 0) return `from ${known.join(", or from ")}`;
  return isDecided ? `no energy from ${low} to ${high} keV` : "not decided: the search was given up";
}
