import type { Crystal } from "../../core/crystal/index.ts";
import { CHANTLER } from "../../core/xray/tables/chantler.generated.ts";
import { ELAM } from "../../core/xray/tables/elam.generated.ts";
import { WAASMAIER_KIRFEL } from "../../core/xray/tables/formFactors.generated.ts";
import { createJobs } from "./jobs.ts";
import type { SurveyAnswer, SurveyKind, SurveyMessage, SurveyQuestion, SurveyReply } from "./surveyQuestions.ts";
import { answering } from "./surveyWork.ts";

/** Answers questions that take long: in a worker or, where none can be had, in the panel, a little at a time. */
export interface SurveyWorker {
  /** In place of the last question of this kind, to which no further answer comes. */
  ask<K extends SurveyKind>(
    question: Extract<SurveyQuestion, { kind: K }>,
    take: (answer: Extract<SurveyAnswer, { kind: K }>) => void,
  ): void;
  /** What was asked is no longer wanted. */
  forget(kind: SurveyKind): void;
  /** Why there is no worker; undefined as long as none is known to be lacking. */
  fault(): string | undefined;
}

interface Asked {
  readonly id: number;
  readonly question: SurveyQuestion;
  readonly take: (answer: SurveyAnswer) => void;
}

/** The panel answers other things after so long. */
const SLICE_ms = 10;

export function createSurveyWorker(): SurveyWorker {
  const asked = new Map<SurveyKind, Asked>();
  const here = createJobs<SurveyKind>(["energies", "table"], SLICE_ms);
  let starting: Promise<Worker> | undefined;
  let fault: string | undefined;
  let sentCrystal: Crystal | undefined;
  let lastId = 0;

  const answerHere = ({ question, take }: Asked): void => here.start(question.kind, answering(question, take));
  const fallBack = (reason: string): void => {
    if (fault !== undefined) return;
    fault = reason;
    for (const one of asked.values()) answerHere(one);
  };
  const receive = ({ id, answer }: SurveyReply): void => {
    const one = asked.get(answer.kind);
    if (one?.id === id) one.take(answer);
  };
  const post = async (message: () => SurveyMessage | undefined): Promise<void> => {
    try {
      starting ??= startWorker(receive, fallBack);
      const worker = await starting;
      const present = fault === undefined ? message() : undefined;
      if (present) worker.postMessage(present);
    } catch (error) {
      fallBack(String(error instanceof Error ? error.message : error));
    }
  };

  return {
    ask: (question, take) => {
      const one: Asked = { id: ++lastId, question, take: take as Asked["take"] };
      asked.set(question.kind, one);
      if (fault !== undefined) {
        answerHere(one);
        return;
      }
      void post(() => {
        if (asked.get(question.kind) !== one) return undefined;
        const { crystal, ...others } = question;
        const isKnown = crystal === sentCrystal;
        sentCrystal = crystal;
        return { t: "ask", id: one.id, question: others, ...(!isKnown && { crystal }) };
      });
    },
    forget: (kind) => {
      if (!asked.delete(kind)) return;
      here.stop(kind);
      if (fault === undefined) void post(() => (asked.has(kind) ? undefined : { t: "forget", kind }));
    },
    fault: () => fault,
  };
}

/**
 * A webview may start workers from a blob only, and they may load nothing. The X-ray tables, most of what it needs, are in
 * the panel already and go along.
 */
async function startWorker(receive: (reply: SurveyReply) => void, fail: (reason: string) => void): Promise<Worker> {
  const response = await fetch(new URL("survey.worker.js", import.meta.url));
  if (!response.ok) throw new Error(`its program was not found: ${response.status}`);
  const tables = `globalThis.xrayTables = ${JSON.stringify({ CHANTLER, ELAM, WAASMAIER_KIRFEL })};\n`;
  const url = URL.createObjectURL(new Blob([tables, await response.text()], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.addEventListener("message", ({ data }: MessageEvent<SurveyReply>) => receive(data));
  worker.addEventListener("error", ({ message }) => {
    worker.terminate();
    fail(message || "it could not be started");
  });
  return worker;
}
