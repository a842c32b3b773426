export { defaultReflectionFor } from "./best.ts";
export { isOrientationGiven, type ScoreFactors, type SurveyOptions, type SurveyRow, survey } from "./survey.ts";
