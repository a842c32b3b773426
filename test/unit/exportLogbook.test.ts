import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { logbookHtml } from "../../export/html.ts";
import { logbookMarkdown } from "../../export/markdown.ts";
import { contentOf } from "./exportPlans.ts";

const hostile = `<img src=x onerror=alert(1)> | "a" & 'b' \`c\` **d** ]]>`;
const { logbook, svg, geometry } = (() => {
  const content = contentOf({ notes: hostile, reflection: { hkl: [1, -1, 2] } }, { name: hostile });
  return { ...content, geometry: content.experiment.geometry };
})();

describe("logbook as HTML and Markdown", () => {
  test("HTML is one file without scripts, in which everything is escaped", () => {
    const html = logbookHtml(logbook);
    assert.ok(!/<script|<img|<link|<iframe|javascript:|url\(/i.test(html));
    assert.ok(!/\s(src|on\w+)=["']/i.test(html));
    assert.ok(/&lt;img src=x onerror=alert\(1\)&gt;/.test(html));
    assert.ok(html.includes("default-src 'none'"));
    assert.equal(html.match(/<svg/g)?.length, 4);
    for (const tag of ["table", "section", "svg", "tr", "td", "figure"]) {
      const count = (pattern: string): number => html.match(new RegExp(pattern, "g"))?.length ?? 0;
      assert.equal(count(`<${tag}[ >]`), count(`</${tag}>`), tag);
    }
  });

  test("the lens is drawn with every distance, subscripts below the line and turned texts", () => {
    const lens = /<svg[^>]*aria-label="Lens between sample and detector"[\s\S]*?<\/svg>/.exec(
      logbookHtml(logbook),
    )?.[0];
    assert.ok(lens);
    const text = lens.replace(/<[^>]+>/g, "");
    const along = 5000 / Math.cos((geometry.twoTheta_deg * Math.PI) / 180);
    assert.ok(text.includes(`dtot ${along.toFixed(2)}`) && text.includes("dtot\u2032 5000.00"), text);
    for (const name of ["d1", "dL", "d2"]) assert.match(text, new RegExp(`${name} \\d+\\.\\d\\d`));
    assert.match(lens, /rotate\(-25\)[^>]*><tspan[^>]*>d<\/tspan><tspan dy="9\.5" font-size="26\.6">/);
    assert.ok(!text.includes("\u25b5"), "no sign that few fonts have");
  });

  test("negative indices have a line over them in HTML and a minus sign in Markdown", () => {
    assert.ok(logbookHtml(logbook).includes('1 <span class="bar">1</span> 2'));
    assert.ok(logbookMarkdown(logbook).includes("1 \u22121 2"));
  });

  test("a table of Markdown keeps its columns whatever its cells hold", () => {
    const markdown = logbookMarkdown(logbook);
    assert.ok(!/(^|[^\\])<img/.test(markdown));
    const rows = markdown.split("\n").filter((line) => line.startsWith("| "));
    assert.ok(rows.length > 60);
    const notes = rows.find((line) => line.includes("Notes"))!;
    assert.equal(notes.replace(/\\\|/g, "").match(/\|/g)?.length, 4);
  });

  test("both state the angles of the plan and where the numbers come from", () => {
    for (const text of [logbookHtml(logbook), logbookMarkdown(logbook)]) {
      assert.ok(text.includes(`${geometry.twoTheta_deg.toFixed(4)}°`));
      assert.ok(text.includes("0123456789abcdef"));
      assert.ok(/DF\\?-XRM 9\.9\.9/.test(text));
      assert.ok(text.includes("Waasmaier"));
    }
  });

  test("what follows from the lens stands with its definition, or why the sample is not in focus", () => {
    const markdown = logbookMarkdown(contentOf().logbook);
    for (const row of [
      /Numerical aperture \| 0\.70\d\d mrad \| full angle at half maximum/,
      /Depth of field \| 14\d\.\d µm/,
      /Tolerance of d₁ \| ±7\d\.\d\d µm/,
      /Resolution \| 7\d\.\d nm \| 0\.75/,
      /Chromatic shift of d₁ \| 32\.\d\d mm\/keV/,
      /Geometrical aperture \| not known: the lens file gives no disc thickness/,
    ]) {
      assert.match(markdown, row);
    }
    const plan = contentOf().logbook;
    const far = contentOf({ beam: { energy_keV: 65, width_um: 200, height_um: 0.6 } }).logbook;
    const lens = (sections: typeof plan.sections) =>
      JSON.stringify(sections.find(({ id }) => id === "lens")?.blocks.at(-1));
    assert.match(lens(far.sections), /"No focus".*lenslets at 65 keV need at least/);
  });

  test("of a table that no page holds the brightest rows are listed, and the planned one", () => {
    const content = contentOf({
      beam: { energy_keV: 65, width_um: 200, height_um: 0.6 },
      reflection: { hkl: [3, 1, -7] },
    });
    const all = content.reflections;
    assert.ok(all.length > 1000, String(all.length));
    const [table] = content.logbook.sections.find(({ id }) => id === "reflections")!.blocks;
    assert.ok(table?.kind === "table");
    assert.match(table.caption ?? "", new RegExp(`^The 500 brightest of ${all.length} .* the planned one is marked$`));
    assert.ok(table.rows.length >= 500 && table.rows.length <= 501);
    const dimmest = Math.min(...table.rows.filter((_, i) => !table.marked?.includes(i)).map((row) => Number(row[5])));
    const sorted = all.map(({ relativeIntensity }) => relativeIntensity).sort((a, b) => b - a);
    assert.ok(Math.abs(dimmest - sorted[499]!) < 0.006);
  });

  test("a CIF that has changed since the plan was saved is remarked", () => {
    const remarks = (sha256: string) =>
      JSON.stringify(
        contentOf({ cif: { path: "LiNbO3.cif", block: "LiNbO3", sha256 } }).logbook.sections.find(
          ({ id }) => id === "remarks",
        ),
      );
    assert.match(remarks("0".repeat(64)), /LiNbO3\.cif has changed since this plan was saved/);
    assert.doesNotMatch(remarks("0123456789ABCDEF".repeat(4)), /has changed/);
  });

  test("the picture is a whole SVG document", () => {
    assert.ok(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/.test(svg));
    assert.ok(/<\/svg>\s*$/.test(svg));
  });
});
