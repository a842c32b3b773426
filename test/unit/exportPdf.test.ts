import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Logbook } from "../../core/report/index.ts";
import { logbookPdf } from "../../export/pdf/logbook.ts";
import { printable, wrap } from "../../export/pdf/text.ts";
import { contentOf } from "./exportPlans.ts";
import { output, withPrograms } from "./exportTools.ts";

const folder = mkdtempSync(join(tmpdir(), "df-xrm-pdf-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The PDF as a file. */
function written(logbook: Logbook, paper: "a4" | "letter"): string {
  const file = join(folder, `${paper}.pdf`);
  writeFileSync(file, logbookPdf(logbook, paper));
  return file;
}

const letters = (text: string): string => text.replace(/\s+/g, "");
/** As it is read again: characters without a glyph by their number, bars as minus signs. */
const expected = (text: string): string =>
  letters(
    text
      .replace(/\p{Script=Han}/gu, (c) => `U+${c.codePointAt(0)!.toString(16).toUpperCase()}`)
      .replace(/((?:\d\u0305)+)/g, (barred) => `-${barred.replaceAll("\u0305", "")}`),
  );

const longPath = `/data/${"a_very_long_folder/".repeat(10)}结晶 Ωβ.cif`;
const { logbook } = contentOf(
  { reflection: { hkl: [1, -1, 2] }, notes: "first line\nsecond line" },
  { name: "Plan Ω 结晶", files: [{ role: "crystal", path: longPath, sha256: "f".repeat(64) }] },
);
/** The rows of the table repeated to five hundred, and a formula of sixty characters in the title. */
const formula = "C₁₂₃H₄₅₆N₇₈O₉₁S₂₃P₄₅Fe₆₇Co₈₉Ni₁₂Cu₃₄Zn₅₆Ga₇₈Ge₉₀As₁₂Se₃₄Br₅₆Kr₇₈";
const long: Logbook = {
  ...logbook,
  subtitle: formula,
  sections: logbook.sections.map((section) => ({
    ...section,
    blocks: section.blocks.map((block) =>
      block.kind === "table" && section.id === "reflections"
        ? {
            ...block,
            rows: Array.from({ length: 500 }, (_, i) => [`row${i}`, ...block.rows[i % block.rows.length]!.slice(1)]),
          }
        : block,
    ),
  })),
};

describe("logbook as PDF", () => {
  for (const paper of ["a4", "letter"] as const) {
    withPrograms(["pdftotext", "pdfinfo"], `${paper}: every text of the logbook is extracted from the page`, () => {
      assert.ok(longPath.length > 190 && formula.length >= 60);
      const file = written(logbook, paper);
      const text = letters(output("pdftotext", ["-raw", file, "-"]));
      const wide = letters(output("pdftotext", ["-layout", file, "-"]));
      const cells = logbook.sections.flatMap(({ title, blocks }) => [
        title,
        ...blocks.flatMap((block) => {
          if (block.kind === "facts") return block.facts.flatMap(({ label, value }) => [label, value]);
          if (block.kind === "notes") return block.notes.flatMap(({ word, text: sentence }) => [word, sentence]);
          return block.kind === "table" ? block.rows.flat() : [];
        }),
      ]);
      assert.ok(cells.length > 400);
      // A cell of several lines stands between the lines of its neighbours: then each of its words must be there.
      const found = (cell: string): boolean =>
        text.includes(expected(cell)) ||
        wide.includes(expected(cell)) ||
        cell.split(/[\s/]+|(?<=_)/).every((word) => text.includes(expected(word).slice(0, 12)));
      assert.deepEqual(
        cells.filter((cell) => !found(cell)),
        [],
      );
      const info = output("pdfinfo", [file]);
      assert.match(info, paper === "a4" ? /595\.\d+ x 841\.\d+ pts/ : /612 x 792 pts/);
      assert.match(info, /^Title: +Plan Ω 结晶$/m);
    });
  }

  withPrograms(["pdftotext", "pdfinfo"], "nothing is cut: 500 rows, a formula of 60 characters, a path of 200", () => {
    const file = written(long, "a4");
    const text = output("pdftotext", ["-layout", file, "-"]);
    for (let i = 0; i < 500; i++) assert.ok(new RegExp(`\\brow${i}\\b`).test(text), `row ${i}`);
    assert.ok(letters(text).includes(letters(formula)));
    const boxes = output("pdftotext", ["-bbox", file, "-"]);
    const width = Number(/page width="([\d.]+)"/.exec(boxes)?.[1]);
    const rights = [...boxes.matchAll(/xMin="([\d.-]+)"[^>]*xMax="([\d.]+)"/g)];
    assert.ok(rights.length > 3000);
    for (const [, left, right] of rights)
      assert.ok(Number(left) >= 40 && Number(right) <= width - 40, `${left} ${right}`);
    const pages = Number(/Pages: +(\d+)/.exec(output("pdfinfo", [file]))?.[1]);
    assert.ok(pages > 10);
    for (let page = 1; page <= pages; page++) assert.ok(text.includes(`${page} / ${pages}`), `page ${page}`);
  });

  test("fonts are embedded, sections are bookmarks and the file is small", () => {
    const bytes = readFileSync(written(logbook, "a4"));
    const raw = bytes.toString("latin1");
    assert.ok(raw.includes("/FontFile2"));
    assert.equal(raw.match(/\/Title /g)?.length, logbook.sections.length + 1);
    assert.ok(bytes.length < 150_000, `${bytes.length} bytes`);
  });
});

describe("text for the PDF", () => {
  const hasGlyph = (codePoint: number): boolean => codePoint < 0x250;

  test("characters without a glyph are printed by their number", () => {
    assert.equal(printable("a\u4e2d\u6587b\u{1f600}", hasGlyph), "aU+4E2D U+6587bU+1F600");
    assert.equal(printable("e\u0301", hasGlyph), "\u00e9");
    assert.equal(printable("1\u0305 x\u0305", hasGlyph), "1\u0305 xU+0305");
    assert.equal(printable("a\u0007b", hasGlyph), "aU+0007b");
  });

  test("lines are never wider than their room and keep every character", () => {
    const widthOf = (text: string): number => [...text.replaceAll("\u0305", "")].length;
    const text = "one two /path/with/many/parts and_a_word_without_end 1\u03052\u0305 end";
    for (const width of [3, 7, 12, 100]) {
      const lines = wrap(text, width, widthOf);
      assert.ok(
        lines.every((line) => widthOf(line) <= width),
        lines.join("|"),
      );
      assert.equal(letters(lines.join("")), letters(text));
    }
  });
});
