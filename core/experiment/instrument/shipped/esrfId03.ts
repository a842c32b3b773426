import type { InstrumentProfile, ProfileSource } from "../profile.ts";
import { UNKNOWN } from "./unknown.ts";

const DARLING: ProfileSource = {
  source: "darling, the beamline's own analysis code (total_rotation, motor map)",
  confidence: "high",
};
const CRISPY: ProfileSource = {
  source: "example code of crispy, not a statement of the beamline; another example has omega ±30, chi and phi ±7",
  confidence: "medium",
};
const HEADER: ProfileSource = { source: "header of an image of 12 December 2022 and darq_xray", confidence: "high" };
const SIMULATIONS: ProfileSource = {
  source: "defaults of published simulation codes; 0.027 mrad in plane without condenser (arXiv 2503.22022)",
  confidence: "medium",
};

/** ID03 (former ID06-HXM): Ry(-mu) Rz(omega) Rx(chi) Ry(phi). */
export const esrfId03: InstrumentProfile = {
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
  detector: {
    distance_mm: 5000,
    twoThetaLimits_deg: null,
    travelAlong_mm: [-40, 1960],
    travelAcross_mm: [-169, 1160],
  },
  bandwidth_fwhm: 1.4e-4,
  divergence_fwhm_mrad: { inPlane: 0.53, across: 0 },
  camera: { pixel_um: 6.5, opticalMagnification: 10, size_px: [2560, 2160], mounting: "normal" },
  sources: {
    ...UNKNOWN.sources,
    stack: DARLING,
    "stack.0.limits_deg": CRISPY,
    "stack.1.limits_deg": CRISPY,
    "stack.2.limits_deg": CRISPY,
    "stack.3.limits_deg": CRISPY,
    "detector.distance_mm": HEADER,
    "detector.travelAlong_mm": CRISPY,
    "detector.travelAcross_mm": CRISPY,
    bandwidth_fwhm: { source: "published models of the Si(111) monochromator: sigma 6e-5", confidence: "high" },
    "divergence_fwhm_mrad.inPlane": SIMULATIONS,
    "divergence_fwhm_mrad.across": { source: "not known; taken as 0, as published simulations do", confidence: "low" },
    "camera.pixel_um": HEADER,
    "camera.opticalMagnification": HEADER,
    "camera.size_px": HEADER,
    "camera.mounting": { source: "darq_xray divides the pixel by sin 2θ", confidence: "medium" },
  },
  notes:
    "Former ID06-HXM. Energies seen in data: 15.6 to 19.1 keV; no source states the full range. The camera has a 2x objective too.",
};
