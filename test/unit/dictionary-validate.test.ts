import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { builtInDictionary, validate } from "../../core/cif/dictionary/index.ts";
import { parseCif } from "../../core/cif/index.ts";
import { loaded, parsed, teaDictionary } from "./dictionary-fixtures.ts";

const dictionary = teaDictionary();

const issuesOf = (body: string, magic = "#\\#CIF_2.0") => validate(parsed(`${magic}\ndata_b\n${body}\n`), dictionary);

/** Kind, severity and names of the issues of a block, in their order. */
const found = (body: string) =>
  issuesOf(body).map(
    ({ code, severity, names }) => `${code.replace("dictionary/", "")} ${severity} ${names!.join(" ")}`,
  );

/** The text that the first issue of a block is about. */
function placeOf(body: string): string {
  const text = `#\\#CIF_2.0\ndata_b\n${body}\n`;
  const { range } = validate(parsed(text), dictionary)[0]!;
  return text.slice(range!.start, range!.end);
}

/** The block after the first fix of its first issue. */
function fixed(body: string): string {
  const text = `data_b\n${body}\n`;
  const [edit] = validate(parsed(text), dictionary)[0]!.fixes![0]!.edits;
  return (text.slice(0, edit!.range.start) + edit!.newText + text.slice(edit!.range.end)).slice(7, -1);
}

test("a block that follows the dictionary gives nothing", () => {
  const good = `_shop.name 'Ten Leaves'
_shop.opened 2024-02-29
_shop.flag [[1 0] [0 1]]
_shop.map [[1 2 3]]
_shop.since 2000-01-01T01:30:00+01:30
_shop.prices [1.5 2 3.25]
_shop.stock {'green':3}
_shop.hours [[mo 8.5] [tu 9]]
loop_ _tea.id _tea.temperature _tea.temperature_su _tea.cups _tea.kind _tea.grade
a 80.5 0.4 3 green op
b 101(1) ? 1 black BOP
c . . ? . ?
loop_ _leaf.tea_id _leaf.length A 2.5(3) b 1e1
loop_ _sale.day _sale.tea_id _sale.amount
2024-01-01 a 1
2024-01-01 b 2
2024-01-02 a 3`;
  assert.deepEqual(found(good), []);
  assert.deepEqual(found("loop_ _tea_id _tea_cups a 1 b 2"), []);
});

describe("names", () => {
  test("an unknown name is an information, one that is a slip a warning with the right name", () => {
    assert.deepEqual(found("_shop.weather fine"), ["unknown-tag information _shop.weather"]);
    assert.deepEqual(found("_shop_naem x"), ["unknown-tag warning _shop_naem"]);
    assert.equal(fixed("_shop_naem x"), "_shop_name x");
    assert.equal(placeOf("_shop_naem x"), "_shop_naem");
  });

  test("names with a local or registered prefix are nobody else's", () => {
    assert.deepEqual(
      found("_[local]_a 1\n_shop.[local]_a 1\n_shelx_hkl_file 1\n_shop.shelx_b 1\n_cod_database_code 1"),
      [],
    );
    assert.deepEqual(found("_journal_article_reference 1"), []);
    assert.equal(validate(parsed("data_a\n_journal_volum 3\n"), builtInDictionary())[0]?.severity, "warning");
    assert.deepEqual(found("_local_a 1"), ["unknown-tag information _local_a"]);
  });

  test("names of another IUCr dictionary give one information for the file", () => {
    const issues = issuesOf("_pd_block_id a\n_pd_calc_method b\n_restr_special_details c");
    assert.deepEqual(
      issues.map(({ code, severity }) => [code, severity]),
      [["dictionary/other-dictionary", "information"]],
    );
    assert.match(issues[0]!.message, /cif_pow\.dic.*restraints/);
  });

  test("old names give way to those of their own style", () => {
    assert.deepEqual(found("_shop_title x"), ["deprecated hint _shop_title"]);
    assert.equal(fixed("_shop_title x"), "_shop_name x");
    assert.deepEqual(found("_shop.motto x"), ["deprecated information _shop.motto"]);
    assert.equal(fixed("_shop.motto x"), "_shop.name x");
    assert.deepEqual(found("_shop_road x"), []);
  });

  test("two names of one item conflict if their values differ", () => {
    assert.deepEqual(found("_shop.name x\n_shop_name y"), ["alias-conflict warning _shop.name _shop_name"]);
    assert.deepEqual(found("_shop.name x\n_shop_name x"), ["alias-repeated information _shop.name _shop_name"]);
  });
});

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

