import { computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import {
  azimuthRanges,
  type ExperimentPlan,
  type InstrumentProfile,
  type Reach,
  type ReachableEnergies,
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
import { type EnergiesRequest, isSame } from "./surveyQuestions.ts";
import { energiesSought_keV } from "./surveyWork.ts";
import type { SurveyWorker } from "./surveyWorker.ts";

const NONE = "–";

interface DetailsParts {
  readonly store: Store;
  readonly chosen: ReadonlySignal<SurveyRow | null>;
  readonly worker: SurveyWorker;
  readonly viewState: ViewState;
}

/** What makes the score of the chosen reflection, and what else the instrument could do with it. */
export function details({ store, chosen, worker, viewState }: DetailsParts): HTMLElement {
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
  const score = resultRow("signal", "Signal R", "Integrated intensity of a rocking scan that comes out");
  const intensity = resultRow("kinematical", "Kinematical", "r_e² λ³ P |F|² s / (V² sin 2θ) of a rocking scan");
  const passed = resultRow("passed", "Transmission", "Mean over the lit volume, in and out");
  const dynamical = resultRow("dynamical", "Dyn. / kin.", "Dynamical by kinematical intensity of a perfect crystal");
  const lens = resultRow("lens", "Lens", "What the lens of the plan lets through on its axis");
  const list = element(
    "div",
    {},
    resultList(stands, azimuth, energies),
    resultList(score, intensity, passed, dynamical, lens),
  );
  /** What the user has chosen; until then the room decides. */
  const fold = signal(viewState.get<boolean | undefined>("details", isBoolean, undefined));
  const isOpen = computed(() => fold.value ?? !(isNarrow.value || isLow.value));
  const more = disclosure("Chosen reflection", list, (isOpened) => {
    fold.value = isOpened;
    viewState.set("details", isOpened);
  });
  effect(() => more.show(isOpen.value));
  const reachable = reachableEnergies(store, chosen, worker, isOpen);
  effect(() => {
    const row = chosen.value;
    const instrument = store.instrument.value.value;
    more.element.hidden = row === null || instrument === null;
    if (row === null || instrument === null) return;
    more.setTitle(`(${row.hkl.join(",")}) in detail`);
    const { factors, reach } = row;
    stands.show(...standsText(reach));
    azimuth.show(azimuthText(row, instrument));
    energies.show(energyText(store.plan.value, row, instrument, reachable.value));
    score.show(
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

/** The nearest energies at which the chosen reflection is within reach; null while they are sought, or not wanted. */
function reachableEnergies(
  store: Store,
  chosen: ReadonlySignal<SurveyRow | null>,
  worker: SurveyWorker,
  isWanted: ReadonlySignal<boolean>,
): ReadonlySignal<ReachableEnergies | null> {
  const found = signal<ReachableEnergies | null>(null);
  let last: EnergiesRequest | undefined;
  effect(() => {
    const row = chosen.value;
    const crystal = store.lastCrystal.value;
    const plan = store.plan.value;
    const instrument = store.instrument.value.value;
    if (!isWanted.value || row === null || row.reach.reachable || crystal === null || instrument === null) {
      worker.forget("energies");
      last = undefined;
      found.value = null;
      return;
    }
    const request = { crystal, plan, instrument, row };
    if (last && isSame(last, request)) return;
    last = request;
    found.value = null;
    worker.ask({ kind: "energies", ...request }, ({ energies }) => {
      found.value = energies;
    });
  });
  return found;
}

function energyText(
  { beam }: ExperimentPlan,
  row: SurveyRow,
  instrument: InstrumentProfile,
  found: ReachableEnergies | null,
): string {
  if (row.reach.reachable) return `${format.significant(beam.energy_keV, 5)} keV, as planned`;
  if (found === null) return "Searching …";
  const { below_keV, above_keV, isDecided } = found;
  const known = [
    ...(below_keV === null ? [] : [`${format.significant(below_keV, 4)} keV downwards`]),
    ...(above_keV === null ? [] : [`${format.significant(above_keV, 4)} keV on`]),
  ];
  const [low, high] = energiesSought_keV(instrument);
  const nearer = isDecided ? "" : "; there may be nearer ones: the search was given up";
  if (known.length > 0) return `from ${known.join(", or from ")}${nearer}`;
  return isDecided ? `no energy from ${low} to ${high} keV` : "not decided: the search was given up";
}
