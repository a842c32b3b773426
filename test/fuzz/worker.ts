import { parentPort, workerData } from "node:worker_threads";
import { caseText, failureOf } from "./fuzz.ts";
import { targets } from "./targets.ts";

/** Runs cases of all targets in turn until the time is up, and says which failed; `progress` counts them as they go. */
const { first, time_s, progress } = workerData as { first: number; time_s: number; progress: Int32Array };
const MAX_FAILURES = 20;

const failed: string[] = [];
let ran = 0;
for (let i = 0, end = Date.now() + time_s * 1000; Date.now() < end && failed.length < MAX_FAILURES; i++) {
  progress[1] = i;
  for (const target of targets) {
    const failure = failureOf(target, first + i);
    ran++;
    progress[0] = ran;
    if (failure !== undefined) {
      failed.push(
        `${target.name} ${first + i}: ${failure}\n${JSON.stringify(caseText(target, first + i).slice(0, 2000))}`,
      );
    }
  }
}
parentPort?.postMessage({ failed, ran });
