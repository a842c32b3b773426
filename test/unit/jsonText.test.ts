import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as v from "valibot";
import { checkJsonText, readJsonText } from "../../core/util/index.ts";

const schema = v.looseObject({
  name: v.string(),
  beam: v.looseObject({ energy_keV: v.number(), width_um: v.optional(v.number()) }),
  limits: v.optional(v.nullable(v.tuple([v.number(), v.number()]))),
  axes: v.optional(v.array(v.looseObject({ name: v.string() }))),
});

const check = (text: string) => {
  const result = checkJsonText(readJsonText(text), schema, "test/shape");
  return { result, places: result.issues.map(({ range }) => text.slice(range?.start, range?.end)) };
};

describe("JSON with the place of every value", () => {
  test("reads comments and trailing commas, and keeps unknown keys", () => {
    const { result } = check(
      '{ // a comment\n "name": "x", "later": [1, {"a": null}], "beam": { "energy_keV": 17, }, }',
    );
    assert.ok(result.ok);
    assert.deepEqual(result.value, { name: "x", later: [1, { a: null }], beam: { energy_keV: 17 } });
    assert.deepEqual(result.issues, []);
  });

  test("a wrong type is told at the value, with its path", () => {
    const { result, places } = check('{"name": 3, "beam": {"energy_keV": "17"}, "limits": [1, "b"]}');
    assert.ok(!result.ok);
    assert.deepEqual(places, ["3", '"17"', '"b"']);
    assert.deepEqual(
      result.issues.map(({ field }) => field),
      ["name", "beam.energy_keV", "limits.1"],
    );
    assert.equal(result.issues[0]?.message, "name must be a text in quotes, not 3.");
  });

  test("a missing key is told at the object that lacks it", () => {
    const { result, places } = check('{"name": "x", "beam": {"width_um": 2}}');
    assert.ok(!result.ok);
    assert.deepEqual(places, ['{"width_um": 2}']);
    assert.match(result.issues[0]?.message ?? "", /^beam\.energy_keV is missing: add it/);
  });

  test("a key that is nearly a known one is warned of, with the replacement", () => {
    const text = '{"name": "x", "beam": {"energy_keV": 17, "widht_um": 2}}';
    const { result, places } = check(text);
    assert.ok(result.ok);
    assert.deepEqual(places, ['"widht_um"']);
    assert.deepEqual(
      result.issues[0]?.fixes?.[0]?.edits.map(({ newText }) => newText),
      ['"width_um"'],
    );
  });

  test("texts that are no JSON are refused at their place, whatever they are", () => {
    for (const text of [
      "",
      "{",
      '{"a" 1}',
      "[1,",
      "nonsense",
      '{"a": 01}',
      '{"a": "\\q"}',
      "\u0000",
      "{".repeat(1e5),
    ]) {
      const { result } = check(text);
      assert.ok(!result.ok, text.slice(0, 20));
      assert.ok(result.issues.length > 0);
      for (const { range, message } of result.issues) {
        assert.ok(range !== undefined && range.start >= 0 && message.endsWith("."), message);
      }
    }
  });

  test("brackets in texts and comments do not nest", () => {
    const json = readJsonText(`{"a": "${"[".repeat(500)}" /* ${"{".repeat(500)} */}`);
    assert.deepEqual(json.issues, []);
  });

  test("a place leads to its path, and a path to its place and key", () => {
    const text = '{"axes": [{"name": "mu"}, {"name": "chi"}]}';
    const json = readJsonText(text);
    assert.deepEqual(json.pathAt(text.indexOf('"chi"') + 1), ["axes", 1, "name"]);
    const { start, end } = json.rangeOf(["axes", 1, "name", "beyond"]);
    assert.equal(text.slice(start, end), '"chi"');
    const key = json.keyRangeOf(["axes"]);
    assert.equal(text.slice(key.start, key.end), '"axes"');
  });
});
