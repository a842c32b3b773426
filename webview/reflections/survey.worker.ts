import type { Crystal } from "../../core/crystal/index.ts";
import { createJobs } from "./jobs.ts";
import type { SurveyMessage, SurveyReply } from "./surveyQuestions.ts";
import { answering } from "./surveyWork.ts";

/** What comes meanwhile is heard after so long. */
const SLICE_ms = 50;

const jobs = createJobs(["energies", "table"], SLICE_ms);
let crystal: Crystal | undefined;

addEventListener("message", ({ data }: MessageEvent<SurveyMessage>) => {
  if (data.t === "forget") {
    jobs.stop(data.kind);
    return;
  }
  crystal = data.crystal ?? crystal;
  if (crystal === undefined) return;
  const { id, question } = data;
  const reply = (answer: SurveyReply["answer"]): void => postMessage({ id, answer } satisfies SurveyReply);
  jobs.start(question.kind, answering({ ...question, crystal }, reply));
});
