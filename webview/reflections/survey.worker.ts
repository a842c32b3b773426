import type { Crystal } from "../../core/crystal/index.ts";
import { ok } from "../../core/util/index.ts";
import { openRequested, type SurveyAnswer, type SurveyQuestion } from "./surveyRequest.ts";

/** Taking over so many rows fits in a frame. */
const PART = 500;

let crystal: Crystal | undefined;

const answer = (message: SurveyAnswer): void => postMessage(message);

addEventListener("message", ({ data }: MessageEvent<SurveyQuestion>) => {
  crystal = data.crystal ?? crystal;
  if (crystal === undefined) return;
  const { id } = data;
  const opened = openRequested({ ...data, crystal });
  if (!opened.ok) {
    answer({ id, part: opened, isLast: true });
    return;
  }
  const { rows, judge } = opened.value;
  for (let from = 0; from < rows.length || from === 0; from += PART) {
    const part = rows.slice(from, from + PART).map(judge);
    answer({ id, part: ok(part, opened.issues), isLast: from + PART >= rows.length });
  }
});
