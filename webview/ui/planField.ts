import { effect, type ReadonlySignal } from "@preact/signals-core";
import type { ExperimentPlan, PlanOp } from "../../core/experiment/index.ts";
import type { Issue, Result } from "../../core/util/index.ts";
import type { Store } from "../shell/store.ts";
import { type Field, type FieldOptions, type TextInput, textInput } from "./field.ts";

export interface PlanFieldOptions<T> extends FieldOptions {
  /** Name of the undo step. */
  readonly editLabel: string;
  read(plan: ExperimentPlan): T;
  show(value: T): string;
  parse(text: string): Result<T>;
  ops(value: T): readonly PlanOp[];
  /** The next value of an arrow key. */
  step?(value: T, direction: 1 | -1, isLarge: boolean): T;
}

/** A text input tied to one value of the plan: typing commits on Enter or blur, arrow keys preview and then commit. */
export function planField<T>(
  store: Store,
  options: PlanFieldOptions<T>,
  issues: ReadonlySignal<readonly Issue[]>,
): TextInput {
  const present = (): T => options.read(store.plan.peek());
  let stepped: T | undefined;
  const { step } = options;
  const input = textInput(options, {
    commit: (text) => {
      const value = options.parse(text);
      store.refuse(options.field, value.ok ? null : (value.issues[0] ?? null));
      if (value.ok) store.edit(options.editLabel, options.ops(value.value));
    },
    cancel: () => {
      store.refuse(options.field, null);
      store.forget(options.field);
    },
    ...(step && {
      step: (direction, isLarge) => {
        store.refuse(options.field, null);
        stepped = step(present(), direction, isLarge);
        store.preview(options.ops(stepped));
      },
      stepEnd: () => {
        if (stepped === undefined) return;
        store.edit(options.editLabel, options.ops(stepped));
        stepped = undefined;
      },
    }),
  });
  effect(() => {
    const value = options.read(store.plan.value);
    if (!store.unreadable.value.some((issue) => issue.field === options.field)) input.show(options.show(value));
  });
  showIssuesOf(options.field, input, issues);
  return input;
}

const RANK = { error: 0, warning: 1, information: 2, hint: 3 } as const;

/** Shows the gravest issue of a plan field at its input. */
export function showIssuesOf(path: string, input: Field, issues: ReadonlySignal<readonly Issue[]>): void {
  effect(() => {
    const own = issues.value.filter((issue) => issue.field === path);
    const [gravest] = own.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
    input.setIssue(gravest ?? null);
  });
}
