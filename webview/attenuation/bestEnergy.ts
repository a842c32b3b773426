import { computed, type ReadonlySignal } from "@preact/signals-core";
import { type Experiment, energyOfMostSignal, type FixedSample } from "../../core/experiment/index.ts";
import type { LastGood } from "../shell/derived.ts";
import type { Store } from "../shell/store.ts";

/**
 * The energy with the most signal per incident photon, the sample as it is. It does not depend on the planned energy:
 * while that is dragged nothing is computed again.
 */
export function bestEnergy(
  store: Store,
  experiment: ReadonlySignal<LastGood<Experiment>>,
): ReadonlySignal<number | null> {
  let known: { readonly of: readonly unknown[]; readonly energy_keV: number | null } = { of: [], energy_keV: null };
  return computed(() => {
    const { value, isStale } = experiment.value;
    const crystal = store.lastCrystal.value;
    const instrument = store.instrument.value.value;
    if (value === null || isStale || crystal === null || instrument === null) return null;
    const plan = store.plan.peek();
    const sample: FixedSample = { plan, crystal, instrument, geometry: value.geometry };
    const of = [crystal, instrument, JSON.stringify([plan.sample, plan.beamExit, value.geometry.hkl])];
    if (known.of.length === 0 || of.some((item, i) => item !== known.of[i])) {
      known = { of, energy_keV: energyOfMostSignal(sample)?.at ?? null };
    }
    return known.energy_keV;
  });
}
