import { effect } from "@preact/signals-core";
import { deriveGeometry } from "../../core/experiment/index.ts";
import { buildScene } from "../../core/scene/index.ts";
import "../shell/shell.css";
import { fromCrystalAndPlan, lastGood } from "../shell/derived.ts";
import { panelLayout } from "../shell/layout.ts";
import { startPanel } from "../shell/panel.ts";
import { folds } from "./folds.ts";
import "./geometry.css";
import { geometryHeadline } from "./headline.ts";
import { GEOMETRY_FIELDS, geometryInputs } from "./inputs.ts";
import { sceneOptions } from "./options.ts";
import { mountPicture } from "./picture.ts";
import { describeGeometry, geometryResults } from "./results.ts";

startPanel("geometry", (root, { store, viewState }) => {
  const geometry = lastGood(
    fromCrystalAndPlan(store, (crystal, plan, instrument) =>
      deriveGeometry(plan, crystal, store.hkl.value, instrument),
    ),
  );
  const shown = sceneOptions(viewState);
  const picture = mountPicture(
    store,
    viewState,
    shown,
    folds(() => root.querySelector(".panel"), viewState),
  );
  root.append(
    panelLayout("geometry", store, geometry, {
      headline: geometryHeadline(geometry),
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
    picture.show(buildScene({ plan, crystal, geometry: value, instrument, options }), value, describeGeometry(value));
  });
});
