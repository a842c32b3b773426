export { vanishesBySites } from "./amplitudes.ts";
export {
  absorptionEdges,
  attenuationCoefficient_per_um,
  attenuationCurve,
  attenuationLength_um,
  type CrystalEdge,
  edgesOf,
  type MassAttenuation,
  massAttenuation_cm2_g,
} from "./attenuation.ts";
export { type Dispersion, dispersion } from "./dispersion.ts";
export type { AbsorptionEdge } from "./elam.ts";
export { checkElements, type Matter } from "./elements.ts";
export { checkEnergy, ENERGY_RANGE_keV } from "./energy.ts";
export { type FormFactorKind, formFactor, speciesName } from "./formFactors.ts";
export { cifIssues } from "./listedValues.ts";
export { type RefractiveIndex, refractiveIndex } from "./refraction.ts";
export {
  type StructureFactor,
  type StructureFactorList,
  type StructureFactors,
  structureFactors,
} from "./structureFactors.ts";
