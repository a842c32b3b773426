import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { crystalFromCif } from "../../core/crystal/index.ts";
import { createDraftPlan, instrumentById, survey } from "../../core/experiment/index.ts";
import { DEFAULT_SORT, sortRows } from "../../webview/reflections/columns.ts";
import { readFilter } from "../../webview/reflections/filter.ts";
import { EXAMPLE } from "./harness.ts";

const crystal = crystalFromCif(parseCif(EXAMPLE));
assert.ok(crystal.ok);
const instrument = instrumentById("esrf-id03");
assert.ok(instrument.ok);
const table = survey(createDraftPlan("LiNbO3.cif", ""), crystal.value, instrument.value);
assert.ok(table.ok);

const keep = (text: string) => {
  const filter = readFilter(text, crystal.value);
  assert.ok(filter.ok, text);
  return table.value.filter(filter.value);
};

describe("filter of the table of reflections", () => {
  test("nothing typed keeps everything", () => assert.equal(keep("  ").length, table.value.length));

  test("conditions hold together", () => {
    const rows = keep("d>1.5 I >= 20, 2θ<20");
    assert.ok(rows.length > 0);
    assert.ok(rows.every((row) => row.d_A > 1.5 && row.relativeIntensity >= 20 && row.twoTheta_deg < 20));
    const rest = table.value.filter((row) => !rows.includes(row));
    assert.ok(rest.every((row) => row.d_A <= 1.5 || row.relativeIntensity < 20 || row.twoTheta_deg >= 20));
  });

  test("indices find the class that holds them", () => {
    // In the Laue class -3m1 a twofold axis takes (1,0,-2) into (0,1,2).
    assert.deepEqual(keep("0 0 -6"), keep("(0,0,6)"));
    assert.deepEqual(keep("0 1 2"), keep("1 0 -2"));
    assert.equal(keep("0 1 2").length, 1);
  });

  test("one index finds every reflection with it", () =>
    assert.ok(keep("12").every((row) => row.hkl.some((index) => Math.abs(index) === 12)) && keep("12").length > 0));

  test("what cannot be read is said", () => {
    const filter = readFilter("bright", crystal.value);
    assert.equal(filter.ok, false);
    assert.match(filter.issues[0]?.message ?? "", /Cannot read "bright"/);
  });

  test("the brightest come first, and every order is that of its column", () => {
    const bright = sortRows(table.value, DEFAULT_SORT).map((row) => row.relativeIntensity);
    assert.equal(bright[0], 100);
    assert.deepEqual(
      bright,
      [...bright].sort((a, b) => b - a),
    );
    const angles = sortRows(table.value, { key: "twoTheta", order: "ascending" }).map((row) => row.twoTheta_deg);
    assert.deepEqual(
      angles,
      [...angles].sort((a, b) => a - b),
    );
  });
});
