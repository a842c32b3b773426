import { error, fail, ok, type Result, type Vec3 } from "../util/index.ts";

/** One rotation of a goniometer. A positive angle turns right-handed about `axis_lab` (its direction at zero motors). */
export interface GoniometerAxis {
  readonly name: string;
  readonly axis_lab: Vec3;
  /** What a positive angle does, in words. */
  readonly sense: string;
  readonly limits_deg: readonly [number, number] | null;
  /** Angle at which the axis is kept, for axes beyond the three that fix an orientation. */
  readonly held_deg?: number;
}

/**
 * An instrument as data. The stack is listed from the floor to the sample:
 * lab = R(axis 1) R(axis 2) ... sample, and the sample frame is the lab frame at zero motors.
 */
export interface InstrumentProfile {
  readonly id: string;
  readonly name: string;
  readonly stack: readonly GoniometerAxis[];
  /** Where the limits come from, in words for the user. */
  readonly limitsSource: string;
  /** Azimuth of the deflection: 0 up, -90 to +Y, +90 to -Y. */
  readonly eta_deg: number;
  /** Unit polarisation of the incident beam in the lab frame. */
  readonly polarisation_lab: Vec3;
}

/**
 * ID03 (former ID06-HXM): Ry(-mu) Rz(omega) Rx(chi) Ry(phi), signs as in the beamline's own analysis code (darling,
 * `total_rotation`); limits are those of example code (crispy), not an official statement of the beamline.
 */
const esrfId03: InstrumentProfile = {
  id: "esrf-id03",
  name: "ESRF ID03",
  stack: [
    {
      name: "mu",
      axis_lab: [0, -1, 0],
      sense: "+mu moves the +z side of the sample towards the source",
      limits_deg: [0, 20],
    },
    {
      name: "omega",
      axis_lab: [0, 0, 1],
      sense: "+omega turns counter-clockwise seen from above",
      limits_deg: [-22, 22],
    },
    {
      name: "chi",
      axis_lab: [1, 0, 0],
      sense: "+chi moves the +z side of the sample to the right, seen along the beam",
      limits_deg: [-5, 5],
    },
    {
      name: "phi",
      axis_lab: [0, 1, 0],
      sense: "+phi moves the +z side of the sample downstream",
      limits_deg: [-5, 5],
      held_deg: 0,
    },
  ],
  limitsSource: "limits from published example code, not a statement of the beamline",
  eta_deg: 0,
  polarisation_lab: [0, 1, 0],
};

/** The goniometer of DF-XRM_viz with its names and signs: Ry(omega) Rx(chi) Rz(-phi). */
const dfXrmViz: InstrumentProfile = {
  id: "df-xrm-viz",
  name: "DF-XRM_viz",
  stack: [
    {
      name: "omega",
      axis_lab: [0, 1, 0],
      sense: "+omega moves the +z side of the sample downstream",
      limits_deg: null,
    },
    {
      name: "chi",
      axis_lab: [1, 0, 0],
      sense: "+chi moves the +z side of the sample to the right, seen along the beam",
      limits_deg: null,
    },
    { name: "phi", axis_lab: [0, 0, -1], sense: "+phi turns clockwise seen from above", limits_deg: null },
  ],
  limitsSource: "no limits",
  eta_deg: 0,
  polarisation_lab: [0, 1, 0],
};

export const INSTRUMENTS: readonly InstrumentProfile[] = [esrfId03, dfXrmViz];

export function instrumentById(id: string): Result<InstrumentProfile> {
  const profile = INSTRUMENTS.find((candidate) => candidate.id === id);
  if (profile) return ok(profile);
  const known = INSTRUMENTS.map((candidate) => candidate.id).join(", ");
  return fail(error("plan/instrument", `There is no instrument "${id}"; known are ${known}.`, { field: "instrument" }));
}
