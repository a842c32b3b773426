import * as v from "valibot";
import { error, fail, ok, type Result } from "../util/index.ts";

export type Hkl = readonly [number, number, number];

/**
 * The experiment as the user states it: immutable, plain JSON, units in the names. Directions are text: `(h,k,l)` is
 * a plane normal, `[u,v,w]` a direction of the lattice.
 */
export interface ExperimentPlan {
  readonly version: 1;
  readonly cif: { readonly path: string; readonly block: string };
  readonly beam: {
    readonly energy_keV: number;
    /** Along lab Y. */
    readonly width_um: number;
    /** Along lab Z. */
    readonly height_um: number;
  };
  readonly sample: {
    /** Along sample x, the exit normal. */
    readonly thickness_um: number;
    /** Along sample z, up. */
    readonly height_um: number;
    /** Along sample y. */
    readonly width_um: number;
    /** Absent: along Q. */
    readonly up?: string;
    /** Absent: the default exit face. */
    readonly exit?: string;
  };
  /** Absent: the default reflection. */
  readonly reflection?: { readonly hkl: Hkl };
  /** Mean beam direction; absent: as exit. */
  readonly beamExit?: string;
  /** Id of the instrument profile. */
  readonly instrument: string;
}

/** A field of the plan that an edit sets or, without a value, removes. */
export interface PlanOp {
  readonly path: readonly string[];
  readonly value?: unknown;
}

const planSchema = v.looseObject({
  version: v.literal(1),
  cif: v.looseObject({ path: v.string(), block: v.string() }),
  beam: v.looseObject({ energy_keV: v.number(), width_um: v.number(), height_um: v.number() }),
  sample: v.looseObject({
    thickness_um: v.number(),
    height_um: v.number(),
    width_um: v.number(),
    up: v.optional(v.string()),
    exit: v.optional(v.string()),
  }),
  reflection: v.optional(v.looseObject({ hkl: v.tuple([v.number(), v.number(), v.number()]) })),
  beamExit: v.optional(v.string()),
  instrument: v.string(),
});

/** A plan of unknown origin, checked for its shape; unknown keys are kept. Values are judged by `checkPlan`. */
export function parsePlan(value: unknown): Result<ExperimentPlan> {
  const parsed = v.safeParse(planSchema, value);
  if (parsed.success) return ok(parsed.output as ExperimentPlan);
  const [issue] = parsed.issues;
  const field = issue.path?.map((step) => String(step.key)).join(".");
  return fail(
    error(
      "plan/shape",
      `The plan is not valid at "${field ?? "its top"}": ${issue.message}.`,
      field === undefined ? {} : { field },
    ),
  );
}

/** The plan that a CIF starts with: 17 keV line beam, a 150 um thick, 5 x 5 mm wafer, everything else by default. */
export const createDraftPlan = (cifPath: string, block: string): ExperimentPlan => ({
  version: 1,
  cif: { path: cifPath, block },
  beam: { energy_keV: 17, width_um: 200, height_um: 0.6 },
  sample: { thickness_um: 150, height_um: 5000, width_um: 5000 },
  instrument: "esrf-id03",
});

type Json = Readonly<Record<string, unknown>>;

function set(target: Json, [key, ...rest]: readonly string[], value: unknown): Json {
  if (key === undefined) return target;
  if (rest.length > 0) {
    const child = target[key];
    return { ...target, [key]: set(typeof child === "object" && child !== null ? (child as Json) : {}, rest, value) };
  }
  const { [key]: _removed, ...others } = target;
  return value === undefined ? others : { ...others, [key]: value };
}

/** The plan with the operations applied in order; unknown keys and untouched parts are kept as they are. */
export const applyOps = (plan: ExperimentPlan, ops: readonly PlanOp[]): ExperimentPlan =>
  ops.reduce<Json>(
    (result, op) => set(result, op.path, op.value),
    plan as unknown as Json,
  ) as unknown as ExperimentPlan;
