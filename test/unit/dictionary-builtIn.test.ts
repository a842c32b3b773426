import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import {
  builtInDictionary,
  findDefinition,
  iucrLink,
  sentenceOf,
  stateDetail,
} from "../../core/cif/dictionary/index.ts";
import { SENTENCES } from "../../core/cif/dictionary/sentences/index.ts";
import { STATES } from "../../core/cif/dictionary/sentences/states.ts";
import { builtInFile, builtInModule } from "../../scripts/tables/dictionary.ts";
import { corpus, listCorpus, readCorpus, withCorpus } from "./corpus.ts";

const dictionary = builtInDictionary();
const definition = (name: string) => findDefinition(dictionary, name)!;

describe("the built-in table", () => {
  /** Facts of cif_core 3.4.0 and cif_mag 0.9.9, read off the dictionaries. */
  test("knows names, types, ranges, states, units, links, keys and successors", () => {
    const length = definition("_CELL_LENGTH_A");
    assert.deepEqual(
      [length.name, length.purpose, length.contents, length.range, length.units],
      ["_cell.length_a", "Measurand", "Real", { min: "0.0" }, "angstroms"],
    );
    assert.equal(definition("_geom_bond_atom_site_label_1").linkedTo, "_atom_site.label");
    assert.equal(definition("_cell.length_a_su").linkedTo, "_cell.length_a");
    assert.ok(definition("_symmetry_equiv_pos_as_xyz").deprecatedAliases.includes("_symmetry_equiv_pos_as_xyz"));
    assert.deepEqual(definition("_cell_measurement.pressure").replacedBy, ["_diffrn.ambient_pressure"]);
    assert.deepEqual(definition("_atom_site.fract_xyz").dimension, [3]);
    assert.equal(definition("_space_group.name_H-M_ref").states?.length, 230);
    assert.equal(definition("_atom_site_moment.crystalaxis_x").dictionary, "CIF_MAG");
    const { categories } = dictionary;
    assert.deepEqual(
      [categories.get("atom_site")?.class, categories.get("atom_site")?.keys],
      ["Loop", ["_atom_site.label"]],
    );
    assert.equal(categories.get("atom_site_aniso")?.parent, "atom_site");
    assert.equal(categories.get("cell")?.class, "Set");
    assert.equal(categories.get("atom_type_scat")?.class, "Loop");
  });

  /** 2355 names of cif_core and 246 of cif_mag, less those of both. */
  test("has all names of both dictionaries, and no text of theirs", () => {
    assert.ok(dictionary.items.size >= 2560 && dictionary.items.size <= 2601, String(dictionary.items.size));
    for (const item of dictionary.items.values()) {
      assert.equal(item.description, undefined);
      assert.ok(item.states?.every(({ detail }) => detail === undefined) ?? true);
    }
  });

  test("is small", () => {
    const module = readFileSync(builtInFile);
    assert.ok(module.length < 130_000, `${module.length} bytes`);
    assert.ok(gzipSync(module).length < 40_000, `${gzipSync(module).length} bytes packed`);
  });

  withCorpus("is what its generator makes of the dictionaries", () => {
    const made = builtInModule(path.join(corpus!, "dictionaries"));
    assert.ok(made === readFileSync(builtInFile, "utf8"), "run npm run tables -- --dictionaries FOLDER");
  });
});

