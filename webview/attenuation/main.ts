import { computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import { format } from "../../core/util/index.ts";
import "../shell/shell.css";
import { fromCrystalAndPlan, lastGood } from "../shell/derived.ts";
import { panelLayout } from "../shell/layout.ts";
import { startPanel } from "../shell/panel.ts";
import { energyInput, sampleLengthInput, wavelengthInput } from "../ui/planInputs.ts";
import { resultList, resultRow } from "../ui/results.ts";
import { section } from "../ui/section.ts";
import "./attenuation.css";
import { type Attenuation, deriveAttenuation } from "./curve.ts";
import { lengthPlot } from "./lengthPlot.ts";
import { rangeInputs, savedRange } from "./range.ts";
import { transmissionPlot } from "./transmissionPlot.ts";

startPanel("attenuation", (root, { store, viewState }) => {
  const range = signal(savedRange(viewState));
  const attenuation = lastGood(
    fromCrystalAndPlan(store, (crystal, plan) => deriveAttenuation(crystal, plan, range.value)),
  );
  const issues = computed(() => attenuation.value.issues);
  const value = computed(() => attenuation.value.value);
  root.append(
    panelLayout("attenuation", store, attenuation, {
      inputs: [
        section("Beam", energyInput(store, issues).element, wavelengthInput(store, issues).element),
        section("Sample", sampleLengthInput(store, issues, "thickness_um", "Thickness", "x, the exit normal").element),
        rangeInputs(range, viewState),
      ],
      results: [attenuationResults(value)],
      picture: [lengthPlot(store, value, range), transmissionPlot(store, value)],
      fields: ["beam.energy_keV", "beam.wavelength", "sample.thickness_um"],
    }),
  );
});

function attenuationResults(value: ReadonlySignal<Attenuation | null>): HTMLElement {
  const length = resultRow("attenuationLength", "1/e length", "Way over which the beam falls to 37 %");
  const transmission = resultRow("transmission", "Transmission", "Straight through the thickness");
  const delta = resultRow("delta", "δ", "Refractive index n = 1 − δ − iβ");
  const beta = resultRow("beta", "β", "Refractive index n = 1 − δ − iβ");
  effect(() => {
    const shown = value.value;
    if (shown === null) return;
    length.show(format.length(shown.attenuationLength_um));
    transmission.show(format.percent(shown.transmission), "straight through; along the beams see Geometry");
    delta.show(shown.index === null ? "unknown" : format.significant(shown.index.delta, 4));
    beta.show(shown.index === null ? "unknown" : format.significant(shown.index.beta, 4));
  });
  return section("Attenuation", resultList(length, transmission, delta, beta));
}
