import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { SurveyRow } from "../../core/experiment/index.ts";
import { type Issue, ok, type Result } from "../../core/util/index.ts";
import type { LastGood } from "../shell/derived.ts";
import { isSame, isSameJson, noWorker, type TableRequest, takesLong } from "./surveyQuestions.ts";
import { openTable } from "./surveyWork.ts";
import type { SurveyWorker } from "./surveyWorker.ts";

type Rows = readonly SurveyRow[];

/**
 * The table of reflections as it follows from what is asked, and the last one while it does not. One that takes long is
 * made by the worker. The newest request wins.
 */
export function surveyTable(
  request: ReadonlySignal<Result<TableRequest>>,
  worker: SurveyWorker,
): ReadonlySignal<LastGood<Rows>> {
  const state = signal<LastGood<Rows>>({ value: null, isStale: true, issues: [] });
  let last: Result<TableRequest> | undefined;
  effect(() => {
    const present = request.value;
    if (last?.ok && present.ok && isSame(last.value, present.value) && isSameJson(last.issues, present.issues)) return;
    last = present;
    const { value } = state.peek();
    const show = (table: Result<Rows>, ...notes: readonly Issue[]): void => {
      const issues = [...present.issues, ...table.issues, ...notes];
      state.value = table.ok
        ? { value: table.value, isStale: false, issues }
        : { value: state.peek().value, isStale: true, issues };
    };
    if (!present.ok) {
      worker.forget("table");
      state.value = { value, isStale: true, issues: present.issues };
    } else if (takesLong(present.value)) {
      state.value = { value, isStale: true, isComputing: true, issues: present.issues };
      let rows: Rows = [];
      worker.ask({ kind: "table", ...present.value }, ({ from, part, isLast }) => {
        if (part.ok) rows = [...rows.slice(0, from), ...part.value];
        const fault = worker.fault();
        const notes = fault === undefined ? [] : [noWorker(fault)];
        if (isLast) show(part.ok ? ok(rows, part.issues) : part, ...notes);
      });
    } else {
      worker.forget("table");
      const opened = openTable(present.value);
      show(opened.ok ? ok(opened.value.rows.map(opened.value.judge), opened.issues) : opened);
    }
  });
  return state;
}
