import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { validate } from "../../core/cif/dictionary/index.ts";
import { parseCif } from "../../core/cif/index.ts";
import { dictionary, fixed, found, issuesOf, loaded, parsed, placeOf } from "./dictionary-fixtures.ts";

describe("values", () => {
  const inLoop = (name: string, value: string) => `loop_ _tea.id ${name} a ${value}`;

  test("a number that is none is an error, words in its place a warning", () => {
    assert.deepEqual(found(inLoop("_tea.temperature", "8l.5")), ["type error _tea.temperature"]);
    assert.equal(fixed("_tea_temperature 8l.5\n_tea_id a"), "_tea_temperature 81.5\n_tea_id a");
    assert.equal(fixed("_tea_temperature 81,5\n_tea_id a"), "_tea_temperature 81.5\n_tea_id a");
    assert.deepEqual(found(inLoop("_tea.temperature", "'not measured'")), ["type warning _tea.temperature"]);
    assert.deepEqual(found(inLoop("_tea.cups", "2.5")), ["type error _tea.cups"]);
    assert.deepEqual(found(inLoop("_tea.cups", "2.000")), ["type hint _tea.cups"]);
    assert.equal(placeOf(inLoop("_tea.cups", "2.5")), "2.5");
    assert.deepEqual(found("_tea_cups 2l\n_tea_id a"), ["type error _tea_cups"]);
    assert.deepEqual(found("_tea_cups 2or3\n_tea_id a"), ["type warning _tea_cups"]);
  });

  test("a number in quotes is text", () => {
    assert.deepEqual(found(inLoop("_tea.cups", "'2'")), ["type information _tea.cups"]);
    assert.equal(fixed("_tea_cups '2'\n_tea_id a"), "_tea_cups 2\n_tea_id a");
  });

  test("dates are dates; what undotted names hold is taken less strictly", () => {
    assert.deepEqual(found("_shop.opened 2023-02-29"), ["type warning _shop.opened"]);
    assert.deepEqual(found("_shop.opened 1900-02-29"), ["type warning _shop.opened"]);
    assert.deepEqual(found("_shop_opened '1 May 1999'"), ["type information _shop_opened"]);
  });

  test("a range may be passed by three uncertainties", () => {
    assert.deepEqual(found(inLoop("_tea.temperature", "101.2(4)")), []);
    assert.deepEqual(found(inLoop("_tea.temperature", "101.3(4)")), ["range warning _tea.temperature"]);
    assert.deepEqual(found(inLoop("_tea.temperature", "-1.2(4)")), []);
    assert.deepEqual(found(inLoop("_tea.temperature", "-1.3(4)")), ["range warning _tea.temperature"]);
    assert.deepEqual(found(inLoop("_tea.temperature", "100.1")), ["range warning _tea.temperature"]);
    assert.deepEqual(found(inLoop("_tea.temperature", "-1e-3")), ["range warning _tea.temperature"]);
    assert.match(issuesOf(inLoop("_tea.temperature", "101.3"))[0]!.message, /101\.3.*between 0\.0 and 100\.0 celsius/);
    assert.deepEqual(found(inLoop("_tea.cups", "0")), ["range warning _tea.cups"]);
    const text = `data_b\n${inLoop("_tea.temperature", "100.2(1)")}\n`;
    assert.equal(validate(parsed(text), dictionary, { suMultiplier: 1 })[0]?.code, "dictionary/range");
  });

  test("an uncertainty of its own item counts, and agrees with that in parentheses", () => {
    const withSu = (value: string, su: string) => `loop_ _tea.id _tea.temperature _tea.temperature_su a ${value} ${su}`;
    assert.deepEqual(found(withSu("101.2", "0.4")), []);
    assert.deepEqual(found(withSu("101.3", "0.4")), ["range warning _tea.temperature"]);
    assert.deepEqual(found(withSu("50.0(4)", "0.40")), []);
    assert.deepEqual(found(withSu("50.0(4)", "0.3")), ["su-mismatch hint _tea.temperature"]);
  });

  test("an uncertainty needs an item that has one", () => {
    assert.deepEqual(found(inLoop("_tea.cups", "2(1)")), ["su-not-permitted information _tea.cups"]);
    assert.equal(fixed("_tea_cups 2(1)\n_tea_id a"), "_tea_cups 2\n_tea_id a");
  });

  test("states: text with its case, codes without", () => {
    assert.deepEqual(found(inLoop("_tea.kind", "Green")), ["enum hint _tea.kind"]);
    assert.deepEqual(found(inLoop("_tea.kind", "red")), ["enum warning _tea.kind"]);
    assert.deepEqual(found(inLoop("_tea.grade", "bop")), []);
    assert.deepEqual(found(inLoop("_tea.grade", "Xς")), []);
    assert.deepEqual(found(inLoop("_tea.grade", "xΣ")), ["enum hint _tea.grade"]);
    assert.deepEqual(found("_shop.since 2000-01-01T01:00:00Z"), ["enum warning _shop.since"]);
    assert.deepEqual(found("_tea_kind red\n_tea_id a"), ["enum information _tea_kind"]);
    assert.equal(fixed("_tea_kind grean\n_tea_id a"), "_tea_kind green\n_tea_id a");
    assert.match(issuesOf(inLoop("_tea.kind", "red"))[0]!.message, /green, black, oolong/);
  });

  test("containers, their lengths and what is in them", () => {
    assert.deepEqual(found("_shop.name [a b]"), ["container warning _shop.name"]);
    assert.deepEqual(found("_shop.prices 3"), ["container warning _shop.prices"]);
    assert.deepEqual(found("_shop.prices [1 2]"), ["container warning _shop.prices"]);
    assert.deepEqual(found("_shop.stock [1]"), ["container warning _shop.stock"]);
    assert.deepEqual(found("_shop.map []"), ["container warning _shop.map"]);
    assert.deepEqual(found("_shop.flag [[1 2]]"), ["container warning _shop.flag"]);
    assert.deepEqual(found("_shop.flag [[1 2] [3]]"), ["container warning _shop.flag"]);
    assert.deepEqual(found("_shop.flag [[1 2] [3 x]]"), ["type warning _shop.flag"]);
    assert.equal(placeOf("_shop.flag [[1 2] [3 x]]"), "x");
    assert.deepEqual(found("_shop.stock {'a':1 'b':x}"), ["type warning _shop.stock"]);
    assert.deepEqual(found("_shop.hours [[mo 1 2]]"), ["type warning _shop.hours"]);
    assert.deepEqual(found("_shop.hours [[mo late]]"), ["type warning _shop.hours"]);
  });

  test("lists nested without end do no harm", () => {
    for (const depth of [60, 5000]) {
      const text = `#\\#CIF_2.0\ndata_b\n_shop.flag ${"[".repeat(depth)}x${"]".repeat(depth)}\n`;
      assert.equal(validate(parseCif(text), dictionary).length, 1);
    }
  });

  test("of one kind a thousand are listed", () => {
    const names = Array.from({ length: 1100 }, (_, index) => `_nothing.like_it_${index} 1`).join("\n");
    assert.equal(issuesOf(names).length, 1001);
  });

  test("of one kind and name fifty are listed", () => {
    const rows = Array.from({ length: 2000 }, (_, row) => `t${row} x`).join("\n");
    const issues = issuesOf(`loop_ _tea.id _tea.cups ${rows}\n_shop.opened x`);
    assert.equal(issues.length, 52);
    assert.match(issues.at(-2)!.message, /first 50/);
  });
});

