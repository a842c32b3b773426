import { computed, signal } from "@preact/signals-core";
import "../shell/shell.css";
import { fromCrystalAndPlan, lastGood } from "../shell/derived.ts";
import { experimentOf } from "../shell/experiment.ts";
import { panelLayout } from "../shell/layout.ts";
import { startPanel } from "../shell/panel.ts";
import { energyInput, sampleLengthInput, wavelengthInput } from "../ui/planInputs.ts";
import { section } from "../ui/section.ts";
import "./attenuation.css";
import { bestEnergy } from "./bestEnergy.ts";
import { deriveAttenuation } from "./curve.ts";
import { lengthPlot } from "./lengthPlot.ts";
import { rangeInputs, savedRange } from "./range.ts";
import { attenuationResults } from "./results.ts";
import { transmissionPlot } from "./transmissionPlot.ts";

startPanel("attenuation", (root, { store, viewState }) => {
  const range = signal(savedRange(viewState));
  const attenuation = lastGood(
    fromCrystalAndPlan(store, (crystal, plan) => deriveAttenuation(crystal, plan, range.value)),
  );
  const issues = computed(() => attenuation.value.issues);
  const value = computed(() => attenuation.value.value);
  const experiment = experimentOf(store);
  const best_keV = bestEnergy(store, experiment);
  root.append(
    panelLayout("attenuation", store, attenuation, {
      inputs: [
        section("Beam", energyInput(store, issues).element, wavelengthInput(store, issues).element),
        section("Sample", sampleLengthInput(store, issues, "thickness_um", "Thickness", "x, the exit normal").element),
        rangeInputs(range, viewState),
      ],
      results: [attenuationResults(store, attenuation, experiment, best_keV)],
      picture: [lengthPlot(store, value, range, best_keV), transmissionPlot(store, value, experiment)],
      fields: ["beam.energy_keV", "beam.wavelength", "sample.thickness_um"],
    }),
  );
});
