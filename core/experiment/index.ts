export { deriveExtinction, deriveGeometry } from "./derive.ts";
export { deflectionDirection_lab } from "./diffraction.ts";
export { type Direction, directionText, directionVector, parseDirection } from "./directions.ts";
export type { BeamPath, FaceName, Geometry, GoniometerSolution, MountDirection } from "./geometry.types.ts";
export { stackRotation } from "./goniometer.ts";
export { type GoniometerAxis, INSTRUMENTS, type InstrumentProfile, instrumentById } from "./instruments.ts";
export { applyOps, createDraftPlan, type ExperimentPlan, type Hkl, type PlanOp, parsePlan } from "./plan.ts";
export { checkPlan } from "./planCheck.ts";
export { defaultReflection, type ReflectionRow, type ReflectionTableOptions, reflectionTable } from "./reflections.ts";
