import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Crystal } from "../../core/crystal/index.ts";
import type { SurveyRow } from "../../core/experiment/index.ts";
import { type Issue, ok, type Result } from "../../core/util/index.ts";
import { CHANTLER } from "../../core/xray/tables/chantler.generated.ts";
import { ELAM } from "../../core/xray/tables/elam.generated.ts";
import { WAASMAIER_KIRFEL } from "../../core/xray/tables/formFactors.generated.ts";
import type { LastGood } from "../shell/derived.ts";
import {
  noWorker,
  openRequested,
  type SurveyAnswer,
  type SurveyQuestion,
  type SurveyRequest,
  takesLong,
} from "./surveyRequest.ts";

type Rows = readonly SurveyRow[];
/** Called once, with the table or the reason why there is none; never for a request that a newer one has replaced. */
type Finish = (table: Result<Rows>) => void;

/**
 * The table of reflections as it follows from what is asked, and the last one while it does not. One that takes long is
 * made in a worker; where none can be had, here, a little at a time. The newest request wins.
 */
export function surveyTable(request: ReadonlySignal<Result<SurveyRequest>>): ReadonlySignal<LastGood<Rows>> {
  const state = signal<LastGood<Rows>>({ value: null, isStale: true, issues: [] });
  const worker = createSurveyWorker();
  effect(() => {
    const present = request.value;
    const { value } = state.peek();
    const show = (table: Result<Rows>): void => {
      const issues = [...present.issues, ...table.issues];
      state.value = table.ok
        ? { value: table.value, isStale: false, issues }
        : { value: state.peek().value, isStale: true, issues };
    };
    worker.forget();
    if (!present.ok) {
      state.value = { value, isStale: true, issues: present.issues };
    } else if (takesLong(present.value)) {
      state.value = { value, isStale: true, isComputing: true, issues: present.issues };
      worker.ask(present.value, show);
    } else {
      const opened = openRequested(present.value);
      show(opened.ok ? ok(opened.value.rows.map(opened.value.judge), opened.issues) : opened);
    }
  });
  return state;
}

interface Asked {
  readonly id: number;
  readonly request: SurveyRequest;
  readonly finish: Finish;
}

interface SurveyWorker {
  ask(request: SurveyRequest, finish: Finish): void;
  /** What was asked is no longer wanted. */
  forget(): void;
}

function createSurveyWorker(): SurveyWorker {
  let starting: Promise<Worker> | undefined;
  let broken: string | undefined;
  let asked: Asked | undefined;
  let sentCrystal: Crystal | undefined;
  /** The question on which the worker is, and what has come of it. */
  let running: { readonly id: number; rows: readonly SurveyRow[] } | undefined;
  let lastId = 0;

  const fallBack = (reason: string): void => {
    broken = reason;
    running = undefined;
    if (asked !== undefined) void computeHere(asked);
  };
  /** One question at a time: while it is on an old one, newer ones replace one another here. */
  const send = async (): Promise<void> => {
    try {
      starting ??= startWorker(receive, fallBack);
      const worker = await starting;
      if (asked === undefined || running !== undefined || broken !== undefined) return;
      const { crystal, ...others } = asked.request;
      const isKnown = crystal === sentCrystal;
      running = { id: asked.id, rows: [] };
      sentCrystal = crystal;
      worker.postMessage({ id: asked.id, ...others, ...(!isKnown && { crystal }) } satisfies SurveyQuestion);
    } catch (error) {
      fallBack(String(error instanceof Error ? error.message : error));
    }
  };
  const receive = ({ id, part, isLast }: SurveyAnswer): void => {
    if (running?.id !== id) return;
    running.rows = part.ok ? [...running.rows, ...part.value] : [];
    if (!isLast) return;
    const { rows } = running;
    running = undefined;
    if (asked?.id !== id) void send();
    else asked.finish(part.ok ? ok(rows, part.issues) : part);
  };
  const computeHere = async ({ id, request, finish }: Asked): Promise<void> => {
    const note: Issue = noWorker(broken ?? "");
    await turn();
    if (asked?.id !== id) return;
    const opened = openRequested(request);
    const rows: SurveyRow[] = [];
    if (!opened.ok) {
      finish({ ...opened, issues: [...opened.issues, note] });
      return;
    }
    let began = performance.now();
    for (const row of opened.value.rows) {
      rows.push(opened.value.judge(row));
      if (performance.now() - began < SLICE_ms) continue;
      await turn();
      if (asked?.id !== id) return;
      began = performance.now();
    }
    finish(ok(rows, [...opened.issues, note]));
  };

  return {
    ask: (request, finish) => {
      asked = { id: ++lastId, request, finish };
      if (broken !== undefined) void computeHere(asked);
      else void send();
    },
    forget: () => {
      asked = undefined;
    },
  };
}

const SLICE_ms = 10;

/** Lets the panel paint and listen. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * A webview may start workers from a blob only, and they may load nothing. The X-ray tables, most of what it needs, are in
 * the panel already and go along.
 */
async function startWorker(receive: (answer: SurveyAnswer) => void, fail: (reason: string) => void): Promise<Worker> {
  const response = await fetch(new URL("survey.worker.js", import.meta.url));
  if (!response.ok) throw new Error(`its program was not found: ${response.status}`);
  const tables = `globalThis.xrayTables = ${JSON.stringify({ CHANTLER, ELAM, WAASMAIER_KIRFEL })};\n`;
  const url = URL.createObjectURL(new Blob([tables, await response.text()], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.addEventListener("message", ({ data }: MessageEvent<SurveyAnswer>) => receive(data));
  worker.addEventListener("error", ({ message }) => {
    worker.terminate();
    fail(message || "it could not be started");
  });
  return worker;
}