test("ranges of letters, which DDL1 has, hold in loops and alone", () => {
  const { dictionary: letters } = loaded(`data_on_this_dictionary
_dictionary_name letters.dic
data_row
_name '_row'
_category row
_type char
_list both
_enumeration_range b:y
`);
  const count = (body: string): number => validate(parsed(`data_b\n${body}\n`), letters).length;
  assert.deepEqual([count("loop_ _row b m y"), count("loop_ _row a z"), count("_row z")], [0, 2, 1]);
});

test("each type takes its own values and no others", () => {
  /** Good and bad values by `_type.contents`, from the standards that ddl.dic 4.2 names and its own grammar. */
  const values: Readonly<Record<string, readonly [good: readonly string[], bad: readonly string[]]>> = {
    Word: [
      ["a-b", "Å", "''"],
      ["'a b'", "'a\tb'"],
    ],
    Code: [["1_555"], ["' a'"]],
    Name: [["a_1"], ["a-1", "é"]],
    Tag: [["'_a.b'"], ["a", "'_a b'"]],
    Uri: [
      ["https://iucr.org/a?b=c", "urn:x"],
      ["iucr.org", "1a:b", "'https://a b'"],
    ],
    Date: [
      ["2000-02-29", "1999-12-31"],
      ["1999-2-1", "1999-13-01", "1999-04-31", "1999-01-01T00:00:00Z"],
    ],
    DateTime: [
      ["1999-01-01", "1999-01-01T23:59:60Z", "1999-01-01T00:00:00.5+02:00"],
      ["1999-01-01T00:00:00", "1999-01-01T24:00:00Z"],
    ],
    Version: [
      ["1.0.0", "4.2.1-dev", "1.0.0-a.1+b.7"],
      ["1.0", "1.01.0", "1.0.0-", "v1.0.0"],
    ],
    Dimension: [
      ["'[]'", "'[3,3]'"],
      ["3", "'[3, 3]'"],
    ],
    Range: [
      ["0:", ":1.5", "-4:10"],
      [":", "2:1", "a:b", "5"],
    ],
    Count: [
      ["0", "12"],
      ["-1", "1.5"],
    ],
    Index: [["1"], ["0", "-1"]],
    Integer: [
      ["-3", "+3"],
      ["3.5", "x"],
    ],
    Real: [
      ["1", "-.5", "1.", "1.5e-3", "2(1)"],
      ["1,5", "e5"],
    ],
    Imag: [
      ["-42j", "6.14(2)j"],
      ["j", "12i"],
    ],
    Complex: [
      ["-3.14+42j", "'42 + 3.14(8)j'", "4.2(1)-62.8(1)j"],
      ["3", "3j", "3+j"],
    ],
    Symop: [
      ["1", "2_565", "'2 565'"],
      ["+2_565", "2_5", "0_555", "-1"],
    ],
  };
  const wrong = Object.entries(values).flatMap(([type, [good, bad]]) => {
    const { dictionary: types } = loaded(`#\\#CIF_2.0
data_d
save_d.item
_definition.id '_d.item'
_type.purpose Measurand
_type.contents ${type}
save_
`);
    const isRight = (value: string): boolean =>
      validate(parsed(`#\\#CIF_2.0\ndata_b\n_d.item ${value}\n`), types).length === 0;
    return [
      ...good.filter((value) => !isRight(value)).map((value) => `${type} refuses ${value}`),
      ...bad.filter(isRight).map((value) => `${type} takes ${value}`),
    ];
  });
  assert.deepEqual(wrong, []);
});
