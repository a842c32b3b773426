import type { InstrumentProfile } from "../profile.ts";
import { UNKNOWN } from "./unknown.ts";

/** The goniometer of DF-XRM_viz with its names and signs: Ry(omega) Rx(chi) Rz(-phi). */
export const dfXrmViz: InstrumentProfile = {
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
  sources: {
    ...UNKNOWN.sources,
    stack: { source: "DF-XRM_viz (2023), names and signs as it shows them", confidence: "high" },
  },
};
