import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseInstrument } from "../../core/experiment/index.ts";

test("the template of an instrument is a valid profile without a remark", () => {
  const read = parseInstrument(readFileSync("examples/template.dfxrm-instrument.json", "utf8"));
  assert.deepEqual(read.issues, []);
  assert.ok(read.ok);
  assert.equal(read.value.stack.length, 3);
});
