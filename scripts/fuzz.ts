import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { inRoot } from "./lib/paths.ts";

const DEFAULT_SECONDS = 600;
const HANG_ms = 20_000;
const MEMORY_MB = 1024;

/**
 * `npm run fuzz [-- SECONDS]`: broken texts for every parser, other ones each time, until the time is up. A hang or more
 * than 1 GB is a failure too. Prints target and number of each case that fails: both make it again.
 */
export async function main([seconds]: readonly string[]): Promise<number> {
  const time_s = Number(seconds ?? DEFAULT_SECONDS);
  if (!(time_s > 0)) throw new Error(`"${seconds}" is no number of seconds.`);
  const first = Math.floor(Math.random() * 1e9);
  const progress = new Int32Array(new SharedArrayBuffer(8));
  console.log(`Broken texts from number ${first} on, for ${time_s} s.`);
  const worker = new Worker(inRoot("scripts", "lib", "fuzz-worker.mjs"), {
    workerData: { module: fileURLToPath(new URL("../test/fuzz/worker.ts", import.meta.url)), first, time_s, progress },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  return new Promise((resolve) => {
    let last = -1;
    let since = Date.now();
    const watch = setInterval(() => {
      const count = progress[0] ?? 0;
      if (count !== last) {
        last = count;
        since = Date.now();
      } else if (Date.now() - since > HANG_ms) {
        end(1, `Case ${first + (progress[1] ?? 0)} hangs.`);
      }
    }, 500);
    const end = (code: number, line: string): void => {
      clearInterval(watch);
      console.log(line);
      void worker.terminate().then(() => resolve(code));
    };
    worker.on("message", ({ failed, ran }: { failed: readonly string[]; ran: number }) => {
      for (const failure of failed) console.log(`\n${failure}`);
      end(failed.length === 0 ? 0 : 1, `\n${ran} cases, ${failed.length} failed.`);
    });
    worker.on("error", (error) => end(1, `Case ${first + (progress[1] ?? 0)}: ${error.message}`));
  });
}
