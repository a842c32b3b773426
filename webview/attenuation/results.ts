import { effect, type ReadonlySignal } from "@preact/signals-core";
import type { DynamicalGate, Experiment } from "../../core/experiment/index.ts";
import { format } from "../../core/util/index.ts";
import type { LastGood } from "../shell/derived.ts";
import type { Store } from "../shell/store.ts";
import { resultList, resultRow } from "../ui/results.ts";
import { section } from "../ui/section.ts";
import type { Attenuation } from "./curve.ts";

const REGIMES: Readonly<Record<DynamicalGate["regime"], string>> = {
  kinematical: "kinematical",
  marginal: "on the border to dynamical, if perfect",
  dynamical: "dynamical, if perfect",
};

/** The numbers of the panel: what gets through, and where there would be the most signal. */
export function attenuationResults(
  store: Store,
  attenuation: ReadonlySignal<LastGood<Attenuation>>,
  experiment: ReadonlySignal<LastGood<Experiment>>,
  best_keV: ReadonlySignal<number | null>,
): HTMLElement {
  const length = resultRow("attenuationLength", "1/e length", "Way over which the beam falls to 37 %");
  const transmission = resultRow(
    "transmission",
    "Straight through",
    "Transmission through the thickness, without diffraction",
  );
  const along = resultRow("transmissionMean", "Along the beams", "Transmission in and out, mean over the lit volume");
  const best = resultRow("optimumThickness", "Best thickness", "Thickness with the most signal, all else as planned");
  const energy = resultRow(
    "optimumEnergy",
    "Best energy",
    "Most signal per incident photon with this sample and reflection, where the detector can stand",
  );
  const depth = resultRow("penetration", "Mean depth", "Mean depth from which reflected light comes back: sin θ / 2μ");
  const ratio = resultRow(
    "thicknessByPeriod",
    "Thickness t/Λ",
    "Thickness in Pendellösung lengths Λ of a perfect crystal",
  );
  const period = resultRow(
    "extinctionLength",
    "Pendellösung Λ",
    "Pendellösung length for the face through which the beam enters",
  );
  const darwin = resultRow("darwinWidth", "Darwin width", "Width of total reflection of a perfect crystal");
  const delta = resultRow("delta", "δ", "Refractive index n = 1 − δ − iβ");
  const beta = resultRow("beta", "β", "Refractive index n = 1 − δ − iβ");
  effect(() => {
    const { value: shown } = attenuation.value;
    if (shown === null) return;
    length.show(format.length(shown.attenuationLength_um));
    transmission.show(format.percent(shown.transmission));
    delta.show(shown.index === null ? "unknown" : format.significant(shown.index.delta, 4));
    beta.show(shown.index === null ? "unknown" : format.significant(shown.index.beta, 4));
  });
  effect(() => {
    // The panel is greyed: the numbers of the last input that worked stay.
    if (attenuation.value.isStale) return;
    const { value: found, isStale } = experiment.value;
    const known = found === null || isStale ? null : found;
    const { optimumThickness_um = null, penetration_um = null, signalOfOptimum = 0 } = known?.attenuation ?? {};
    const percent = format.percent(signalOfOptimum);
    along.show(
      known === null ? "unknown" : format.percent(known.geometry.path.transmissionMean),
      known === null ? "the beams are not known" : "",
    );
    best.show(
      optimumThickness_um === null ? "none" : format.length(optimumThickness_um, 3),
      optimumThickness_um === null ? "" : `the plan has ${percent} of its signal`,
    );
    const gate = known?.dynamical ?? null;
    const unknown = known === null ? "unknown" : "none";
    const why = known === null ? "" : "the reflection is absent";
    ratio.show(gate === null ? unknown : format.significant(gate.ratio, 3), gate === null ? why : REGIMES[gate.regime]);
    period.show(gate === null ? unknown : format.length(gate.extinctionLength_um, 3));
    darwin.show(
      gate === null ? unknown : `${format.significant(gate.darwinWidth_urad, 3)} µrad`,
      gate === null ? "" : `rocking curve ${format.significant(gate.darwinWidth_fwhm_urad, 3)} µrad (FWHM)`,
    );
    depth.element.hidden = penetration_um === null;
    depth.show(penetration_um === null ? "" : format.length(penetration_um, 3));
    const perfect = store.plan.value.sample.perfection !== "deformed";
    energy.show(
      best_keV.value === null ? unknown : `${format.significant(best_keV.value, 4)} keV`,
      perfect ? "as a perfect crystal" : "as a deformed crystal",
    );
  });
  return section(
    "Attenuation",
    resultList(length, transmission, along, best, energy, depth, ratio, period, darwin, delta, beta),
  );
}
