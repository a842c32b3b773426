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

  test("the picture is a whole SVG document", () => {
    assert.ok(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/.test(svg));
    assert.ok(/<\/svg>\s*$/.test(svg));
  });
});
