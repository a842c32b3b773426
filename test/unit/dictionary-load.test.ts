import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findDefinition, mergeDictionaries } from "../../core/cif/dictionary/index.ts";
import { loaded, teaDictionary } from "./dictionary-fixtures.ts";

describe("a DDLm dictionary", () => {
  const dictionary = teaDictionary();

  test("has a head, categories with class, keys and parent", () => {
    const { title, version, date, categories } = dictionary;
    assert.deepEqual([title, version, date], ["TEA_DIC", "1.2.0", "2026-01-31"]);
    assert.deepEqual(categories.get("leaf"), { name: "LEAF", class: "Loop", keys: ["_leaf.tea_id"], parent: "tea" });
    assert.equal(categories.get("shop")?.class, "Set");
  });

  test("finds an item by each of its names, whatever their case", () => {
    const item = findDefinition(dictionary, "_SHOP_Title");
    assert.equal(item, findDefinition(dictionary, "_shop.name"));
    assert.deepEqual(item, {
      name: "_shop.name",
      dictionary: "TEA_DIC",
      aliases: ["_shop_name", "_shop_title"],
      deprecatedAliases: ["_shop_title"],
      category: "shop",
      purpose: "Describe",
      source: "Assigned",
      container: "Single",
      contents: "Text",
      statesAreOpen: false,
      derivable: false,
      description: "What is written\n  over the door.",
    });
  });

  test("takes attributes from a template", () => {
    const item = findDefinition(dictionary, "_tea.temperature")!;
    assert.deepEqual(
      [item.purpose, item.source, item.contents, item.range, item.units],
      ["Measurand", "Recorded", "Real", { min: "0.0", max: "100.0" }, "celsius"],
    );
  });

  test("knows states, dimension, link, default and successor", () => {
    assert.deepEqual(findDefinition(dictionary, "_tea.kind")?.states, [
      { code: "green", detail: "not fermented" },
      { code: "black", detail: "fermented" },
      { code: "oolong" },
    ]);
    assert.deepEqual(findDefinition(dictionary, "_shop.flag")?.dimension, [2, 2]);
    assert.equal(findDefinition(dictionary, "_leaf.tea_id")?.linkedTo, "_tea.id");
    assert.deepEqual(findDefinition(dictionary, "_shop.motto")?.replacedBy, ["_shop.name"]);
    const till = findDefinition(dictionary, "_sale.till")!;
    assert.deepEqual([till.default, till.derivable], ["front", true]);
  });
});

test("a value follows from others by a method that works it out, or sets its default", () => {
  const derivable = (purpose: string, expression: string): boolean => {
    const { dictionary } = loaded(`#\\#CIF_2.0
data_d
save_d.item
_definition.id '_d.item'
loop_ _method.purpose _method.expression
Validation 'x = 1'
${purpose} '${expression}'
save_
`);
    return findDefinition(dictionary, "_d.item")!.derivable;
  };
  assert.equal(derivable("Evaluation", "_d.item = 1"), true);
  assert.equal(derivable("Definition", "_enumeration.default = 1"), true);
  assert.equal(derivable("Definition", "_units.code = 1"), false);
});

