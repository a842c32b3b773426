import { computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Crystal } from "../../core/crystal/index.ts";
import { checkPlan, type ExperimentPlan, type InstrumentProfile } from "../../core/experiment/index.ts";
import { error, fail, type Issue, type Result } from "../../core/util/index.ts";
import type { Store } from "./store.ts";

/** The last result that succeeded, and what keeps the present input from giving one. */
export interface LastGood<T> {
  readonly value: T | null;
  /** True where `value` does not belong to the present input. */
  readonly isStale: boolean;
  /** True while the value for the present input is on its way. */
  readonly isComputing?: boolean;
  readonly issues: readonly Issue[];
}

const noCrystal = (name: string): Issue =>
  error("crystal/none", `${name} holds no crystal: it needs a unit cell, a space group and atoms.`);

/** What follows from the present crystal and plan, or why nothing does. */
export const fromCrystalAndPlan = <T>(
  store: Store,
  derive: (crystal: Crystal, plan: ExperimentPlan, instrument: InstrumentProfile) => Result<T>,
): ReadonlySignal<Result<T>> =>
  computed(() => {
    const { crystal, issues, name } = store.crystalState.value;
    const plan = store.plan.value;
    const unreadable = store.unreadable.value;
    const instrument = store.instrument.value;
    const faults = store.planIssues.value.filter((issue) => issue.severity === "error");
    if (crystal !== null && unreadable.length + faults.length === 0 && instrument.value !== null) {
      const derived = derive(crystal, plan, instrument.value);
      return { ...derived, issues: [...instrument.issues, ...derived.issues] };
    }
    const reasons = issues.filter((issue) => issue.severity === "error");
    return fail(
      ...(crystal !== null || reasons.length > 0 ? [] : [noCrystal(name)]),
      ...(crystal === null ? reasons : []),
      ...faults,
      ...unreadable,
      ...instrument.issues,
      ...checkPlan(plan),
    );
  });

/** Follows a result and holds on to its last good value, so that a picture never goes blank. */
export function lastGood<T>(result: ReadonlySignal<Result<T>>): ReadonlySignal<LastGood<T>> {
  const state = signal<LastGood<T>>({ value: null, isStale: true, issues: [] });
  effect(() => {
    const present = result.value;
    const { value } = state.peek();
    state.value = present.ok
      ? { value: present.value, isStale: false, issues: present.issues }
      : { value, isStale: true, issues: present.issues };
  });
  return state;
}
