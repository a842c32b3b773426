import { type Attributes, pairsOf, paragraph, textOf, textsOf } from "./attributes.ts";
import type { CategoryDefinition, EnumerationState, ItemFacts, ValueRange } from "./model.ts";

/** Classes of categories in DDLm; a definition without a class is an item (Datum, the default). */
const CATEGORY_CLASSES = ["Loop", "Set", "Head", "Functions"] as const;

const categoryClass = (attributes: Attributes): CategoryDefinition["class"] | undefined => {
  const written = textOf(attributes, "_definition.class")?.toLowerCase();
  return CATEGORY_CLASSES.find((name) => name.toLowerCase() === written);
};

export const isCategory = (attributes: Attributes): boolean =>
  textOf(attributes, "_definition.scope")?.toLowerCase() === "category" || categoryClass(attributes) !== undefined;

export const isHead = (attributes: Attributes): boolean => categoryClass(attributes) === "Head";

/** The category that a DDLm frame defines. */
export function categoryFrom(attributes: Attributes): CategoryDefinition | undefined {
  const name = textOf(attributes, "_definition.id");
  if (name === undefined) return undefined;
  const composite = textsOf(attributes, "_category_key.name");
  return {
    name,
    class: categoryClass(attributes) ?? "Set",
    keys: composite.length > 0 ? composite : textsOf(attributes, "_category.key_id"),
    parent: (textOf(attributes, "_name.category_id") ?? "").toLowerCase(),
  };
}

/** The item that a DDLm frame defines, with the defaults of ddl.dic where an attribute is absent. */
export function itemFrom(attributes: Attributes): ItemFacts | undefined {
  const name = textOf(attributes, "_definition.id");
  if (!name?.startsWith("_")) return undefined;
  const aliases = pairsOf(attributes, "_alias.definition_id", "_alias.deprecation_date");
  const states = statesOf(attributes);
  const replaced = attributes.get("_definition_replaced.by");
  const range = rangeFrom(textOf(attributes, "_enumeration.range"));
  const dimension = dimensionFrom(textOf(attributes, "_type.dimension"));
  const units = textOf(attributes, "_units.code");
  const linkedTo = textOf(attributes, "_name.linked_item_id");
  const fallback = textOf(attributes, "_enumeration.default");
  const description = textOf(attributes, "_description.text");
  return {
    name,
    aliases: aliases.map(([alias]) => alias),
    deprecatedAliases: aliases.filter(([, date]) => date !== undefined).map(([alias]) => alias),
    category: (textOf(attributes, "_name.category_id") ?? name.slice(1).split(".")[0]!).toLowerCase(),
    purpose: textOf(attributes, "_type.purpose") ?? "Describe",
    source: textOf(attributes, "_type.source") ?? "Assigned",
    container: textOf(attributes, "_type.container") ?? "Single",
    contents: textOf(attributes, "_type.contents") ?? "Text",
    statesAreOpen: textOf(attributes, "_enumeration.mandatory")?.toLowerCase() === "no",
    derivable: fallback !== undefined || hasMethod(attributes),
    ...(dimension && { dimension }),
    ...(range && { range }),
    ...(states.length > 0 && { states }),
    ...(fallback !== undefined && { default: fallback }),
    ...(units !== undefined && units.toLowerCase() !== "none" && { units }),
    ...(linkedTo !== undefined && { linkedTo }),
    ...(replaced && { replacedBy: textsOf(attributes, "_definition_replaced.by") }),
    ...(description !== undefined && { description: paragraph(description) }),
  };
}

function statesOf(attributes: Attributes): readonly EnumerationState[] {
  return pairsOf(attributes, "_enumeration_set.state", "_enumeration_set.detail").map(([code, detail]) =>
    detail === undefined ? { code } : { code, detail: paragraph(detail) },
  );
}

/** Whether a method works out the value, or a default for it. */
function hasMethod(attributes: Attributes): boolean {
  const expressions = attributes.get("_method.expression");
  return (attributes.get("_method.purpose") ?? []).some(({ text }, row) => {
    const purpose = text.toLowerCase();
    if (purpose === "evaluation") return true;
    return purpose === "definition" && /_enumeration\.default\s*=/.test(expressions?.[row]?.text ?? "");
  });
}

/** `0.0:360.0`, `0:` or `:10`. */
export function rangeFrom(text: string | undefined): ValueRange | undefined {
  const match = text === undefined ? null : /^\s*([^:]*?)\s*:\s*([^:]*?)\s*$/.exec(text);
  if (!match || (match[1] === "" && match[2] === "")) return undefined;
  return { ...(match[1] !== "" && { min: match[1]! }), ...(match[2] !== "" && { max: match[2]! }) };
}

/** `[3]` or `[3,3]`; `[]` sets no length. */
function dimensionFrom(text: string | undefined): readonly number[] | undefined {
  const lengths = text?.match(/\d+/g)?.map(Number);
  return lengths && lengths.length > 0 ? lengths : undefined;
}
