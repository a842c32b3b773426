export { type Absence, absenceOf } from "./absence.ts";
export { deriveGeometry } from "./derive.ts";
export { deflectionDirection_lab } from "./diffraction.ts";
export { type Direction, directionText, directionVector, parseDirection } from "./directions.ts";
export {
  energiesOf,
  energyOfMostSignal,
  type FixedSample,
  integratedReflectivity_urad,
  transmissionAt,
} from "./energyScan.ts";
export { deriveExperiment, type ExperimentInput } from "./experiment.ts";
export type {
  Answer,
  DynamicalGate,
  Experiment,
  Finding,
  OtherMount,
  PathAttenuation,
  PlannedReflection,
  Question,
  Verdict,
} from "./experiment.types.ts";
export { deriveExtinction, type ExtinctionLengths } from "./extinction.ts";
export type { BeamPath, FaceName, Geometry, GoniometerSolution, MountDirection } from "./geometry.types.ts";
export {
  excess_deg,
  type Goniometer,
  goniometerSolutions,
  solveGoniometer,
  stackRotation,
} from "./goniometer/index.ts";
export {
  type Camera,
  type DetectorArm,
  type GoniometerAxis,
  INSTRUMENTS,
  type InstrumentProfile,
  instrumentById,
  type ProfileSource,
  parseInstrument,
  profileSchema,
} from "./instrument/index.ts";
export { convertLens, type LensFormat } from "./lens/convertLens.ts";
export { type FocusAtEnergy, focusCurve } from "./lens/curve.ts";
export { describeLens } from "./lens/figure/describe.ts";
export { lensFigure } from "./lens/figure/figure.ts";
export type { FigureItem, FigureRole, LensFigure } from "./lens/figure/figure.types.ts";
export {
  focusLens,
  type LensFocus,
  type LensletChange,
  type LensPlace,
  type MountPoint,
  totalDistance_mm,
} from "./lens/focus.ts";
export type { Focus } from "./lens/imaging.ts";
export {
  type CountInFocus,
  countsInFocus,
  energiesForMagnification,
  type PlacedFocus,
  placeForMagnification,
} from "./lens/inverse.ts";
export { boxLength_mm, type LensBox, type LensMaterial, type LensSeries, lensletCount } from "./lens/lensBox.ts";
export { lensFileSchema } from "./lens/lensFile.ts";
export { type LensHelp, lensHelp } from "./lens/lensHelp.ts";
export { writeOwnLens } from "./lens/ownLens.ts";
export { type LensPerformance, type LensSurroundings, lensPerformance, type PixelSize } from "./lens/performance.ts";
export { readLens } from "./lens/readLens.ts";
export { LENS_BOXES, lensById } from "./lens/shipped.ts";
export { lensTransmission } from "./lens/transmission.ts";
export { writeUpstreamLens } from "./lens/writeUpstreamLens.ts";
export { limitsOf, type Motor, type MotorInput, motorList, preferredSolution } from "./motors.ts";
export { type ReadOrientation, readOrientations } from "./orientationFile.ts";
export { signalOfThickness, transmissionOfThickness } from "./pathAttenuation.ts";
export {
  applyOps,
  createDraftPlan,
  type ExperimentPlan,
  type Hkl,
  type Perfection,
  type PlanOp,
  parsePlan,
  type Thresholds,
} from "./plan.ts";
export { checkPlan } from "./planCheck.ts";
export { instrumentNamedBy, lensNamedBy, type Named } from "./planFiles.ts";
export { type PlanFix, type PlanIssue, planIssues, titleOf } from "./planIssues.ts";
export { planSchema } from "./planSchema.ts";
export { editPlanText, parsePlanText, planText } from "./planText.ts";
export {
  type AzimuthRange,
  azimuthRanges,
  type Candidate,
  detectorPlace,
  judgeReach,
  type Reach,
  type ReachableEnergies,
  reachableEnergies,
  searchEnergies,
  totalAzimuth_deg,
} from "./reach/index.ts";
export {
  type AbsentReflection,
  absentReflections,
  defaultReflection,
  type ReflectionRow,
  type ReflectionTableOptions,
  reflectionTable,
} from "./reflections.ts";
export * from "./survey/index.ts";
export { DEFAULT_THRESHOLDS, THRESHOLD_SOURCES, thresholdsOf } from "./thresholds.ts";
