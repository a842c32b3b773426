import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  applyOps,
  createDraftPlan,
  type ExperimentPlan,
  editPlanText,
  type PlanOp,
  parsePlanText,
  planText,
} from "../../core/experiment/index.ts";
import { readJsonText } from "../../core/util/index.ts";

const op = (path: string, value?: unknown): PlanOp => ({
  path: path.split("."),
  ...(value !== undefined && { value }),
});
function edited(text: string, ...ops: readonly PlanOp[]): string {
  const edit = editPlanText(text, ops);
  return edit ? text.slice(0, edit.range.start) + edit.newText + text.slice(edit.range.end) : text;
}
const plan: ExperimentPlan = { ...createDraftPlan("LiNbO3.cif", "LiNbO3"), reflection: { hkl: [0, 0, 6] } };

describe("edits of the text of a plan", () => {
  const cases: readonly [string, string, readonly PlanOp[], string][] = [
    [
      "a changed value changes nothing else",
      '{ // ours\n\t"beam" :{"energy_keV":17 /* why */,},"x": 1}',
      [op("beam.energy_keV", 18)],
      '{ // ours\n\t"beam" :{"energy_keV":18 /* why */,},"x": 1}',
    ],
    [
      "a new value goes behind the last on the line",
      '{ "beam": { "energy_keV": 17 } }',
      [op("beam.width_um", 1)],
      '{ "beam": { "energy_keV": 17, "width_um": 1 } }',
    ],
    [
      "where each has a line, a new one gets its own, behind the comment of the one before",
      '{\r\n    "beam": {\r\n        "energy_keV": 17 // now\r\n    }\r\n}\r\n',
      [op("beam.width_um", 1)],
      '{\r\n    "beam": {\r\n        "energy_keV": 17, // now\r\n        "width_um": 1\r\n    }\r\n}\r\n',
    ],
    [
      "a trailing comma stays one",
      '{\n\t"a": 1, // one\n}',
      [op("reflection", { hkl: [0, 0, 6] })],
      '{\n\t"a": 1, // one\n\t"reflection": { "hkl": [0, 0, 6] },\n}',
    ],
    ["parts that are missing are made", "{}", [op("lens.file", "a.lens")], '{ "lens": { "file": "a.lens" } }'],
    [
      "several at once, a removed one among them",
      '{ "notes": "", "reflection": { "hkl": [0, 0, 6] }, "sample": { "up": "(0,0,1)" } }',
      [op("reflection"), op("sample.exit", "(1,0,0)")],
      '{ "notes": "", "sample": { "up": "(0,0,1)", "exit": "(1,0,0)" } }',
    ],
    ["what is not there is not removed", '{ "a": 1 }', [op("reflection")], '{ "a": 1 }'],
    ["the only one with a comma behind it", '{ "a": { "b": 2 /* x */ , } }', [op("a.b")], '{ "a": { /* x */ } }'],
    [
      "a removed one goes with its line, and the comments around it stay",
      '{\n  // a\n  "a": 1, // one\n  // b\n  "b": 2,\n  "c": 3 // three\n}',
      [op("b")],
      '{\n  // a\n  "a": 1, // one\n  // b\n  "c": 3 // three\n}',
    ],
    [
      "the last one goes with the comma before it",
      '{\n  "a": 1, // one\n  "c": 3 // three\n}',
      [op("c")],
      '{\n  "a": 1 // one\n  // three\n}',
    ],
    ["a comment between value and comma stays", '{ "a": 1 /* x */, "b": 2 }', [op("a")], '{ /* x */ "b": 2 }'],
    ["an only one leaves no blanks", '{ "a": { "b": 2 } }', [op("a.b")], '{ "a": {} }'],
    ["texts are escaped", '{ "notes": "" }', [op("notes", 'a "b"\n$&')], '{ "notes": "a \\"b\\"\\n$&" }'],
  ];
  for (const [name, text, ops, expected] of cases) {
    test(name, () => assert.equal(edited(text, ...ops), expected));
  }

  test("nothing to change is no edit, and a changed digit is an edit of that digit", () => {
    const text = planText(plan);
    assert.equal(editPlanText(text, [op("beam.energy_keV", 17)]), undefined);
    const at = text.indexOf("17") + 1;
    assert.deepEqual(editPlanText(text, [op("beam.energy_keV", 18)]), {
      range: { start: at, end: at + 1 },
      newText: "8",
    });
  });

  test("the text then says what the operations say, however it is written, and its comments stay", () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string(), fc.constant(undefined));
    const path = fc.constantFrom(
      "beam.energy_keV",
      "sample.up",
      "sample.exit",
      "lens.file",
      "notes",
      "beamExit",
      "own.x.y",
    );
    const ops = fc.array(
      fc.tuple(path, value).map(([where, what]) => op(where, what)),
      { maxLength: 5 },
    );
    const space = fc.constantFrom("", " ", "\n", "\r\n  ", "\t", " /* c */ ", " // c\n");
    fc.assert(
      fc.property(ops, fc.array(space, { minLength: 60, maxLength: 60 }), (given, spaces) => {
        // -0 is 0 in JSON.
        const all: PlanOp[] = JSON.parse(JSON.stringify(given));
        let i = 0;
        const text = JSON.stringify({ ...plan, own: { kept: true } }).replace(
          /"(?:[^"\\]|\\.)*"|[{}[\],:]/g,
          (token) => `${token}${spaces[i++ % spaces.length]}`,
        );
        const after = readJsonText(edited(text, ...all));
        assert.deepEqual(after.issues, []);
        const expected = applyOps({ ...plan, own: { kept: true } } as unknown as ExperimentPlan, all);
        assert.deepEqual(after.value, JSON.parse(JSON.stringify(expected)));
      }),
      { numRuns: 300 },
    );
  });
});

describe("text of a plan", () => {
  test("what is written is read again, and unknown keys are kept", () => {
    const whole = { ...plan, notes: "Ω", own: { a: [1, { b: null }] } } as ExperimentPlan;
    const read = parsePlanText(planText(whole));
    assert.ok(read.ok);
    assert.deepEqual(read.value, whole);
  });

  test("comments and trailing commas are read", () => {
    const read = parsePlanText(planText(plan).replace("{", "// by us\n{ /* x */").replace(/\n}/, ",\n}"));
    assert.ok(read.ok);
    assert.deepEqual(read.value, plan);
  });

  const faults: readonly [string, (text: string) => string, string][] = [
    ["a value of another kind", (text) => text.replace("17", '"bright"'), '"bright"'],
    ["a missing value", (text) => text.replace('"energy_keV": 17, ', ""), '{ "width_um": 200, "height_um": 0.6 }'],
    ["a word of no choice", (text) => text.replace('"thickness', '"perfection": "good", "thickness'), '"good"'],
    ["two indices", (text) => text.replace("[0, 0, 6]", "[0, 6]"), "[0, 6]"],
  ];
  for (const [name, spoil, place] of faults) {
    test(`${name} is told at its place`, () => {
      const text = spoil(planText(plan));
      const read = parsePlanText(text);
      assert.ok(!read.ok);
      const [issue] = read.issues;
      assert.equal(text.slice(issue?.range?.start, issue?.range?.end), place, issue?.message);
    });
  }

  test("a text that is no JSON is told where it breaks", () => {
    const read = parsePlanText('{ "version": 1, "cif" { } }');
    assert.ok(!read.ok);
    assert.equal(read.issues[0]?.code, "json/syntax");
    assert.equal(read.issues[0]?.range?.start, 22);
  });
});
