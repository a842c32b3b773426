import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { builtInDictionary, validate } from "../../core/cif/dictionary/index.ts";
import { parseCif } from "../../core/cif/index.ts";
import { dictionary, fixed, found, issuesOf, parsed, placeOf } from "./dictionary-fixtures.ts";

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
