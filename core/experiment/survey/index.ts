export { defaultReflectionFor } from "./best.ts";
export {
  candidatesOf,
  isOrientationGiven,
  type ScoreFactors,
  type SurveyOptions,
  type SurveyRow,
  survey,
} from "./survey.ts";
