export { anglesToMatch, effectiveAxes, stackRotation, turnBetween } from "./axes.ts";
export { excess_deg, LIMIT_TOLERANCE_deg, limitText, margin_deg, readingOf, wrap_deg } from "./limits.ts";
export { freeAxes, type Goniometer, goniometerSolutions, solutionAt, solveGoniometer } from "./solve.ts";
