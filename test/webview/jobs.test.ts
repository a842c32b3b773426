import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../../scripts/lib/until.ts";
import { createJobs } from "../../webview/reflections/jobs.ts";

/** Steps that are noted; each takes a slice. */
function* steps(name: string, count: number, done: string[], after: (step: number) => void = () => {}) {
  for (let step = 1; step <= count; step++) {
    done.push(`${name}${step}`);
    after(step);
    yield;
  }
}

describe("Jobs in slices", () => {
  test("a new job takes the place of one of its kind that is not done, and the first kind goes first", async () => {
    const jobs = createJobs(["energies", "table"], 0);
    const done: string[] = [];
    jobs.start(
      "table",
      steps("a", 1000, done, (step) => {
        if (step !== 2) return;
        jobs.start("table", steps("b", 2, done));
        jobs.start("energies", steps("c", 2, done));
      }),
    );
    await until("the end", () => done.length === 6);
    assert.deepEqual(done, ["a1", "a2", "c1", "c2", "b1", "b2"]);
  });

  test("what is forgotten ends, and other work begins again", async () => {
    const jobs = createJobs(["energies", "table"], 0);
    const done: string[] = [];
    jobs.start(
      "table",
      steps("a", 1000, done, (step) => step === 2 && jobs.stop("table")),
    );
    await until("the stop", () => done.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 5));
    jobs.start("energies", steps("b", 1, done));
    await until("the new work", () => done.length === 3);
    assert.deepEqual(done, ["a1", "a2", "b1"]);
  });
});
