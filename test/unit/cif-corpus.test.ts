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

const readCases = (version: Case["cif_version"]): readonly Case[] =>
  readCorpusJson<{ cases: readonly Case[] }>("cif/conformance/cases.json").cases.filter(
    (entry) => entry.cif_version === version && !entry.disputed && entry.valid !== null,
  );

withCorpus("CIF 1.1 conformance: verdict, kind and line of the first error", () => {
  const cases = readCases("1.1");
  assert.deepEqual(cases.map(failure).filter(Boolean), []);
  assert.equal(cases.length, 67);
});

withCorpus("CIF 2.0 conformance: valid files give no error", () => {
  const cases = readCases("2.0").filter((entry) => entry.valid);
  assert.deepEqual(cases.map(failure).filter(Boolean), []);
  assert.equal(cases.length, 16);
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
