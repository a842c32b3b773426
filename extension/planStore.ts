import { applyOps, type ExperimentPlan, type PlanOp, parsePlan } from "../core/experiment/index.ts";
import type { Outcome } from "./panels/messages.ts";

/** One plan that several panels show and edit, whether it is a draft or a file. */
export interface PlanStore {
  /** Grows with each accepted edit, and with each other change of the plan. */
  readonly version: number;
  readonly plan: ExperimentPlan;
  /**
   * Applies an edit that was made on the plan of `baseVersion`. An edit that comes late is applied on top of the newer
   * plan, unless a field that it sets was changed in between: then it is refused, and the reason returned.
   */
  edit(baseVersion: number, ops: readonly PlanOp[]): Promise<Outcome>;
  /** Takes the last edit back, by an edit that sets its fields to what they were; nothing where there is none left. */
  undo(): Promise<Outcome>;
  redo(): Promise<Outcome>;
  /** Takes over a plan that was changed elsewhere: in the text of its file. Returns whether it is another one. */
  replace(plan: ExperimentPlan): boolean;
  /** Notes the file and block that a draft is about now; not an edit. */
  useCif(cif: ExperimentPlan["cif"]): void;
}

/** Makes a change last; the sentence of why it does not, if so. */
export type WritePlan = (plan: ExperimentPlan, ops: readonly PlanOp[]) => Promise<string | undefined>;

/** An edit of a panel, and the one that takes it back. */
interface Step {
  readonly done: readonly PlanOp[];
  readonly inverse: readonly PlanOp[];
}

export function createPlanStore(initial: ExperimentPlan, write: WritePlan): PlanStore {
  let plan = initial;
  let version = 1;
  let undoable: readonly Step[] = [];
  let redoable: readonly Step[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  /** Version at which each field was set last, by dotted path. */
  const changedAt = new Map<string, number>();

  const conflict = (baseVersion: number, ops: readonly PlanOp[]): string | undefined =>
    ops
      .map((op) => op.path.join("."))
      .find((path) => [...changedAt].some(([other, at]) => at > baseVersion && overlaps(path, other)));

  const accept = (next: ExperimentPlan, paths: readonly string[]): void => {
    plan = next;
    version++;
    for (const path of paths) changedAt.set(path, version);
  };
  const apply = async (ops: readonly PlanOp[]): Promise<Outcome> => {
    const edited = parsePlan(applyOps(plan, ops));
    if (!edited.ok) return { ok: false, error: edited.issues[0]?.message ?? "The plan would not be valid." };
    const before = version;
    const error = await write(edited.value, ops);
    if (error !== undefined) return { ok: false, error };
    // A file tells of its new text by itself, and before its writing ends: the plan is then there already.
    if (version === before || !isSame(plan, edited.value)) accept(edited.value, pathsOf(ops));
    return { ok: true };
  };
  const inTurn = (work: () => Promise<Outcome>): Promise<Outcome> => {
    const turn = queue.then(work);
    queue = turn.catch(() => {});
    return turn;
  };
  /** Applies the last step of a list that still fits: one whose fields were changed otherwise since then has had its day. */
  const travel = async (
    steps: readonly Step[],
    present: "done" | "inverse",
  ): Promise<{ outcome: Outcome; rest: readonly Step[]; step: Step | undefined }> => {
    const at = steps.findLastIndex((step) => isSame(applyOps(plan, step[present]), plan));
    const step = steps[at];
    if (step === undefined) return { outcome: { ok: true }, rest: [], step };
    const outcome = await apply(step[present === "done" ? "inverse" : "done"]);
    return outcome.ok ? { outcome, rest: steps.slice(0, at), step } : { outcome, rest: steps, step: undefined };
  };

  return {
    get version() {
      return version;
    },
    get plan() {
      return plan;
    },
    edit: (baseVersion, ops) =>
      inTurn(async () => {
        const field = conflict(baseVersion, ops);
        if (field !== undefined) {
          return { ok: false, error: `${field} was changed elsewhere meanwhile; its value there is kept.` };
        }
        const inverse = inverseOf(plan, ops);
        const outcome = await apply(ops);
        if (outcome.ok) {
          undoable = [...undoable, { done: ops, inverse }];
          redoable = [];
        }
        return outcome;
      }),
    undo: () =>
      inTurn(async () => {
        const { outcome, rest, step } = await travel(undoable, "done");
        undoable = rest;
        if (step) redoable = [...redoable, step];
        return outcome;
      }),
    redo: () =>
      inTurn(async () => {
        const { outcome, rest, step } = await travel(redoable, "inverse");
        redoable = rest;
        if (step) undoable = [...undoable, step];
        return outcome;
      }),
    replace(next) {
      if (isSame(next, plan)) return false;
      accept(next, differingPaths(plan, next));
      return true;
    },
    useCif(cif) {
      plan = { ...plan, cif: { ...plan.cif, ...cif } };
    },
  };
}

/** Whether one path is the other or lies inside it. */
const overlaps = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);

const pathsOf = (ops: readonly PlanOp[]): readonly string[] => ops.map((op) => op.path.join("."));

/** The operations that set what `ops` will change back to what it is, last first. */
export function inverseOf(plan: ExperimentPlan, ops: readonly PlanOp[]): readonly PlanOp[] {
  return ops
    .map(({ path }): PlanOp => {
      // Where a part is missing as a whole, it is the part that has to go again.
      const depth = path.findIndex((_key, i) => valueAt(plan, path.slice(0, i + 1)) === undefined);
      if (depth >= 0) return { path: path.slice(0, depth + 1) };
      return { path, value: valueAt(plan, path) };
    })
    .reverse();
}

export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (part, key) => (typeof part === "object" && part !== null ? (part as Record<string, unknown>)[key] : undefined),
    value,
  );
}

/** Whether two values are the same JSON, in whatever order their keys stand. */
const isSame = (a: unknown, b: unknown): boolean => differingPaths(a, b).length === 0;

/** Dotted paths of the values in which two JSON values differ. */
export function differingPaths(a: unknown, b: unknown, at = ""): readonly string[] {
  if (Object.is(a, b)) return [];
  if (!isObject(a) || !isObject(b)) return JSON.stringify(a) === JSON.stringify(b) ? [] : [at];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => differingPaths(a[key], b[key], at === "" ? key : `${at}.${key}`));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
