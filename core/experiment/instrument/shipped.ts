import { error, fail, ok, type Result } from "../../util/index.ts";
import type { InstrumentProfile } from "./profile.ts";

/** What a profile says where nothing is known. */
const UNKNOWN = {
  version: 1,
  eta_deg: 0,
  alongQ_sample: [0, 0, 1],
  polarisation_lab: [0, 1, 0],
  detector: null,
  energyRange_keV: null,
  bandwidth_fwhm: null,
  divergence_fwhm_mrad: null,
  camera: null,
  lensHousing_halfHeight_mm: null,
  mountingUncertainty_deg: 1,
  sources: {},
} as const;

/**
 * ID03 (former ID06-HXM): Ry(-mu) Rz(omega) Rx(chi) Ry(phi), signs as in the beamline's own analysis code (darling,
 * `total_rotation`); limits are those of example code (crispy), not an official statement of the beamline.
 */
const esrfId03: InstrumentProfile = {
  ...UNKNOWN,
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
};

/** The goniometer of DF-XRM_viz with its names and signs: Ry(omega) Rx(chi) Rz(-phi). */
const dfXrmViz: InstrumentProfile = {
  ...UNKNOWN,
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
};

export const INSTRUMENTS: readonly InstrumentProfile[] = [esrfId03, dfXrmViz];

export function instrumentById(id: string): Result<InstrumentProfile> {
  const profile = INSTRUMENTS.find((candidate) => candidate.id === id);
  if (profile) return ok(profile);
  const known = INSTRUMENTS.map((candidate) => candidate.id).join(", ");
  return fail(error("plan/instrument", `There is no instrument "${id}"; known are ${known}.`, { field: "instrument" }));
}
