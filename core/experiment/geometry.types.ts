import type { Mat3, Vec3 } from "../util/index.ts";
import type { Hkl } from "./plan.ts";

/** Unit vectors of the sample frame, their names for people, and whether a default was used for them. */
export interface MountDirection {
  /** As the user wrote it, or the default that was taken, e.g. `(-1,-1,0)` or `[0,0,1]`. */
  readonly text: string;
  readonly isDefault: boolean;
}

export interface GoniometerSolution {
  /** In the order of the stack, the axis next to the floor first. */
  readonly angles: readonly {
    readonly axis: string;
    /** Reading of the motor. */
    readonly angle_deg: number;
    /** Way to the nearer limit, negative beyond it; null without limits. */
    readonly margin_deg: number | null;
  }[];
  readonly withinLimits: boolean;
  /** One sentence for each limit that is exceeded. */
  readonly violations: readonly string[];
  /** Sentence that says which axes cannot be told apart here; absent if the solution is regular. */
  readonly gimbalLock?: string;
}

export type FaceName = "+x" | "-x" | "+y" | "-y" | "+z" | "-z";

export interface BeamPath {
  /** Through the centre of the box. */
  readonly in_um: number;
  readonly out_um: number;
  readonly transmission: number;
  /** Over the volume that the beam illuminates. */
  readonly transmissionMean: number;
  readonly transmissionMin: number;
  readonly transmissionMax: number;
  /** Faces (outward normals of the sample frame) through which the central ray really enters and leaves. */
  readonly entryFace: FaceName;
  readonly exitFace: FaceName;
}

/** Everything that follows from a plan and a crystal about where things are. Vectors with their frame in the name. */
export interface Geometry {
  readonly hkl: Hkl;
  readonly energy_keV: number;
  readonly wavelength_A: number;
  readonly d_A: number;
  readonly twoTheta_deg: number;
  readonly up: MountDirection;
  readonly exit: MountDirection;
  readonly beamExit: MountDirection;
  /** Rotates the Cartesian frame of `UnitCell.direct` into the sample frame (x exit normal, z up, y = z x x). */
  readonly crystalToSample: Mat3;
  readonly Q_sample_invA: Vec3;
  readonly k0_sample_invA: Vec3;
  readonly kh_sample_invA: Vec3;
  /** Lab: X along the beam, Z up, Y = Z x X. */
  readonly sampleToLab: Mat3;
  readonly goniometer: readonly GoniometerSolution[];
  readonly path: BeamPath;
}

/** The beams in the sample, and the face through which they enter: what extinction depends on. */
export type BeamsInSample = Pick<
  Geometry,
  "hkl" | "wavelength_A" | "twoTheta_deg" | "k0_sample_invA" | "kh_sample_invA" | "sampleToLab"
> & { readonly path: Pick<BeamPath, "entryFace"> };
