import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LENS_BOXES, lensById, readLens, writeOwnLens, writeUpstreamLens } from "../../core/experiment/index.ts";
import { createLineIndex } from "../../core/util/index.ts";
import { closeRelative } from "./close.ts";
import { readCorpusJson, withCorpus } from "./corpus.ts";
import { singleSeries, UPSTREAM_TEXT, unwrap, upstreamBox } from "./lenses.ts";

/** The first issue of a text that cannot be read: its line and what stands at its place. */
function fault(text: string): { readonly line: number; readonly at: string; readonly message: string } {
  const result = readLens(text);
  assert.ok(!result.ok, "was read");
  const [issue] = result.issues;
  assert.ok(issue?.range, issue?.message);
  const { start, end } = issue.range;
  return { line: createLineIndex(text).position(start).line, at: text.slice(start, end), message: issue.message };
}

describe("Lens files", () => {
  test("a .lens file of DF-XRM_viz is read, with the micro sign and with the Greek mu", () => {
    const box = upstreamBox();
    assert.equal(box.name, "id06");
    assert.equal(box.notes, "Objective of a test\nsecond line");
    assert.deepEqual(
      box.series.map(({ count, radius_um, spacing_mm, separator_mm }) => [count, radius_um, spacing_mm, separator_mm]),
      [
        [68, 50, 1.6, 2],
        [20, 50, 2, undefined],
      ],
    );
    assert.equal(box.series[0]!.material.formula, "Be");
    closeRelative(box.series[0]!.material.density_g_cm3, (2 * 9.0122) / (0.602214076 * 16.225), 1e-9);
    assert.deepEqual(box.mountPoint, { along_mm: 74.5, orthogonal_mm: 0, offsetX_mm: 0, offsetY_mm: 0 });
    assert.deepEqual(box.mountPointShown, { along: false, orthogonal: false, x: true, y: true });
  });

  withCorpus("all lens files of the reference data are read and written without loss", () => {
    const { meta } = readCorpusJson<{ meta: { lens_files: Record<string, string> } }>(
      "oracle",
      "upstream-geometry.json",
    );
    const files = Object.entries(meta.lens_files);
    assert.equal(files.length, 5);
    for (const [name, text] of files) {
      const box = unwrap(readLens(text, name));
      assert.deepEqual(readLens(writeUpstreamLens(box), name), { ok: true, value: box, issues: [] }, name);
      assert.deepEqual(readLens(writeOwnLens(box), name), { ok: true, value: box, issues: [] }, name);
    }
  });

  test("what is written has the key that DF-XRM_viz looks for", () => {
    assert.match(writeUpstreamLens(upstreamBox()), /^radius_of_curvature_in_µm = 50$/m);
  });

  test("a compound with density, disc and web survives both formats", () => {
    const box = {
      ...singleSeries({
        material: { formula: "C5H8O2", density_g_cm3: 1.19 },
        discThickness_um: 1000,
        web_um: 30,
        other: { supplier: "x" },
      }),
      notes: "First line\n\nthird line",
      other: { checked_on: "2024-05-01" },
    };
    assert.deepEqual(unwrap(readLens(writeUpstreamLens(box))), box);
    assert.deepEqual(unwrap(readLens(writeOwnLens(box))), box);
    assert.match(writeUpstreamLens(box), /"C", "C", "C", "C", "C", "H"/);
  });

  test("a broken .lens file shows its error at the line", () => {
    const cases: readonly (readonly [string, string, number, string, RegExp])[] = [
      ["number_of_lenses = 68", 'number_of_lenses = "many"', 5, '"many"', /number_of_lenses is "many": give a whole/],
      ["number_of_lenses = 68", "number_of_lenses = 6.5", 5, "6.5", /whole number/],
      ["µm = 50", "µm = -50", 4, "-50", /radius_of_curvature_in_µm is -50: it must be above 0/],
      ["lens_spacing_in_mm = 1.6", "lens_spacing_in_mm = ", 6, "lens_spacing_in_mm =", /cannot be read here/],
      ['["Be", "Be"]', '["Be", "Bx"]', 8, '["Be", "Bx"]', /"Bx" is no element/],
      ["\tnumber_of_lenses = 68\n", "", 3, "[lens_series_0]", /number_of_lenses is missing/],
      ["offset_x = 0", 'offset_x = "0"', 22, '"0"', /offset_x is "0"/],
      ["[lens_series_1]", "[lens_series_1", 12, "[lens_series_1", /cannot be read/],
    ];
    for (const [from, to, line, at, message] of cases) {
      const found = fault(UPSTREAM_TEXT.replace(from, to));
      assert.deepEqual([found.line, found.at], [line, at], found.message);
      assert.match(found.message, message);
    }
    assert.match(fault("").message, /names no lenslets/);
    assert.match(fault("a = 1\n").message, /names no lenslets/);
  });

  test("a broken .dfxrm-lens.json shows its error at the value", () => {
    const text = writeOwnLens(singleSeries());
    const cases: readonly (readonly [string, string, string, RegExp])[] = [
      ['"count": 88', '"count": 0', "0", /count is 0: give 1 or more/],
      ['"formula": "Be"', '"formula": "Xy"', '"Xy"', /not a formula/],
      ['"radius_um": 50,', "", "{", /radius_um is missing/],
      ['"version": 1', '"version": 2', "2", /only version/],
      ['"spacing_mm": 1.6,', '"spacing_mm": 1.6', '"material"', /comma is missing/],
    ];
    for (const [from, to, at, message] of cases) {
      const found = fault(text.replace(from, to));
      assert.ok(found.at.startsWith(at), `${found.at}: ${found.message}`);
      assert.match(found.message, message);
    }
  });

  test("series without a separator between them are taken as touching, with a warning", () => {
    const result = readLens(UPSTREAM_TEXT.replace("[separator_0]\n\tspacing_in_mm = 2\n", ""));
    assert.ok(result.ok);
    assert.deepEqual(
      result.issues.map(({ code, severity }) => [code, severity]),
      [["lens/separator", "warning"]],
    );
  });

  test("every shipped lens is found by its id and survives both formats; an unknown id names those there are", () => {
    for (const [id, box] of Object.entries(LENS_BOXES)) {
      assert.equal(unwrap(lensById(id)), box);
      assert.deepEqual(unwrap(readLens(writeUpstreamLens(box))), box);
      assert.deepEqual(unwrap(readLens(writeOwnLens(box))), box);
    }
    const unknown = lensById("constructor");
    assert.ok(!unknown.ok);
    assert.match(unknown.issues[0]!.message, /id06/);
  });
});
