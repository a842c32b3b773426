export { doubled } from "./doubled.ts";
export { editDistance, nearestName } from "./editDistance.ts";
export { largest, smallest } from "./extremes.ts";
export * as format from "./format.ts";
export {
  collectIssues,
  type IssueCollector,
  limitIssues,
  MOST_LISTED,
  moreProblems,
  shownMessage,
} from "./issueLimit.ts";
export {
  checkJsonText,
  type JsonText,
  looksLikeJson,
  MAX_ISSUES,
  misspeltKeys,
  readJsonText,
  textTooLong,
} from "./jsonText.ts";
export { LEVELS, type Level, type Levels, leveled, readLevel } from "./levels.ts";
export { createLineIndex, type LineIndex, type Position } from "./lines.ts";
export { escapeMarkup } from "./markup.ts";
export type { Mat3 } from "./mat3.ts";
export * as mat3 from "./mat3.ts";
export {
  error,
  fail,
  type Issue,
  type IssueFix,
  ok,
  type RelatedPlace,
  type Result,
  type Severity,
  type TextEdit,
  type TextRange,
} from "./result.ts";
export { descriptionAt } from "./schemaText.ts";
export { linearTicks, logTicks, niceCeil, niceFloor, type Tick } from "./ticks.ts";
export {
  AVOGADRO_per_mol,
  degrees,
  ELECTRON_RADIUS_A,
  HC_keV_A,
  radians,
  wavelength_A,
} from "./units.ts";
export type { Vec3 } from "./vec3.ts";
export * as vec3 from "./vec3.ts";
