import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fillTemplate } from "../../core/report/index.ts";
import { experimentJson, motorsCsv, motorsJson, motorsText, reflectionsCsv } from "../../export/tables.ts";
import { closeTo } from "./close.ts";
import { contentOf } from "./exportPlans.ts";
import { must } from "./xrayCrystals.ts";

const content = contentOf();
const lines = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));

describe("tables for programs", () => {
  test("the CSV of reflections is read back to the same doubles", () => {
    const [head, ...rows] = lines(reflectionsCsv(content.reflections));
    assert.equal(head?.length, 9);
    assert.equal(rows.length, 44);
    rows.forEach((row, i) => {
      const { hkl, d_A, twoTheta_deg, F, F_friedel, multiplicity, relativeIntensity } = content.reflections[i]!;
      assert.deepEqual(row.map(Number), [...hkl, d_A, twoTheta_deg, F, F_friedel, multiplicity, relativeIntensity]);
    });
  });

  test("motors come back from CSV and JSON to a millionth of their units, which both state, and exactly at zero", () => {
    const [head, ...rows] = lines(motorsCsv(content.motors));
    const { precision, motors } = JSON.parse(motorsJson(content));
    assert.deepEqual(precision, { deg: 1e-6, mm: 1e-6 });
    assert.equal(head?.at(-1), "precision");
    assert.equal(rows.length, content.motors.length);
    content.motors.forEach((motor, i) => {
      const [name, value, unit] = rows[i]!;
      assert.deepEqual([name, unit, rows[i]!.at(-1)], [motor.name, motor.unit, "0.000001"]);
      closeTo(Number(value), motor.value, 0.51e-6, motor.name);
      assert.match(value!, /^-?\d+(\.\d{1,6})?$/, motor.name);
      assert.equal(motors[i].value, Number(value));
      if (motor.margin !== null) closeTo(motors[i].margin, motor.margin, 0.51e-6, motor.name);
      assert.deepEqual(motors[i].limits, motor.limits);
    });
    assert.equal(rows.find(([name]) => name === "omega")?.[1], "0");
  });

  test("all numbers come back from JSON as they were", () => {
    const all = JSON.parse(experimentJson(content));
    assert.deepEqual(all.reflections, JSON.parse(JSON.stringify(content.reflections)));
    assert.equal(all.experiment.geometry.twoTheta_deg, content.experiment.geometry.twoTheta_deg);
  });

  test("a text that a spreadsheet would run as a formula stays a text", () => {
    const [motor] = content.motors;
    const csv = motorsCsv([{ ...motor!, name: "=HYPERLINK(1)", meaning: 'a "b", c' }]);
    assert.match(csv, /^'=HYPERLINK\(1\),/m);
    assert.match(csv, /"a ""b"", c",0\.000001\r\n$/);
  });

  test("detector and lens stand where the formulae of the instrument put them", () => {
    const at = (name: string) => content.motors.find((motor) => motor.name === name)?.value ?? Number.NaN;
    const twoTheta = (18.161454 * Math.PI) / 180;
    closeTo(at("ffz"), 5000 * Math.tan(twoTheta), 1e-3, "ffz = |mainx| tan 2theta");
    closeTo(at("mainx"), -5000, 0, "mainx");
    closeTo(at("obpitch"), 18.161454, 1e-5, "obpitch = 2theta");
    closeTo(at("obz") / at("obx"), Math.tan(twoTheta), 1e-8, "obz / obx = tan 2theta");
    closeTo(at("mu"), 9.0807, 5e-5, "mu of the c-up crystal");
  });

  test("the text has every motor and no negative zero", () => {
    const text = motorsText(content);
    for (const { name } of content.motors) assert.match(text, new RegExp(`^${name} +-?\\d`, "m"));
    assert.doesNotMatch(text, /-0\.0000/);
  });
});

describe("templates of macros", () => {
  test("positions and names are put in, with the decimals asked for", () => {
    const text = must(fillTemplate("umv mu {{motor.mu}} {{ motor.obx : 1 }} # {{plan.hkl}} {{plan.name}}", content));
    assert.match(text, /^umv mu 9\.0807 \d+\.\d # 0 0 6 night shift$/);
  });

  for (const [template, start, sentence] of [
    ["umv mu {{motor.mux}}", 7, /Did you mean "motor\.mu"\?/],
    ["a\n{{nothing.like.this}}", 2, /Known are plan\.name/],
    ["umv mu {{motor.mu", 7, /not closed/],
    ["{{motor.mu:many}}", 0, /no number of decimals/],
  ] as const) {
    test(`${JSON.stringify(template)} is refused at its place`, () => {
      const result = fillTemplate(template, content);
      assert.ok(!result.ok);
      assert.equal(result.issues[0]?.range?.start, start);
      assert.match(result.issues[0]?.message ?? "", sentence);
    });
  }

  test("a name with line breaks cannot begin a command of its own", () => {
    const text = must(fillTemplate("# {{plan.name}}", contentOf({}, { name: "x\numv mu 90" })));
    assert.equal(text.split("\n").length, 1);
  });
});
