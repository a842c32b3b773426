import { effect } from "@preact/signals-core";
import { deriveGeometry, focusLens, type Geometry, type LensBox } from "../../core/experiment/index.ts";
import { buildScene, describeExperiment, descriptionText, type LensInFocus } from "../../core/scene/index.ts";
import "../shell/shell.css";
import { fromCrystalAndPlan, lastGood } from "../shell/derived.ts";
import { experimentOf } from "../shell/experiment.ts";
import { panelLayout } from "../shell/layout.ts";
import { startPanel } from "../shell/panel.ts";
import { folds } from "./folds.ts";
import "./tools.css";
import "./geometry.css";
import { geometryHeadline } from "./headline.ts";
import { GEOMETRY_FIELDS, geometryInputs } from "./inputs.ts";
import { sceneOptions } from "./options.ts";
import { mountPicture } from "./picture.ts";
import { geometryResults } from "./results.ts";

startPanel("geometry", (root, { store, viewState }) => {
  const geometry = lastGood(
    fromCrystalAndPlan(store, (crystal, plan, instrument) =>
      deriveGeometry(plan, crystal, store.hkl.value, instrument),
    ),
  );
  const experiment = experimentOf(store);
  const shown = sceneOptions(viewState);
  const picture = mountPicture(
    store,
    viewState,
    shown,
    folds(() => root.querySelector(".panel"), viewState),
    geometryHeadline(geometry),
  );
  root.append(
    panelLayout("geometry", store, geometry, {
      inputs: geometryInputs(store, geometry),
      results: geometryResults(store, geometry, viewState),
      picture: picture.elements,
      fields: GEOMETRY_FIELDS,
    }),
  );
  effect(() => {
    const { value, isStale } = geometry.value;
    const crystal = store.lastCrystal.value;
    const plan = store.plan.value;
    const instrument = store.instrument.value.value;
    if (value === null || isStale || crystal === null || instrument === null) return;
    const options = shown.options.value;
    const distance_mm = plan.lens?.detectorDistance_mm ?? instrument.detector?.distance_mm ?? null;
    const lens = lensInFocus(store.lens.value?.value ?? null, value, distance_mm);
    const { value: derived, isStale: isOld } = experiment.value;
    const darwinWidth_fwhm_urad = isOld ? null : (derived?.dynamical?.darwinWidth_fwhm_urad ?? null);
    const input = { plan, crystal, geometry: value, instrument, lens, darwinWidth_fwhm_urad, options };
    picture.show(buildScene(input), value, descriptionText(describeExperiment(input)));
  });
});

/** Where the objective of the plan stands; null without one, or where it has no focus. */
function lensInFocus(
  box: LensBox | null,
  { energy_keV, twoTheta_deg }: Geometry,
  distance_mm: number | null,
): LensInFocus | null {
  if (box === null || distance_mm === null) return null;
  const found = focusLens(box, { energy_keV, twoTheta_deg, dTotHorizontal_mm: distance_mm });
  if (!found.ok || found.value.focus === null) return null;
  const { focus, dL_mm } = found.value;
  return { d1_mm: focus.d1_mm, dL_mm, d2_mm: focus.d2_mm, M: focus.M };
}
