import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { documentIssues } from "../../core/crystal/index.ts";
import { cifIssues } from "../../core/xray/index.ts";
import { corpus, listCorpus, readCorpus, readCorpusJson, withCorpus } from "./corpus.ts";

/** A table of what cif_cod_check of cod-tools reports (its SOURCES.md says which version). */
interface SemanticCase {
  readonly id: string;
  readonly file: string;
  readonly options: readonly string[];
  readonly expected: readonly {
    readonly kind: string;
    readonly block: string;
    readonly tags: readonly string[];
    readonly message: string;
  }[];
}

const FOLDER = ["cif", "conformance"] as const;
const readCases = () =>
  readCorpusJson<{ readonly cases: readonly SemanticCase[] }>(...FOLDER, "semantic-cases.json").cases;

/** Other parts of the product report these: the reader of the text, and the dictionary. */
const NOT_CRYSTAL = new Set(["syntax", "type", "su-not-permitted"]);
/** Bibliography, links of powder files and names of a theory dictionary are not checked. */
const isLeftOut = ({ kind, tags }: SemanticCase["expected"][number]): boolean =>
  kind === "powder-links" || NOT_CRYSTAL.has(kind) || tags.some((tag) => /^_(journal|publ|tcod|dft)_/.test(tag));

/** Statements (block, kind, names) of our checks, only of kinds that the table uses. */
function ours(text: string, kinds: ReadonlySet<string>): ReadonlySet<string> {
  const issues = documentIssues(parseCif(text)).filter(({ code }) => kinds.has(code.replace("crystal/", "")));
  return new Set(
    issues.map((issue) => {
      const names = issue.names.map((name) => name.toLowerCase()).sort();
      return [issue.block, issue.code.replace("crystal/", ""), names].join(" ");
    }),
  );
}

const theirs = ({ expected }: SemanticCase): ReadonlySet<string> =>
  new Set(
    expected.filter((one) => !isLeftOut(one)).map(({ block, kind, tags }) => [block, kind, [...tags].sort()].join(" ")),
  );

interface Score {
  readonly expected: number;
  readonly reported: number;
  readonly right: number;
  readonly missed: readonly string[];
  readonly surplus: readonly string[];
}

function score(cases: readonly SemanticCase[], kinds: ReadonlySet<string>): Score {
  const missed: string[] = [];
  const surplus: string[] = [];
  let [expected, reported] = [0, 0];
  for (const one of cases) {
    const [wanted, given] = [theirs(one), ours(readCorpus(...FOLDER, one.file), kinds)];
    expected += wanted.size;
    reported += given.size;
    missed.push(
      ...[...wanted].filter((statement) => !given.has(statement)).map((statement) => `${one.id}: ${statement}`),
    );
    surplus.push(
      ...[...given].filter((statement) => !wanted.has(statement)).map((statement) => `${one.id}: ${statement}`),
    );
  }
  return { expected, reported, right: expected - missed.length, missed, surplus };
}

describe("what cif_cod_check reports", () => {
  withCorpus("with its usual options: recall and precision 95 % over (block, kind, name)", () => {
    const cases = readCases();
    const kinds = new Set(cases.flatMap(({ expected }) => expected.map(({ kind }) => kind)));
    const usual = cases.filter(({ options }) => options.length === 0);
    assert.equal(usual.length, 13);
    const { expected, reported, right, missed, surplus } = score(usual, kinds);
    assert.equal(expected, 45);
    assert.ok(right / expected >= 0.95, `recall ${right} of ${expected}; missed: ${missed.join("; ")}`);
    assert.ok(right / reported >= 0.95, `precision ${right} of ${reported}; surplus: ${surplus.join("; ")}`);
  });

  if (corpus === undefined) return;
  test("with other options: no crash; what is switched off there may be reported here", (context) => {
    const cases = readCases();
    const kinds = new Set(cases.flatMap(({ expected }) => expected.map(({ kind }) => kind)));
    const others = cases.filter(({ options }) => options.length > 0);
    assert.equal(others.length, 36);
    const { expected, right, missed, surplus } = score(others, kinds);
    context.diagnostic(`${right} of ${expected} found, ${surplus.length} more reported`);
    for (const statement of missed) context.diagnostic(`missed ${statement}`);
    for (const statement of surplus) context.diagnostic(`more ${statement}`);
  });
});

/** Warnings on the real files, each with its reason; nothing else than hints and information may be said of them. */
const JUSTIFIED: Readonly<Record<string, readonly (readonly [code: string, reason: string])[]>> = {
  "1507756_BaTiO3.cif": [["duplicate-label", "two oxygen sites are both labelled 'o'"]],
  "KNbO3-A2mm_1544560.cif": [
    ["near-special-position", "K stands 0.13 Å off the mirror, and the formula is met only on it"],
  ],
  "PZT-R3c_2102945.cif": [["contents", "the formula has Ti and Zr the other way round than the occupancies"]],
  "gypsum-I2c_2300259.cif": [["adp-not-positive", "U33 of CA1 is 0.0005(23) beside U13 0.0038"]],
};

describe("real files", () => {
  test("our own examples: nothing at all", () => {
    const folder = new URL("../../examples/", import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith(".cif"));
    assert.equal(files.length, 9);
    for (const file of files) {
      const issues = cifIssues(parseCif(readFileSync(new URL(file, folder), "utf8")));
      assert.deepEqual(
        issues.map(({ code, message }) => `${file} ${code}: ${message}`),
        [],
      );
    }
  });

  withCorpus("structures of databases: no error, and no warning without a reason", () => {
    let count = 0;
    for (const folder of ["examples", "more"]) {
      for (const file of listCorpus("cif", folder).filter((name) => name.endsWith(".cif"))) {
        count++;
        const issues = cifIssues(parseCif(readCorpus("cif", folder, file)));
        const loud = issues.filter(({ severity }) => severity === "error" || severity === "warning");
        assert.deepEqual(
          loud.map(({ code, severity }) => [severity, code]),
          (JUSTIFIED[file] ?? []).map(([slug]) => ["warning", `crystal/${slug}`]),
          file,
        );
      }
    }
    assert.equal(count, 47);
  });
});
