import * as v from "valibot";
import { error, fail, type Mat3, ok, type Result } from "../util/index.ts";
import { planSchema } from "./planSchema.ts";

export type Hkl = readonly [number, number, number];

/**
 * The experiment as the user states it: immutable, plain JSON, units in the names. Directions are text: `(h,k,l)` is
 * a plane normal, `[u,v,w]` a direction of the lattice.
 */
export interface ExperimentPlan {
  readonly version: 1;
  /** Path relative to the plan; `sha256` of its text when the plan was saved last. */
  readonly cif: { readonly path: string; readonly block: string; readonly sha256?: string };
  readonly beam: {
    readonly energy_keV: number;
    /** Along lab Y. */
    readonly width_um: number;
    /** Along lab Z. */
    readonly height_um: number;
    /** Delta E / E, full width at half maximum; absent: that of the instrument. */
    readonly bandwidth_fwhm?: number;
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
    /** Absent: `perfect`, the careful assumption. */
    readonly perfection?: Perfection;
    /**
     * In place of `up` and `exit`: U rotates the Cartesian crystal frame of Busing and Levy (x along a*, b* in the xy
     * plane with positive y), which ImageD11 uses too, into the sample frame.
     */
    readonly orientation?: { readonly U: Mat3 };
  };
  /** Absent: the default reflection. */
  readonly reflection?: { readonly hkl: Hkl };
  /** Mean beam direction; absent: as exit. */
  readonly beamExit?: string;
  /** Id of a shipped instrument profile, or the path of a `*.dfxrm-instrument.json` file relative to the plan. */
  readonly instrument: string;
  /** Absent: no lens is planned. */
  readonly lens?: {
    /** Id of a shipped lens box, or the path of a lens file relative to the plan. */
    readonly file: string;
    /** From the sample to the detector along the incident beam (d_tot' = d_tot cos 2theta); absent: the instrument's. */
    readonly detectorDistance_mm?: number;
  };
  /** Absent ones: `DEFAULT_THRESHOLDS`. */
  readonly thresholds?: Partial<Thresholds>;
  readonly notes?: string;
}

/** Whether the crystal is perfect enough to scatter dynamically, or deformed so that it scatters kinematically. */
export type Perfection = "perfect" | "deformed";

/** Limits of the verdicts. Rules of thumb to start from, all editable. */
export interface Thresholds {
  /** Mean transmission from which the light is good. */
  readonly transmissionGood: number;
  /** Mean transmission below which it is poor. */
  readonly transmissionPoor: number;
  /** Caution where the brightest part of the illuminated volume gives more than this times the darkest. */
  readonly unevenness: number;
  /** t/Lambda up to which scattering is kinematical, and from which it is dynamical if the crystal is perfect. */
  readonly kinematicalBelow: number;
  readonly dynamicalAbove: number;
  /** Caution where an axis has less than this to its limit; absent in the plan: the instrument's mounting uncertainty. */
  readonly motorMargin_deg?: number;
}

/** A field of the plan that an edit sets or, without a value, removes. */
export interface PlanOp {
  readonly path: readonly string[];
  readonly value?: unknown;
}

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

/** The plan that a CIF starts with: 17 keV line beam, a 150 um thick, 5 x 5 mm wafer, ID03 with its usual lens. */
export const createDraftPlan = (cifPath: string, block: string): ExperimentPlan => ({
  version: 1,
  cif: { path: cifPath, block },
  beam: { energy_keV: 17, width_um: 200, height_um: 0.6 },
  sample: { thickness_um: 150, height_um: 5000, width_um: 5000 },
  instrument: "esrf-id03",
  lens: { file: "id06" },
});

type Json = Readonly<Record<string, unknown>>;

function set(target: Json, [key, ...rest]: readonly string[], value: unknown): Json {
  if (key === undefined) return target;
  if (rest.length > 0) {
    const child = target[key];
    if (value === undefined && (typeof child !== "object" || child === null)) return target;
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
