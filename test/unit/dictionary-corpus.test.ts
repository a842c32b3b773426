import assert from "node:assert/strict";
import path from "node:path";
import { builtInDictionary, loadDictionary, mergeDictionaries, validate } from "../../core/cif/dictionary/index.ts";
import { type CifDocument, parseCif } from "../../core/cif/index.ts";
import { corpus, listCorpus, readCorpus, readCorpusJson, withCorpus } from "./corpus.ts";

const TABLE = "cif/conformance";

/** A case of the table: the messages that cod-tools gives for a file checked against dictionaries. */
interface Case {
  readonly id: string;
  readonly file: string;
  readonly dictionaries: readonly string[];
  readonly options: readonly string[];
  readonly expected: readonly { readonly kind: string; readonly block: string; readonly tags: readonly string[] }[];
}

const documents = new Map<string, CifDocument | undefined>();

function documentAt(file: string): CifDocument | undefined {
  if (!documents.has(file)) {
    const folder = path.dirname(file);
    const isThere = listCorpus(TABLE, folder).includes(path.basename(file));
    documents.set(file, isThere ? parseCif(readCorpus(TABLE, file)) : undefined);
  }
  return documents.get(file);
}

/** `block kind name` of all issues of the kinds that the table knows. */
function foundIn({ file, dictionaries }: Case, kinds: ReadonlySet<string>): ReadonlySet<string> {
  const dictionary = mergeDictionaries(
    ...dictionaries.map((dic) => {
      const beside = (name: string) => documentAt(path.posix.join(path.dirname(dic), path.posix.basename(name)));
      return loadDictionary(documentAt(dic)!, beside).dictionary;
    }),
  );
  const document = documentAt(file)!;
  const triples = validate(document, dictionary).flatMap(({ code, range, names }) => {
    const kind = code.replace("dictionary/", "");
    const block = document.blocks.findLast((candidate) => candidate.range.start <= range!.start)!.code;
    return kinds.has(kind) ? names!.map((name) => `${block} ${kind} ${name}`.toLowerCase()) : [];
  });
  return new Set(triples);
}

const expectedOf = ({ expected }: Case): ReadonlySet<string> =>
  new Set(
    expected
      .filter(({ kind }) => kind !== "other")
      .flatMap(({ block, kind, tags }) => tags.map((tag) => `${block} ${kind} ${tag}`.toLowerCase())),
  );

/** Triples expected, found, and both, over some cases. */
function score(cases: readonly Case[], kinds: ReadonlySet<string>) {
  const counts = { cases: cases.length, expected: 0, found: 0, both: 0 };
  for (const entry of cases) {
    const expected = expectedOf(entry);
    const found = foundIn(entry, kinds);
    counts.expected += expected.size;
    counts.found += found.size;
    counts.both += [...expected].filter((triple) => found.has(triple)).length;
  }
  return counts;
}

withCorpus("conformance: recall and precision over block, kind and name", () => {
  const { cases } = readCorpusJson<{ cases: readonly Case[] }>(TABLE, "dictionary-cases.json");
  const kinds = new Set(
    cases.flatMap(({ expected }) => expected.map(({ kind }) => kind)).filter((kind) => kind !== "other"),
  );
  const isMain = ({ id, options }: Case): boolean => id.startsWith("ddlm") && options.length === 0;
  const main = score(cases.filter(isMain), kinds);
  const rest = score(
    cases.filter((entry) => !isMain(entry)),
    kinds,
  );
  console.log(`DDLm without options ${JSON.stringify(main)}, all others ${JSON.stringify(rest)}`);
  assert.deepEqual([main.cases, rest.cases, main.expected], [21, 19, 116]);
  assert.ok(main.both / main.expected >= 0.95, "recall");
  assert.ok(main.both / main.found >= 0.95, "precision");
});

/**
 * Warnings about real files, each with its reason:
 * 1507756 has two oxygen atoms labelled "o"; 2300259 numbers its operators -1, -2, -101 and -102, from 1 on is asked.
 */
const JUSTIFIED = [
  "1507756_BaTiO3.cif dictionary/duplicate-key _atom_site_label",
  ...Array.from({ length: 4 }, () => "gypsum-I2c_2300259.cif dictionary/range _symmetry_equiv_pos_site_id"),
];

withCorpus("real files give no error and no warning without a reason", () => {
  const folders = { examples: 8, more: 39 };
  const found = Object.entries(folders).flatMap(([folder, count]) => {
    const files = listCorpus("cif", folder).filter((name) => name.endsWith(".cif"));
    assert.equal(files.length, count);
    return files.flatMap((name) =>
      validate(parseCif(readCorpus("cif", folder, name)), builtInDictionary())
        .filter(({ severity }) => severity === "error" || severity === "warning")
        .map(({ code, names }) => `${name} ${code} ${names!.join(" ")}`),
    );
  });
  assert.deepEqual(found, JUSTIFIED);
});

withCorpus("cif_core has the number of names, categories and items that its authors count", () => {
  const read = (file: string): CifDocument | undefined =>
    listCorpus("dictionaries").includes(file) ? parseCif(readCorpus("dictionaries", file)) : undefined;
  assert.ok(corpus);
  const { dictionary, issues } = loadDictionary(read("cif_core.dic")!, read);
  assert.deepEqual(issues, []);
  const items = new Set(dictionary.items.values());
  const classes = [...dictionary.categories.values()].map((category) => category.class);
  const count = (name: string): number => classes.filter((candidate) => candidate === name).length;
  assert.deepEqual(
    [dictionary.items.size, items.size, classes.length, count("Loop"), count("Set")],
    [2355, 1143, 100, 52, 46],
  );
  const purposes = [...items].map(({ purpose }) => purpose);
  assert.deepEqual(
    ["SU", "Measurand", "State", "Key"].map((name) => purposes.filter((purpose) => purpose === name).length),
    [194, 194, 70, 23],
  );
});
