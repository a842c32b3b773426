import type { StructureFactor } from "../xray/index.ts";
import type { Geometry, GoniometerSolution } from "./geometry.types.ts";
import type { LensFocus } from "./lens/focus.ts";
import type { Hkl, PlanOp } from "./plan.ts";

/** What the reflection of a plan is worth. |F| in electrons per cell, dispersion included. */
export interface PlannedReflection {
  readonly hkl: Hkl;
  readonly F: number;
  /** |F(-h-k-l)|. */
  readonly F_friedel: number;
  /** By symmetry, or because the contributions of the atoms cancel; null for one that is there. */
  readonly absence: "symmetry" | "cancelled" | null;
  /** Equivalents by the Laue class, Friedel mates counted. */
  readonly multiplicity: number;
  readonly factor: StructureFactor;
}

/** The light through the sample at the plan's energy. */
export interface PathAttenuation {
  readonly attenuationCoefficient_per_um: number;
  readonly attenuationLength_um: number;
  /** n = 1 - delta - i beta. */
  readonly delta: number;
  readonly beta: number;
  /** Through the thickness, without diffraction. */
  readonly straightThrough: number;
  /** Thickness with the most signal as mounted, all else fixed; null where more is never less (reflection geometry). */
  readonly optimumThickness_um: number | null;
  /** Signal of the planned thickness as a part of that at the best one, scattering kinematically. */
  readonly signalOfOptimum: number;
  /** Mean depth sin(theta)/(2 mu) from which a beam comes back out of the face it entered; null in transmission. */
  readonly penetration_um: number | null;
}

/** Whether a perfect crystal would scatter dynamically here. */
export interface DynamicalGate {
  /** Whether the diffracted beam leaves by the far side (Laue) or comes back out of the entrance face (Bragg). */
  readonly geometry: "laue" | "bragg";
  /** Pendelloesung period for the face through which the beam enters. */
  readonly extinctionLength_um: number;
  readonly extinctionLengthSymmetricLaue_um: number;
  /** Depth at which the amplitude has fallen to 1/e at the centre of the Bragg peak; null in Laue geometry. */
  readonly extinctionDepth_um: number | null;
  /** Full width of total reflection 2 r_e lambda^2 C |F| / (pi V sin 2theta). */
  readonly darwinWidth_urad: number;
  /** Full width at half maximum of the rocking curve: 1.06 of it. */
  readonly darwinWidth_fwhm_urad: number;
  /** Thickness along the normal of the entrance face. */
  readonly thickness_um: number;
  /** Thickness by Pendelloesung period. */
  readonly ratio: number;
  /** Integrated intensity of the perfect crystal by that of kinematical scattering. */
  readonly dynamicalToKinematical: number;
  readonly regime: "kinematical" | "marginal" | "dynamical";
  /** Apparent strain by refraction at the entrance face, delta / sin^2 theta (1 - gammah/gamma0) / 2. */
  readonly refractionStrain: number;
}

/** What the goniometer would find if the crystal sat on it turned by mistake. */
export interface OtherMount {
  readonly about: "up" | "exit" | "y";
  readonly angle_deg: number;
  /** Reflection that is then in place at the planned motors; null: none is. */
  readonly hkl: Hkl | null;
  /** |F| of it; 0 if absent, null if none is in place. */
  readonly F: number | null;
  /**
   * `same`: the turn is a symmetry of the crystal, nothing changes. `alike`: another orientation whose reflection
   * looks the same. `different`: the light tells. */
  readonly looks: "same" | "alike" | "different";
  /** Motors at which the planned reflection would be found, the solution with the most room; null: at none. */
  readonly motors: GoniometerSolution | null;
}

/** Where the lens stands, or that it images nowhere. */
export interface LensPlacement {
  readonly found: LensFocus;
}

export type Question = "light" | "reach" | "mount";
export type Answer = "yes" | "marginal" | "no";

/** One thing that was asked of the plan. */
export interface Finding {
  /** `light/transmission`, `reach/motor-limits` ... */
  readonly code: string;
  readonly answer: Answer;
  readonly value: number | null;
  readonly limit: number | null;
  readonly unit: string | null;
  /** A few characters for a narrow bar, `T 42 %`. */
  readonly figure: string;
  readonly sentence: string;
  /** One change that was computed to help, in words. */
  readonly suggestion: string | null;
  /** The same as an edit of the plan; empty where the plan cannot hold it. */
  readonly ops: readonly PlanOp[];
  /** Field of the plan that it is about. */
  readonly field: string;
}

/** The answer to one of the three questions: its gravest finding, and all of them. */
export interface Verdict extends Finding {
  readonly question: Question;
  readonly findings: readonly Finding[];
}

/** Everything that follows from a plan: what panels, command line and report show. */
export interface Experiment {
  readonly geometry: Geometry;
  readonly reflection: PlannedReflection;
  readonly attenuation: PathAttenuation;
  /** Null where the reflection is absent. */
  readonly dynamical: DynamicalGate | null;
  /** Null without a lens in the plan, or where its file or the distance to the detector is not known. */
  readonly lens: LensFocus | null;
  /** The half turns and quarter turns by which a crystal is mounted wrongly. */
  readonly otherMounts: readonly OtherMount[];
  /** Light, reach, mount. */
  readonly verdicts: readonly [Verdict, Verdict, Verdict];
}
