import assert from "node:assert/strict";
import { parseCif } from "../../core/cif/index.ts";
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
