import type { InstrumentProfile, ProfileSource } from "../profile.ts";
import { UNKNOWN } from "./unknown.ts";

const MIDAS: ProfileSource = { source: "frame and motor names of MIDAS (midas_dfxm)", confidence: "medium" };
const EULERIAN: ProfileSource = {
  source: "assumed: a four-circle Eulerian cradle, th and phi vertical and chi along the beam at zero",
  confidence: "low",
};

/** APS 6-ID-C: the beam is deflected sideways, in the plane of its polarisation. Rz(th) Rx(chi) Rz(phi). */
export const aps6IdC: InstrumentProfile = {
  ...UNKNOWN,
  id: "aps-6-id-c",
  name: "APS 6-ID-C",
  stack: [
    {
      name: "th",
      axis_lab: [0, 0, 1],
      sense: "+th turns counter-clockwise seen from above",
      limits_deg: null,
    },
    {
      name: "chi",
      axis_lab: [1, 0, 0],
      sense: "+chi moves the +z side of the sample to the right, seen along the beam",
      limits_deg: null,
    },
    { name: "phi", axis_lab: [0, 0, 1], sense: "+phi turns counter-clockwise seen from above", limits_deg: null },
  ],
  limitsSource: "no limits are known, so none are checked",
  eta_deg: -90,
  alongQ_sample: [0, 1, 0],
  sources: {
    ...UNKNOWN.sources,
    stack: EULERIAN,
    "stack.0.name": MIDAS,
    "stack.1.name": MIDAS,
    "stack.2.name": MIDAS,
    eta_deg: {
      source:
        "horizontal deflection: Qiao et al. (2020), Rev. Sci. Instrum. 91, 113703; that it is to the left is assumed",
      confidence: "medium",
    },
    polarisation_lab: { source: "horizontal polarisation of an undulator", confidence: "medium" },
  },
  notes:
    "Used at 20 keV with polymer (SU-8) lenses as objective and condenser: aperture 1.42 x 1.55 mm, focus 2260 mm, source at 62.5 m (Qiao et al. 2020). Deflection in the plane of polarisation: intensities fall with cos² 2θ. Check directions and limits of the axes with the beamline.",
};