describe("imports", () => {
  const target = `#\\#CIF_2.0
data_t
save_T_HEAD
_definition.id T_HEAD
_definition.scope Category
_definition.class Head
save_
save_T
_definition.id T
_definition.scope Category
_definition.class Loop
_name.category_id T_HEAD
save_
save_t.item
_definition.id '_t.item'
_name.category_id t
_type.contents Real
loop_ _enumeration_set.state _enumeration_set.detail
1 one 2 two
_units.code metres
save_
save_names
_alias.definition_id '_d_new'
save_
save_loop
_import.get [{'file':other.dic 'save':back}]
save_
`;
  const importing = (request: string, attributes = "", scope = "") => `#\\#CIF_2.0
data_d
save_D_HEAD
_definition.id D_HEAD
_definition.scope Category
_definition.class Head
${scope}
save_
save_d.item
_definition.id '_d.item'
${attributes}
${request}
save_
`;
  const files = { "t.dic": target };
  const load = (request: string, attributes?: string, scope?: string) =>
    loaded(importing(request, attributes, scope), files);
  const item = (result: ReturnType<typeof load>) => findDefinition(result.dictionary, "_d.item")!;

  test("a clash leaves the import out, with a warning, unless it says what to do", () => {
    const own = "_type.contents Word\n_enumeration_set.state own";
    const clash = load("_import.get [{'file':t.dic 'save':t.item}]", own);
    assert.deepEqual(
      clash.issues.map(({ code, severity }) => [code, severity]),
      [["dictionary/import", "warning"]],
    );
    assert.match(clash.issues[0]!.message, /_type\.contents/);
    assert.equal(item(clash).units, undefined);

    const ignored = load("_import.get [{'file':t.dic 'save':t.item 'dupl':Ignore}]", own);
    assert.deepEqual(ignored.issues, []);
    assert.deepEqual(
      [item(ignored).contents, item(ignored).states, item(ignored).units],
      ["Word", [{ code: "own" }], "metres"],
    );

    const alias = "loop_ _alias.definition_id _alias.deprecation_date '_d_old' 1999-01-01";
    const renamed = load("_import.get [{'file':t.dic 'save':names 'dupl':Replace}]", alias);
    assert.deepEqual([item(renamed).aliases, item(renamed).deprecatedAliases], [["_d_new"], []]);

    const replaced = load("_import.get [{'file':t.dic 'save':T.ITEM 'dupl':Replace}]", own);
    assert.equal(replaced.dictionary.items.get("_t.item")?.contents, "Real");
    assert.deepEqual(replaced.dictionary.items.get("_t.item")?.states?.[1], { code: "2", detail: "two" });
  });

  test("what is missing is said once, unless it may be missing", () => {
    const twice = load("_import.get [{'file':no.dic 'save':a} {'file':t.dic 'save':no_frame}]");
    assert.equal(twice.issues.length, 2);
    assert.match(twice.issues[0]!.message, /no\.dic/);
    assert.match(twice.issues[1]!.message, /no_frame/);
    assert.deepEqual(load("_import.get [{'file':no.dic 'save':a 'miss':Ignore}]").issues, []);
  });

  test("a circle of imports ends", () => {
    const back = "#\\#CIF_2.0\ndata_o\nsave_back\n_import.get [{'file':t.dic 'save':loop}]\nsave_\n";
    const { issues } = loaded(importing("_import.get [{'file':t.dic 'save':loop}]"), { ...files, "other.dic": back });
    assert.equal(issues.length, 1);
    assert.match(issues[0]!.message, /leads back to itself/);
  });

  test("a head takes all that is below another head", () => {
    const full = load("", "", "_import.get [{'file':t.dic 'save':T_HEAD 'mode':Full}]");
    assert.equal(full.dictionary.items.get("_t.item")?.units, "metres");
    assert.equal(full.dictionary.categories.get("t")?.parent, "d_head");
    assert.equal(full.dictionary.categories.has("t_head"), false);
  });

  test("an item cannot import in Full mode", () => {
    const { issues } = load("_import.get [{'file':t.dic 'save':T 'mode':Full}]");
    assert.match(issues[0]!.message, /only a category/);
  });
});

describe("other dictionaries", () => {
  test("DDL1: names, type, uncertainty, range, states and loops", () => {
    const { dictionary, issues } = loaded(`data_on_this_dictionary
_dictionary_name old.dic
_dictionary_version 1.0
data_size_total
_name '_size_total'
_category size
_type numb
_list no
data_size_
loop_ _name '_size_a' '_size_b'
_category size
_type numb
_type_conditions esd
_list yes
_enumeration_range 0:10
_units_detail 'metres'
data_size_unit
_name '_size_unit'
_category size
_type char
data_size_mark
_name '_size_mark'
_category size
_type char
_list yes
loop_ _enumeration _enumeration_detail x 'a cross' o 'a ring'
data_note
_name '_note'
_category note
_type char
`);
    assert.deepEqual(issues, []);
    assert.equal(dictionary.title, "old.dic");
    const size = findDefinition(dictionary, "_size_b")!;
    assert.deepEqual(
      [size.purpose, size.contents, size.range, size.units],
      ["Measurand", "Real", { min: "0", max: "10" }, "metres"],
    );
    assert.deepEqual(findDefinition(dictionary, "_size_mark")?.states?.[1], { code: "o", detail: "a ring" });
    assert.deepEqual(
      ["size", "note"].map((name) => dictionary.categories.get(name)?.class),
      ["Loop", "Set"],
    );
  });

  test("a file without definitions is refused with a sentence", () => {
    const { issues } = loaded("data_x\n_cell_length_a 1\n");
    assert.deepEqual(
      issues.map(({ code, severity }) => [code, severity]),
      [["dictionary/unreadable", "error"]],
    );
  });

  test("of two definitions of one name the later dictionary's holds", () => {
    const later = loaded(`#\\#CIF_2.0
data_LATER
save_tea.cups
_definition.id '_tea.cups'
_name.category_id tea
_type.contents Real
save_
`).dictionary;
    const merged = mergeDictionaries(teaDictionary(), later);
    assert.equal(findDefinition(merged, "_tea.cups")?.contents, "Real");
    assert.equal(findDefinition(merged, "_tea_cups"), undefined);
    assert.equal(findDefinition(merged, "_tea_kind")?.contents, "Text");
    assert.equal(merged.title, "TEA_DIC, LATER");
  });
});