describe("loops", () => {
  test("one category each, and none of single items", () => {
    assert.deepEqual(found("loop_ _tea.id _sale.amount a 1"), [
      "mixed-category warning _tea.id _sale.amount",
      "missing-key hint _sale.day _sale.amount",
      "missing-key hint _sale.tea_id _sale.amount",
    ]);
    assert.deepEqual(found("loop_ _shop.name a b"), ["not-loopable warning _shop.name"]);
    assert.deepEqual(found("loop_ _shop.name a"), ["not-loopable hint _shop.name"]);
  });

  test("a category within another may share its loop and its key", () => {
    assert.deepEqual(found("loop_ _tea.id _tea.cups _leaf.length a 1 2.5"), []);
  });

  test("a category stands in one loop", () => {
    assert.deepEqual(found("loop_ _tea.id a b\nloop_ _tea.cups 1 2"), ["split-loop warning _tea.id _tea.cups"]);
    assert.deepEqual(found("loop_ _tea_id a b\n_tea_cups 1"), ["split-loop information _tea_id _tea_cups"]);
  });

  test("keys are there, but not asked of the old style", () => {
    assert.deepEqual(found("loop_ _tea.cups 1 2"), ["missing-key hint _tea.id _tea.cups"]);
    assert.deepEqual(found("loop_ _tea_cups 1 2"), []);
    assert.deepEqual(found("loop_ _sale.day _sale.amount 2024-01-01 1"), [
      "missing-key hint _sale.tea_id _sale.day _sale.amount",
    ]);
  });

  test("keys tell the rows apart", () => {
    assert.deepEqual(found("loop_ _tea.id _tea.cups a 1 b 1 A 2"), ["duplicate-key warning _tea.id"]);
    assert.equal(placeOf("loop_ _tea.id _tea.cups a 1 b 1 A 2"), "A");
    assert.deepEqual(found("loop_ _tea.id _tea.cups ? 1 ? 1"), []);
    const sales = "loop_ _tea.id a\nloop_ _sale.day _sale.tea_id 2024-01-01 a 2024-01-01 a";
    assert.deepEqual(found(sales), ["duplicate-key warning _sale.day _sale.tea_id"]);
    assert.deepEqual(found(sales.replaceAll("_sale.", "_sale_")), []);
  });

  test("what is referred to is there", () => {
    assert.deepEqual(found("loop_ _tea.id a b\nloop_ _leaf.tea_id a c"), [
      "dangling-link warning _leaf.tea_id _tea.id",
    ]);
    assert.deepEqual(found("loop_ _leaf.tea_id a c"), ["missing-linked hint _leaf.tea_id _tea.id"]);
    assert.deepEqual(found("loop_ _leaf_tea_id a c"), []);
    assert.equal(
      fixed("loop_ _tea_id assam x\nloop_ _leaf_tea_id asam"),
      "loop_ _tea_id assam x\nloop_ _leaf_tea_id assam",
    );
  });
});

describe("whole files", () => {
  test("mmCIF gives one information", () => {
    const files = [
      "data_1ABC\n_entry.id 1ABC\n_shop.nam x\n",
      "data_x\n_audit_conform.dict_name mmcif_pdbx.dic\n_a 1\n",
    ];
    for (const file of files) {
      assert.deepEqual(
        validate(parseCif(file), dictionary).map(({ code, severity }) => [code, severity]),
        [["dictionary/mmcif", "information"]],
      );
    }
  });

  test("a dictionary is not checked as data", () => {
    assert.deepEqual(issuesOf("_dictionary.title x\nsave_y\n_definition.id y\nsave_"), []);
  });

  test("blocks and frames are checked apart", () => {
    const text = "data_a\n_shop.name x\ndata_b\n_shop.name y\nsave_f\n_shop.name z\n_shop.colour w\nsave_\n";
    assert.deepEqual(
      validate(parseCif(text), dictionary).map(({ names }) => names),
      [["_shop.colour"]],
    );
  });

  test("issues come in order of position", () => {
    const starts = issuesOf("_shop_naem x\nloop_ _tea.cups a b\n_shop.opened x").map(({ range }) => range!.start);
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
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
