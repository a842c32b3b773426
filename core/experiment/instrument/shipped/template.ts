import type { InstrumentProfile } from "../profile.ts";
import { UNKNOWN } from "./unknown.ts";

/** Three axes at right angles and nothing known: a form to fill in. */
export const template: InstrumentProfile = {
  ...UNKNOWN,
  id: "template",
  name: "Blank instrument",
  stack: [
    {
      name: "rock",
      axis_lab: [0, -1, 0],
      sense: "+rock moves the +z side of the sample towards the source",
      limits_deg: null,
    },
    {
      name: "turn",
      axis_lab: [0, 0, 1],
      sense: "+turn turns counter-clockwise seen from above",
      limits_deg: null,
    },
    {
      name: "roll",
      axis_lab: [1, 0, 0],
      sense: "+roll moves the +z side of the sample to the right, seen along the beam",
      limits_deg: null,
    },
  ],
  limitsSource: "no limits are known, so none are checked",
};
