import { computed, signal } from "@preact/signals-core";
import type { Crystal } from "../../core/crystal/index.ts";
import type { ExperimentPlan, InstrumentProfile } from "../../core/experiment/index.ts";
import "../shell/shell.css";
import { fromCrystalAndPlan, lastGood } from "../shell/derived.ts";
import { panelLayout } from "../shell/layout.ts";
import { startPanel } from "../shell/panel.ts";
import { deriveLens } from "./deriveLens.ts";
import { lensDrawing } from "./figureView.ts";
import { LENS_FIELDS, lensInputs, savedTwoTheta_deg } from "./inputs.ts";
import { wantedMagnification } from "./inverse.ts";
import "./lens.css";
import { focusPlots } from "./plots.ts";
import { lensHeadline, lensResults } from "./results.ts";

startPanel("lens", (root, { store, viewState }) => {
  const typedTwoTheta_deg = signal(savedTwoTheta_deg(viewState));
  const derive = (crystal: Crystal | null, plan: ExperimentPlan, instrument: InstrumentProfile) =>
    deriveLens({
      crystal,
      plan,
      instrument,
      lens: store.lens.value,
      hkl: store.hkl.value,
      typedTwoTheta_deg: typedTwoTheta_deg.value,
    });
  const withCrystal = fromCrystalAndPlan(store, derive);
  const state = lastGood(
    computed(() => {
      const instrument = store.instrument.value.value;
      const isFree = store.crystalState.value.crystal === null && typedTwoTheta_deg.value !== null;
      const isPlanSound = !store.planIssues.value.some(({ severity }) => severity === "error");
      return isFree && isPlanSound && instrument !== null
        ? derive(null, store.plan.value, instrument)
        : withCrystal.value;
    }),
  );
  const value = computed(() => state.value.value);
  root.append(
    panelLayout("lens", store, state, {
      headline: lensHeadline(value),
      inputs: lensInputs(store, state, typedTwoTheta_deg, viewState),
      results: [...lensResults(value), wantedMagnification(store, value, viewState)],
      picture: [lensDrawing(value), ...focusPlots(store, value)],
      fields: LENS_FIELDS,
    }),
  );
});
