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

/** A field of the plan that an edit can set or (with undefined) remove. */
export interface PlanOp {
  readonly path: readonly string[];
  readonly value?: unknown;
}
