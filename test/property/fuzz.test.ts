/** Nothing that a user writes breaks a parser: a fixed set of broken texts for each; `npm run fuzz` tries others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { caseText, failureOf } from "../fuzz/fuzz.ts";
import { targets } from "../fuzz/targets.ts";

const BUDGET_ms = 700;

for (const target of targets) {
  test(`${target.name}: broken texts give a reason, in time, and never an exception`, () => {
    const began = performance.now();
    let number = 0;
    while (number < 50 || performance.now() - began < BUDGET_ms) {
      const failure = failureOf(target, number);
      assert.equal(failure, undefined, `case ${number}: ${failure}\n${caseText(target, number).slice(0, 400)}`);
      number++;
    }
  });
}
