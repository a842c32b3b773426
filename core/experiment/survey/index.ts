export { defaultReflectionFor } from "./best.ts";
export {
  candidatesOf,
  isOrientationGiven,
  openSurvey,
  type ScoreFactors,
  type Survey,
  type SurveyOptions,
  type SurveyRow,
  survey,
} from "./survey.ts";
