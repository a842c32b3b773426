export { type Alignment, alignedQ_lab, alignmentOf, carried } from "./alignment.ts";
export { type AzimuthRange, azimuthRanges, totalAzimuth_deg } from "./azimuth.ts";
export { type DetectorPlace, detectorPlace, detectorRange_deg } from "./detector.ts";
export { type ReachableEnergies, reachableEnergies, searchEnergies } from "./energies.ts";
export { type Candidate, judgeReach, type Reach } from "./reach.ts";
export { leastMotion } from "./search.ts";
