/** What a profile says where nothing is known: vertical deflection, horizontal polarisation, nothing checked. */
export const UNKNOWN = {
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
  sources: {
    mountingUncertainty_deg: { source: "rule of thumb for a crystal glued by eye along an edge", confidence: "low" },
  },
} as const;
