/** What a hover says of the keys of a lens file: their meaning, what they have to do with d1, and what follows from them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type LensHelp, lensHelp } from "../../core/experiment/index.ts";
import { writeOwnLens } from "../../core/experiment/lens/ownLens.ts";
import { UPSTREAM_TEXT, upstreamBox } from "./lenses.ts";

const DISCS = UPSTREAM_TEXT.replace(
  "lens_spacing_in_mm = 1.6",
  "lens_spacing_in_mm = 1.6\n\tdisc_thickness_in_um = 1000\n\tweb_in_um = 30",
);

function helpAt(text: string, mark: string, offset = 1): LensHelp | undefined {
  const at = text.indexOf(mark);
  assert.notEqual(at, -1, mark);
  return lensHelp(text, at + offset);
}

const factsAt = (text: string, mark: string): string => helpAt(text, mark)?.facts.join(" ") ?? "none";

describe("help in lens files", () => {
  test("every key and section of the format of DF-XRM_viz has a meaning and a role, on its key and its value", () => {
    const named = `name = "a"\n${DISCS}`;
    let start = 0;
    let checked = 0;
    for (const line of named.split("\n")) {
      const content = line.replace(/#.*/, "").trim();
      if (content !== "") {
        const label = content.startsWith("[") ? content : content.replace(/ *=.*/, "");
        for (const offset of [line.indexOf(content), line.indexOf(content) + content.length - 1]) {
          const help = lensHelp(named, start + offset);
          assert.equal(help?.label, label.replace("μ", "µ"));
          assert.equal(named.slice(help.range.start, help.range.end), content);
          assert.match(help.meaning, /^[A-Z].*\.$/);
          if (label !== "name") assert.match(help.role, /d₁.*\.$/, label);
        }
        checked++;
      }
      start += line.length + 1;
    }
    assert.equal(checked, 29);
  });

  test("what follows from the values, by hand", () => {
    // 67 x 1.6; 67 x 1.6 + 2 + 19 x 2.
    assert.match(factsAt(DISCS, "number_of_lenses"), /107\.20 mm long.*88 lenslets, d_L = 147\.20 mm/);
    assert.match(factsAt(DISCS, "[separator_0]"), /^The box has 88 lenslets, d_L = 147\.20 mm/);
    // R / 2 and R / 2N in µm; 2 sqrt(50 x 970).
    assert.match(
      factsAt(DISCS, "radius"),
      /f = 25\.00 µm \/ δ; the 68 .* 0\.3676 µm \/ δ\. The aperture is 440\.5 µm wide\.$/,
    );
    assert.match(factsAt(DISCS, "web_in_um"), /^The aperture is 440\.5 µm wide\.$/);
    assert.match(factsAt(DISCS.replace(/.*web.*\n/, ""), "disc_thickness"), /447\.2 µm wide, without a web\.$/);
    assert.equal(factsAt(DISCS.replace(/.*(disc|web).*\n/g, ""), "radius").includes("aperture"), false);
    // Two atoms of 9.0122 u in 16.225 Å³.
    assert.equal(factsAt(DISCS, "unit_cell_volume"), "Be, 1.845 g/cm³.");
  });

  test("a series counts by its place among those that are there", () => {
    const text = UPSTREAM_TEXT.replaceAll("lens_series_1", "lens_series_7");
    assert.match(factsAt(text, "[lens_series_7]"), /38\.000 mm long/);
  });

  test("a file that is wrong elsewhere is explained, and no numbers are made of it", () => {
    const help = helpAt(DISCS.replace("= 68", "= many"), "lens_spacing_in_mm");
    assert.equal(help, undefined);
    const read = helpAt(DISCS.replace("= 68", '= "many"'), "lens_spacing_in_mm");
    assert.match(read?.meaning ?? "", /centre of one lenslet/);
    assert.deepEqual(read?.facts, []);
  });

  test("nothing is said of comments, of keys that the format does not know, and between two lines", () => {
    assert.equal(helpAt(UPSTREAM_TEXT, "both sides"), undefined);
    assert.equal(helpAt(UPSTREAM_TEXT, "second line"), undefined);
    assert.equal(helpAt(UPSTREAM_TEXT.replace("offset_x", "colour"), "colour"), undefined);
    assert.equal(helpAt(UPSTREAM_TEXT.replace("[mount_point]", "\n[box]"), "[box]"), undefined);
    assert.equal(helpAt(UPSTREAM_TEXT, "# Objective", 0), undefined);
  });

  test("the same in JSON, on keys and values and not in the blanks between them", () => {
    const text = writeOwnLens(upstreamBox());
    for (const mark of ['"count"', "68"]) assert.match(factsAt(text, mark), /107\.20 mm long/);
    assert.match(factsAt(text, '"series"'), /88 lenslets/);
    assert.match(helpAt(text, '"mountPoint"')?.role ?? "", /cos 2θ/);
    assert.equal(lensHelp(text, text.indexOf('"count"') - 2), undefined);
    assert.equal(lensHelp(text, 0), undefined);
  });
});
