import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withPatience } from "../../extension/patience.ts";

const never = new Promise<string>(() => {});
const soon = { slow_ms: 1, limit_ms: 20, refusal: "it does not answer" };

describe("waiting for a server", () => {
  test("ends with the answer or its failure, and tells only what is slow", async () => {
    const told: string[] = [];
    const patient = { ...soon, slow_ms: 60_000, limit_ms: 60_000 };
    assert.equal(await withPatience(Promise.resolve("answer"), patient, () => told.push("slow")), "answer");
    await assert.rejects(
      withPatience(Promise.reject(new Error("no")), patient, () => told.push("slow")),
      /no/,
    );
    assert.deepEqual(told, []);
  });

  test("ends also where no answer comes", async () => {
    const told: string[] = [];
    await assert.rejects(
      withPatience(never, soon, () => told.push("slow")),
      /it does not answer/,
    );
    assert.deepEqual(told, ["slow"]);
  });
});
