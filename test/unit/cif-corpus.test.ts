import assert from "node:assert/strict";
import { type CifBlock, type CifDocument, formatDocument, parseCif } from "../../core/cif/index.ts";
import type { TextEdit } from "../../core/util/index.ts";
import { listCorpus, readCorpus, readCorpusJson, withCorpus } from "./corpus.ts";

/** A case of the conformance table that the corpus holds. */
interface Case {
  readonly id: string;
  readonly file: string;
  readonly cif_version: "1.1" | "2.0";
  readonly valid: boolean | null;
  readonly disputed: boolean;
  readonly expect?: { readonly kinds_ok: readonly string[]; readonly line_ok: readonly [number, number] };
}

/** Why a case fails; undefined if it passes. */
function failure({ id, file, valid, expect }: Case): string | undefined {
  const document = parseCif(readCorpus("cif/conformance", file));
  const first = document.issues.find((issue) => issue.severity === "error");
  const line = first ? document.lines.position(first.range!.start).line : 0;
  const found = first ? `${first.code} at line ${line}` : "no error";
  if (valid) return first && `${id}: valid, but ${found}`;
  const kind = first?.code.replace("syntax/", "") ?? "";
  const [from, to] = expect!.line_ok;
  if (expect!.kinds_ok.includes(kind) && line >= from && line <= to) return undefined;
  return `${id}: ${expect!.kinds_ok.join(" or ")} at ${from}-${to} expected, found ${found}`;
}

withCorpus("conformance: verdict, kind and line of the first error", () => {
  const { cases } = readCorpusJson<{ cases: readonly Case[] }>("cif/conformance/cases.json");
  const decided = cases.filter((entry) => !entry.disputed && entry.valid !== null);
  assert.deepEqual(decided.map(failure).filter(Boolean), []);
  const count = (version: Case["cif_version"]): number =>
    decided.filter((entry) => entry.cif_version === version).length;
  assert.deepEqual([count("1.1"), count("2.0")], [67, 35]);
});

withCorpus("real files and dictionaries give no error", () => {
  const folders = { "cif/examples": 8, "cif/more": 39, dictionaries: 5 };
  for (const [folder, count] of Object.entries(folders)) {
    const files = listCorpus(folder).filter((name) => /\.(cif|dic)$/.test(name));
    const broken = files.filter((name) =>
      parseCif(readCorpus(folder, name)).issues.some((issue) => issue.severity !== "information"),
    );
    assert.deepEqual(broken, []);
    assert.ok(files.length >= count, `${files.length} files in ${folder}`);
  }
});

withCorpus("formatting real files: twice is once, and the values, kinds and problems stay", () => {
  const texts = readCorpusJson<{ cases: readonly Case[] }>("cif/conformance/cases.json").cases.map(({ file }) =>
    readCorpus("cif/conformance", file),
  );
  for (const folder of ["cif/examples", "cif/more", "dictionaries"]) {
    for (const name of listCorpus(folder)) if (/\.(cif|dic)$/.test(name)) texts.push(readCorpus(folder, name));
  }
  assert.ok(texts.length >= 105 + 8 + 39 + 5, `${texts.length} files`);
  let edits = 0;
  for (const text of texts) {
    const document = parseCif(text);
    const changes = formatDocument(document);
    const formatted = parseCif(apply(text, changes));
    edits += changes.length;
    assert.deepEqual(written(formatted), written(document));
    assert.deepEqual(
      formatted.issues.map(({ code }) => code),
      document.issues.map(({ code }) => code),
    );
    assert.deepEqual(formatDocument(formatted), []);
  }
  assert.ok(edits > 10_000, `${edits} edits`);
});

const apply = (text: string, edits: readonly TextEdit[]): string => {
  const parts = edits.map(({ range, newText }, i) => text.slice(edits[i - 1]?.range.end ?? 0, range.start) + newText);
  return parts.join("") + text.slice(edits.at(-1)?.range.end ?? 0);
};

/** The values of a document as they are written. */
const written = ({ text, blocks }: CifDocument): readonly string[] => {
  const inBlock = ({ entries, frames }: CifBlock): readonly string[] => [
    ...entries.flatMap((entry) => {
      if (entry.kind === "item") return entry.value ? [text.slice(entry.value.range.start, entry.value.range.end)] : [];
      const cells = (row: number): string[] =>
        entry.names.map((_, column) => text.slice(entry.startOf(row, column), entry.endOf(row, column)));
      return Array.from({ length: entry.rowCount }, (_, row) => cells(row)).flat();
    }),
    ...frames.flatMap(inBlock),
  ];
  return blocks.flatMap(inBlock);
};
