import { applyOps, type ExperimentPlan, type PlanOp, parsePlan } from "../core/experiment/index.ts";

/** One plan that several panels show and edit. */
export interface PlanStore {
  /** Grows with each accepted edit. */
  readonly version: number;
  readonly plan: ExperimentPlan;
  /**
   * Applies an edit that was made on the plan of `baseVersion`. An edit that comes late is applied on top of the newer
   * plan, unless a field that it sets was changed in between: then it is refused, and the reason returned.
   */
  edit(
    baseVersion: number,
    ops: readonly PlanOp[],
  ): { readonly ok: true } | { readonly ok: false; readonly error: string };
  /** Notes the file and block that the plan is about now; not an edit. */
  useCif(cif: ExperimentPlan["cif"]): void;
}

export function createPlanStore(initial: ExperimentPlan, save: (plan: ExperimentPlan) => void): PlanStore {
  let plan = initial;
  let version = 1;
  /** Version at which each field was set last, by dotted path. */
  const changedAt = new Map<string, number>();

  const conflict = (baseVersion: number, ops: readonly PlanOp[]): string | undefined =>
    ops
      .map((op) => op.path.join("."))
      .find((path) => [...changedAt].some(([other, at]) => at > baseVersion && overlaps(path, other)));

  return {
    get version() {
      return version;
    },
    get plan() {
      return plan;
    },
    edit(baseVersion, ops) {
      const field = conflict(baseVersion, ops);
      if (field !== undefined) {
        return { ok: false, error: `${field} was changed in another panel meanwhile; its value there is kept.` };
      }
      const edited = parsePlan(applyOps(plan, ops));
      if (!edited.ok) return { ok: false, error: edited.issues[0]?.message ?? "The plan would not be valid." };
      plan = edited.value;
      version++;
      for (const op of ops) changedAt.set(op.path.join("."), version);
      save(plan);
      return { ok: true };
    },
    useCif(cif) {
      plan = { ...plan, cif: { ...plan.cif, ...cif } };
    },
  };
}

/** Whether one path is the other or lies inside it. */
const overlaps = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