describe("sentences", () => {
  const words = (text: string): string[] => text.toLowerCase().match(/[a-z]+|\d+/g) ?? [];

  test("there are three hundred or more, each for an item of the table", () => {
    assert.ok(Object.keys(SENTENCES).length >= 300);
    const unknown = Object.keys(SENTENCES).filter((key) => definition(`_${key}`)?.name.toLowerCase() !== `_${key}`);
    assert.deepEqual(unknown, []);
    assert.match(sentenceOf(definition("_cell_volume"))!, /unit cell/);
  });

  test("no two are equal, and each says more than its name", () => {
    assert.equal(
      new Set(Object.values(SENTENCES).map((text) => words(text).join(" "))).size,
      Object.keys(SENTENCES).length,
    );
    const filler = new Set(["a", "an", "the", "of", "in", "is", "for", "to", "and"]);
    const empty = Object.entries(SENTENCES).filter(([key, text]) => {
      const known = new Set([...words(key.replaceAll("_", " ")), ...filler]);
      return words(text).filter((word) => !known.has(word)).length < 2;
    });
    assert.deepEqual(empty, []);
  });

  test("each is one sentence that ends with a full stop", () => {
    const wrong = Object.entries(SENTENCES).filter(
      ([, text]) => !/^[A-Z0-9].*\.$/.test(text) || /\.\s+[A-Z]/.test(text),
    );
    assert.deepEqual(wrong, []);
  });

  withCorpus("none stands in a dictionary", () => {
    const files = listCorpus("dictionaries").filter((name) => /\.(dic|cif)$/.test(name));
    assert.equal(files.length, 5);
    const plain = (text: string): string => words(text).join(" ");
    const texts = files.map((name) => plain(readCorpus("dictionaries", name)));
    const taken = Object.values(SENTENCES).filter((text) =>
      texts.some((dictionaryText) => dictionaryText.includes(plain(text))),
    );
    assert.deepEqual(taken, []);
  });
});

describe("words for states", () => {
  test("each item that has them is in the table, and each of its states that are one word of theirs", () => {
    for (const [key, words] of Object.entries(STATES)) {
      const item = definition(`_${key}`);
      const codes = item.states!.map(({ code }) => code);
      assert.equal(item.name.toLowerCase(), `_${key}`);
      const explained = codes.filter((code) => stateDetail(item, code) !== undefined);
      assert.ok(explained.length > 0, key);
      // Tables that several items share hold states that one of them lacks.
      const isShared = Object.values(STATES).filter((other) => other === words).length > 1;
      if (!isShared)
        assert.deepEqual(
          Object.keys(words).filter((code) => !codes.includes(code)),
          [],
          key,
        );
    }
  });

  test("those of a loaded dictionary come first, and what is no state has none", () => {
    const item = definition("_atom_site.calc_flag");
    assert.equal(stateDetail(item, "DUM"), "no atom: a dummy site");
    assert.equal(stateDetail(item, "x"), undefined);
    const loaded = { ...item, states: [{ code: "dum", detail: "theirs" }] };
    assert.equal(stateDetail(loaded, "dum"), "theirs");
    assert.equal(stateDetail({ ...item, states: [{ code: "toString" }] }, "toString"), undefined);
  });

  withCorpus("none of more than three words stands in a dictionary", () => {
    const plain = (text: string): string => (text.toLowerCase().match(/[a-z]+|\d+/g) ?? []).join(" ");
    const files = listCorpus("dictionaries").filter((name) => /\.(dic|cif)$/.test(name));
    const texts = files.map((name) => plain(readCorpus("dictionaries", name)));
    const own = Object.values(STATES).flatMap((words) => Object.values(words).map(plain));
    assert.ok(own.length > 60);
    assert.deepEqual(
      own.filter((text) => text.split(" ").length > 3 && texts.some((other) => other.includes(text))),
      [],
    );
  });
});

test("items have addresses at the IUCr, those of a laboratory's dictionary none", () => {
  assert.equal(
    iucrLink(definition("_cell_length_a")),
    "https://www.iucr.org/__data/iucr/cifdic_html/3/CORE_DIC/Icell.length_a.html",
  );
  assert.match(iucrLink(definition("_atom_site_moment.crystalaxis_x"))!, /^https:\/\/www\.iucr\.org\/.*cif_mag$/);
  assert.equal(iucrLink({ ...definition("_cell_length_a"), dictionary: "OUR_LAB" }), undefined);
});
