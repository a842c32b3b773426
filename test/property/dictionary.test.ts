import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { builtInDictionary, loadDictionary, validate } from "../../core/cif/dictionary/index.ts";
import { parseCif } from "../../core/cif/index.ts";

const dictionary = builtInDictionary();
const names = [...new Set([...dictionary.items.values()].map(({ name }) => name))];

/** Values that are right, nearly right and wrong for one type or another. */
const digits = fc
  .stringMatching(/^[+-]?\d{0,9}(\.\d{0,9})?([eE][+-]?\d)?(\(\d{1,2}\))?$/)
  .filter((text) => text !== "");
const value = fc.oneof(
  digits,
  fc.constantFrom(
    "?",
    ".",
    "1_555",
    "2024-02-30",
    "2024-02-29",
    "'0.5'",
    "[1 2 3]",
    "{'a':1}",
    "x,y,z",
    "Uani",
    "uani",
    "l.5",
  ),
  fc
    .stringMatching(/^[A-Za-z0-9][A-Za-z0-9.,_-]{0,8}$/)
    .filter((text) => !/^(?:data_|save_|loop_|stop_|global_)/i.test(text)),
);

const codesOf = (text: string): readonly string[] =>
  validate(parseCif(text), dictionary)
    .map(({ code, severity, message }) => `${code} ${severity} ${message}`)
    .filter((text) => /^dictionary\/(?:type|range|enum|su-not-permitted|container) /.test(text));

describe("checks against the dictionary", () => {
  test("a value is judged the same in a loop, where values are tested quickly, and alone", () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), value, (name, text) => {
        const magic = "#\\#CIF_2.0\ndata_x\n";
        assert.deepEqual(codesOf(`${magic}loop_\n${name}\n${text}\n`), codesOf(`${magic}${name} ${text}\n`));
      }),
      { numRuns: 2000 },
    );
  });

  test("every issue of any text has a place inside it, a name and whole sentences", () => {
    const piece = fc.oneof(
      fc.constantFrom(...names),
      fc.constantFrom("loop_", "data_a", "save_b", "save_", "_unknown.name", "_shelx_x", "\n;\n", "'", "_pd_x", "#"),
      value,
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (pieces, isVersion2) => {
        const text = `${isVersion2 ? "#\\#CIF_2.0\n" : ""}data_x ${pieces.join(" ")}`;
        for (const { range, names: about, message, fixes } of validate(parseCif(text), dictionary)) {
          for (const { start, end } of [
            range!,
            ...(fixes ?? []).flatMap(({ edits }) => edits.map((edit) => edit.range)),
          ]) {
            assert.ok(start >= 0 && start <= end && end <= text.length);
          }
          assert.ok(about!.length > 0);
          assert.match(message, /[.?]$/);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("an arbitrary file is read as a dictionary, or refused, without an exception", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "_definition.id",
        "_definition.class",
        "Loop",
        "Head",
        "'_a.b'",
        "_type.contents",
        "_enumeration.range",
      ),
      fc.constantFrom("_name.category_id", "_import.get", "[{'file':d 'save':f}]", "[{'file':d 'save':f 'mode':Full}]"),
      fc.constantFrom(
        "save_f",
        "save_",
        "data_d",
        "_name",
        "_type",
        "numb",
        "loop_",
        "_alias.definition_id",
        ":",
        "1:",
        "\n",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const document = parseCif(`#\\#CIF_2.0\ndata_d save_g ${pieces.join(" ")}`);
        const { dictionary: loaded } = loadDictionary(document, () => document);
        validate(document, loaded);
      }),
      { numRuns: 500 },
    );
  });
});
