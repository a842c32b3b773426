import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { directionText, parseDirection } from "../../core/experiment/directions.ts";

describe("directions as crystallographers write them", () => {
  for (const [text, kind, indices] of [
    ["(1,-1,2)", "planeNormal", [1, -1, 2]],
    ["[0,0,1]", "latticeDirection", [0, 0, 1]],
    [" ( 1 -1  0 ) ", "planeNormal", [1, -1, 0]],
    ["(+1, −1, 1/2)", "planeNormal", [1, -1, 0.5]],
    ["[0.5 .25 -1.]", "latticeDirection", [0.5, 0.25, -1]],
  ] as const) {
    test(`${text} is read`, () => {
      const parsed = parseDirection(text, "sample.up");
      assert.ok(parsed.ok);
      assert.equal(parsed.value.kind, kind);
      assert.deepEqual(parsed.value.indices, indices);
    });
  }

  for (const [text, reason] of [
    ["1 0", /three numbers/],
    ["1 0 2", /write \(1,0,2\).*or \[1,0,2\]/],
    ["(1,0,2", /closing "\)" is missing/],
    ["(1,0,2]", /three numbers/],
    ["(0,0,0)", /all three indices are 0/],
    ["(1,x,0)", /three numbers/],
    ["(1,1/0,0)", /three numbers/],
    ["", /three numbers/],
    ["(1e999,0,0)", /three numbers/],
  ] as const) {
    test(`"${text}" is refused with the reason, at its field`, () => {
      const parsed = parseDirection(text, "sample.up");
      assert.ok(!parsed.ok);
      assert.match(parsed.issues[0]?.message ?? "", reason);
      assert.equal(parsed.issues[0]?.field, "sample.up");
    });
  }

  test("its text is what was meant", () => {
    assert.equal(directionText({ kind: "planeNormal", indices: [1, -1, 0.5] }), "(1,-1,0.5)");
    assert.equal(directionText({ kind: "latticeDirection", indices: [0, 0, 1] }), "[0,0,1]");
  });
});
