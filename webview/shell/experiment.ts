import type { ReadonlySignal } from "@preact/signals-core";
import { deriveExperiment, type Experiment } from "../../core/experiment/index.ts";
import { fromCrystalAndPlan, type LastGood, lastGood } from "./derived.ts";
import type { Store } from "./store.ts";

const experiments = new WeakMap<Store, ReadonlySignal<LastGood<Experiment>>>();

/** Everything that follows from the plan of a panel, derived once however many ask. */
export function experimentOf(store: Store): ReadonlySignal<LastGood<Experiment>> {
  const known = experiments.get(store);
  if (known !== undefined) return known;
  const experiment = lastGood(
    fromCrystalAndPlan(store, (crystal, plan, instrument) =>
      deriveExperiment({ plan, crystal, hkl: store.hkl.value, instrument, lens: store.lens.value?.value ?? null }),
    ),
  );
  experiments.set(store, experiment);
  return experiment;
}
