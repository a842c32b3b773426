import { computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Crystal } from "../../core/crystal/index.ts";
import type { ExperimentPlan } from "../../core/experiment/index.ts";
import { error, fail, type Issue, type Result } from "../../core/util/index.ts";
import type { Store } from "./store.ts";

/** The last result that succeeded, and what keeps the present input from giving one. */
export interface LastGood<T> {
  readonly value: T | null;
  /** True where `value` does not belong to the present input. */
  readonly isStale: boolean;
  readonly issues: readonly Issue[];
}

/** What follows from the present crystal and plan, or why nothing does. */
export const fromCrystalAndPlan = <T>(
  store: Store,
  derive: (crystal: Crystal, plan: ExperimentPlan) => Result<T>,
): ReadonlySignal<Result<T>> =>
  computed(() => {
    const { crystal, issues, name } = store.crystalState.value;
    if (crystal === null) {
      const reasons = issues.filter((issue) => issue.severity === "error");
      return fail(
        ...(reasons.length > 0
          ? reasons
          : [error("crystal/none", `${name} holds no crystal: a panel needs a unit cell, a space group and atoms.`)]),
      );
    }
    if (store.unreadable.value.length > 0) return fail(...store.unreadable.value);
    return derive(crystal, store.plan.value);
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
