import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  convertLens,
  LENS_BOXES,
  type LensBox,
  lensById,
  readLens,
  writeOwnLens,
  writeUpstreamLens,
} from "../../core/experiment/index.ts";
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

describe("Conversion of lens files", () => {
  test("comments inside a .lens file come into the notes, each with its key, and lead the file on the way back", () => {
    const json = unwrap(convertLens(UPSTREAM_TEXT, "id06"));
    assert.equal(json.format, "json");
    const { notes, series } = JSON.parse(json.text);
    assert.equal(notes, "Objective of a test\nsecond line\nlens_series_0 radius_of_curvature_in_µm: both sides");
    assert.deepEqual(series[0].material, { unitCell: { atoms: ["Be", "Be"], volume_A3: 16.225 } });
    const back = unwrap(convertLens(json.text, "other"));
    assert.equal(back.format, "lens");
    assert.ok(back.text.startsWith("# Objective of a test\n# second line\n# lens_series_0 radius"), back.text);
    assert.equal(unwrap(convertLens(back.text, "other")).text, json.text);
  });

  test("comments of JSON are kept; // within a text is none", () => {
    const text = writeOwnLens({ ...singleSeries(), notes: "See https://example.org // there" })
      .replace("{", "// first\n{ /* all\n of it */")
      .replace('"count": 88,', '"count": 88, // as counted');
    const { text: toml } = unwrap(convertLens(text, "a"));
    assert.equal(unwrap(readLens(toml)).notes, "See https://example.org // there\nfirst\nall of it\ncount: as counted");
  });

  test("unknown keys are kept in every section", () => {
    const own = { supplier: "x" };
    const box: LensBox = {
      ...singleSeries({ other: own, material: { formula: "Al", density_g_cm3: 2.7, other: own } }),
      other: own,
    };
    const everywhere = { ...box, mountPoint: { ...box.mountPoint, other: own } };
    assert.deepEqual(unwrap(readLens(writeUpstreamLens(everywhere))), everywhere);
    assert.deepEqual(unwrap(readLens(writeOwnLens(everywhere))), everywhere);
  });

  test("what would be lost is named, and nothing is written", () => {
    const cases: readonly (readonly [object, RegExp])[] = [
      [{ checked: null }, /checked would be changed/],
      [{ checked: [null] }, /null in it, or half a character, would be changed/],
      [{ "\uD800": 1 }, /half a character, would be changed/],
      [{ lens_series_7: { supplier: "x" } }, /a key of your own .* would be changed/],
    ];
    for (const [other, message] of cases) {
      const refused = convertLens(writeOwnLens({ ...singleSeries(), other: { ...other } }), "a");
      assert.ok(!refused.ok);
      assert.match(refused.issues[0]!.message, message);
    }
    const broken = convertLens(UPSTREAM_TEXT.replace("= 68", "= -1"), "a");
    assert.ok(!broken.ok && broken.issues[0]!.range);
  });
});

describe("Misspelt keys of lens files", () => {
  const mended = (text: string): readonly [readonly string[], string] => {
    const { issues } = readLens(text);
    const slips = issues.filter(({ code }) => code === "lens/unknown-key");
    let result = text;
    for (const { fixes } of slips.toSorted((a, b) => b.range!.start - a.range!.start)) {
      const [{ range, newText }] = fixes![0]!.edits as [{ range: { start: number; end: number }; newText: string }];
      result = result.slice(0, range.start) + newText + result.slice(range.end);
    }
    return [slips.map(({ range }) => text.slice(range!.start, range!.end)), result];
  };

  test("in a .lens file: keys and sections, mended by their fixes", () => {
    const text = UPSTREAM_TEXT.replace("number_of_lenses = 68", "number_of_lens = 68")
      .replace("radius_of_curvature_in_μm", "radius_of_curvatur_in_μm")
      .replace("[separator_0]", "[seperator_0]")
      .replace("offset_y", "ofset_y")
      .replace("print_distance_x", "print_distance_X");
    const [slips, result] = mended(text);
    assert.deepEqual(slips.toSorted(), [
      "number_of_lens",
      "ofset_y",
      "print_distance_X",
      "radius_of_curvatur_in_μm",
      "seperator_0",
    ]);
    assert.deepEqual(unwrap(readLens(result, "id06")), upstreamBox());
  });

  test("in JSON: of the box, of a series, of its material and cell", () => {
    const text = writeOwnLens(upstreamBox());
    const broken = text
      .replace('"spacing_mm"', '"spacin_mm"')
      .replace('"volume_A3"', '"volume_A"')
      .replace('"mountPoint"', '"mountpoint"')
      .replace('"offsetX_mm"', '"offset_X_mm"');
    const [slips, result] = mended(broken);
    assert.deepEqual(slips, ['"spacin_mm"', '"volume_A"', '"mountpoint"']);
    assert.equal(mended(result)[1], text);
  });

  test("a key of one's own is no slip", () => {
    assert.deepEqual(mended(writeOwnLens({ ...singleSeries(), other: { supplier: "x", cost: 3 } }))[0], []);
  });
});
