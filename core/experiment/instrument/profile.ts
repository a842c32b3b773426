import type { Vec3 } from "../../util/index.ts";

/** One rotation of a goniometer. A positive angle turns right-handed about `axis_lab` (its direction at zero motors). */
export interface GoniometerAxis {
  readonly name: string;
  readonly axis_lab: Vec3;
  /** What a positive angle does, in words. */
  readonly sense: string;
  readonly limits_deg: readonly [number, number] | null;
  /** Reading of the motor at which the axis is at its zero; absent: 0. */
  readonly zero_deg?: number;
  /** Angle at which the axis is kept, for axes beyond the three that fix an orientation. */
  readonly held_deg?: number;
}

/** Where the diffracted beam can be caught. Null: not known, so not checked. */
export interface DetectorArm {
  /** Distance from the sample along the incident beam (lab X). */
  readonly distance_mm: number;
  readonly twoThetaLimits_deg: readonly [number, number] | null;
  /** Travel along the direction of deflection (up for vertical scattering), from the direct beam. */
  readonly travelAlong_mm: readonly [number, number] | null;
  /** Travel across it. */
  readonly travelAcross_mm: readonly [number, number] | null;
}

export interface Camera {
  readonly pixel_um: number;
  /** Of the optics behind the scintillator. */
  readonly opticalMagnification: number;
  /** Columns, rows. */
  readonly size_px: readonly [number, number];
  /** Whether it stands normal to the diffracted beam or upright. */
  readonly mounting: "normal" | "upright";
}

/** Where a number of a profile comes from, and how far it can be trusted. */
export interface ProfileSource {
  readonly source: string;
  readonly confidence: "high" | "medium" | "low";
}

/**
 * An instrument as data: the content of a `*.dfxrm-instrument.json` file. The stack is listed from the floor to the
 * sample: lab = R(axis 1) R(axis 2) ... sample, and the sample frame is the lab frame at zero motors. What is not known
 * is null, and is then not checked.
 */
export interface InstrumentProfile {
  readonly version: 1;
  /** What a plan names it by. */
  readonly id: string;
  readonly name: string;
  readonly stack: readonly GoniometerAxis[];
  /** Where the limits come from, in words for the user. */
  readonly limitsSource: string;
  /** Azimuth of the deflection: 0 up, -90 to +Y, +90 to -Y. */
  readonly eta_deg: number;
  /** Axis of the sample that lies along Q where nothing else is said, at zero motors. */
  readonly alongQ_sample: Vec3;
  /** Unit polarisation of the incident beam in the lab frame. */
  readonly polarisation_lab: Vec3;
  readonly detector: DetectorArm | null;
  readonly energyRange_keV: readonly [number, number] | null;
  /** Delta E / E, full width at half maximum. */
  readonly bandwidth_fwhm: number | null;
  /** Full widths at half maximum, in the scattering plane and across it. */
  readonly divergence_fwhm_mrad: { readonly inPlane: number; readonly across: number } | null;
  readonly camera: Camera | null;
  /** Half the height of the lens housing, measured from the lens axis towards the direct beam. */
  readonly lensHousing_halfHeight_mm: number | null;
  /** How far the mounted crystal may be turned from what the plan says. */
  readonly mountingUncertainty_deg: number;
  /** Sources by dotted path of the number: `stack.0.limits_deg`, `camera.pixel_um`. */
  readonly sources: Readonly<Record<string, ProfileSource>>;
  readonly notes?: string;
}
