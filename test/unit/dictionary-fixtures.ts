import assert from "node:assert/strict";
import { type Dictionary, loadDictionary, validate } from "../../core/cif/dictionary/index.ts";
import { type CifDocument, parseCif } from "../../core/cif/index.ts";

/** A dictionary of the project's own: a shop that sells tea, with each kind of rule that files are checked by. */
const TEA_DICTIONARY = `#\\#CIF_2.0
data_TEA_DIC
_dictionary.title TEA_DIC
_dictionary.version 1.2.0
_dictionary.date 2026-01-31

save_TEA_HEAD
_definition.id TEA_HEAD
_definition.scope Category
_definition.class Head
_name.category_id TEA_DIC
save_

save_SHOP
_definition.id SHOP
_definition.scope Category
_definition.class Set
_name.category_id TEA_HEAD
save_

save_shop.name
_definition.id '_shop.name'
loop_ _alias.definition_id _alias.deprecation_date
'_shop_name' .
'_shop_title' 1999-01-01
_name.category_id shop
_description.text
;
    What is written
      over the door.
;
save_

save_shop.opened
_definition.id '_shop.opened'
_alias.definition_id '_shop_opened'
_name.category_id shop
_type.contents Date
save_

save_shop.motto
_definition.id '_shop.motto'
_name.category_id shop
_definition_replaced.id 1
_definition_replaced.by '_shop.name'
save_

save_shop.street
_definition.id '_shop.street'
_name.category_id shop
loop_ _alias.definition_id _alias.deprecation_date
'_shop_road' 2001-01-01
save_

save_shop.since
_definition.id '_shop.since'
_name.category_id shop
_type.contents DateTime
loop_ _enumeration_set.state
2000-01-01T00:00:00Z
save_

save_shop.map
_definition.id '_shop.map'
_name.category_id shop
_type.container Matrix
_type.contents Integer
save_

save_shop.flag
_definition.id '_shop.flag'
_name.category_id shop
_type.container Matrix
_type.contents Integer
_type.dimension '[2,2]'
save_

save_shop.prices
_definition.id '_shop.prices'
_name.category_id shop
_type.container List
_type.contents Real
_type.dimension '[3]'
save_

save_shop.stock
_definition.id '_shop.stock'
_name.category_id shop
_type.container Table
_type.contents Integer
save_

save_shop.hours
_definition.id '_shop.hours'
_name.category_id shop
_type.container List
_type.contents List(Word,Real)
save_

save_TEA
_definition.id TEA
_definition.scope Category
_definition.class Loop
_name.category_id TEA_HEAD
_category_key.name '_tea.id'
save_

save_tea.id
_definition.id '_tea.id'
_alias.definition_id '_tea_id'
_name.category_id tea
_type.purpose Key
_type.contents Code
save_

save_tea.temperature
_definition.id '_tea.temperature'
_alias.definition_id '_tea_temperature'
_name.category_id tea
_import.get [{'file':templates.cif 'save':warmth}]
save_

save_tea.temperature_su
_definition.id '_tea.temperature_su'
_name.category_id tea
_name.linked_item_id '_tea.temperature'
_type.purpose SU
_type.contents Real
save_

save_tea.cups
_definition.id '_tea.cups'
_alias.definition_id '_tea_cups'
_name.category_id tea
_type.purpose Number
_type.contents Integer
_enumeration.range 1:
save_

save_tea.kind
_definition.id '_tea.kind'
_alias.definition_id '_tea_kind'
_name.category_id tea
_type.purpose State
_type.contents Text
loop_ _enumeration_set.state _enumeration_set.detail
green 'not fermented'
black 'fermented'
oolong .
save_

save_tea.grade
_definition.id '_tea.grade'
_name.category_id tea
_type.purpose State
_type.contents Code
loop_ _enumeration_set.state
OP BOP xς
save_

save_LEAF
_definition.id LEAF
_definition.scope Category
_definition.class Loop
_name.category_id TEA
_category_key.name '_leaf.tea_id'
save_

save_leaf.tea_id
_definition.id '_leaf.tea_id'
_alias.definition_id '_leaf_tea_id'
_name.category_id leaf
_name.linked_item_id '_tea.id'
_type.purpose Link
_type.contents Code
save_

save_leaf.length
_definition.id '_leaf.length'
_alias.definition_id '_leaf_length'
_name.category_id leaf
_type.purpose Measurand
_type.contents Real
save_

save_SALE
_definition.id SALE
_definition.scope Category
_definition.class Loop
_name.category_id TEA_HEAD
loop_ _category_key.name
'_sale.day'
'_sale.tea_id'
'_sale.till'
save_

save_sale.day
_definition.id '_sale.day'
_alias.definition_id '_sale_day'
_name.category_id sale
_type.contents Date
save_

save_sale.tea_id
_definition.id '_sale.tea_id'
_alias.definition_id '_sale_tea_id'
_name.category_id sale
_name.linked_item_id '_tea.id'
_type.purpose Link
_type.contents Code
save_

save_sale.till
_definition.id '_sale.till'
_name.category_id sale
_type.contents Word
_enumeration.default front
save_

save_sale.amount
_definition.id '_sale.amount'
_name.category_id sale
_type.contents Real
save_
`;

const TEMPLATES = `#\\#CIF_2.0
data_templates
save_warmth
_type.purpose Measurand
_type.source Recorded
_type.container Single
_type.contents Real
_enumeration.range 0.0:100.0
_units.code celsius
save_
`;

export const parsed = (text: string): CifDocument => {
  const document = parseCif(text);
  assert.deepEqual(document.issues, []);
  return document;
};

/** A dictionary from its text, and what was wrong with it; `files` are those that it may import. */
export const loaded = (text: string, files: Readonly<Record<string, string>> = {}) =>
  loadDictionary(parsed(text), (file) => (files[file] === undefined ? undefined : parsed(files[file])));

export const teaDictionary = (): Dictionary => {
  const { dictionary, issues } = loaded(TEA_DICTIONARY, { "templates.cif": TEMPLATES });
  assert.deepEqual(issues, []);
  return dictionary;
};

export const dictionary = teaDictionary();

export const issuesOf = (body: string, magic = "#\\#CIF_2.0") =>
  validate(parsed(`${magic}\ndata_b\n${body}\n`), dictionary);

/** Kind, severity and names of the issues of a block, in their order. */
export const found = (body: string) =>
  issuesOf(body).map(
    ({ code, severity, names }) => `${code.replace("dictionary/", "")} ${severity} ${names!.join(" ")}`,
  );

/** The text that the first issue of a block is about. */
export function placeOf(body: string): string {
  const text = `#\\#CIF_2.0\ndata_b\n${body}\n`;
  const { range } = validate(parsed(text), dictionary)[0]!;
  return text.slice(range!.start, range!.end);
}

/** The block after the first fix of its first issue. */
export function fixed(body: string): string {
  const text = `data_b\n${body}\n`;
  const [edit] = validate(parsed(text), dictionary)[0]!.fixes![0]!.edits;
  return (text.slice(0, edit!.range.start) + edit!.newText + text.slice(edit!.range.end)).slice(7, -1);
}
