import type { CifDocument } from "../tree.ts";
import { type Attributes, attributesOf, pairsOf, paragraph, textOf, textsOf } from "./attributes.ts";
import { rangeFrom } from "./ddlm.ts";
import { type CategoryDefinition, createDictionary, type Dictionary, type ItemFacts } from "./model.ts";

/**
 * Reads a DDL1 dictionary (cif_core 2.x; International Tables G, 2.5): a block a definition, which may name several items.
 * Taken are names, types, enumerations, ranges, units, uncertainty, links and whether an item may stand in a loop; the
 * rules for the order and presence of loop items (`_list_reference`, `_list_mandatory`) are not.
 */
export function loadDdl1(document: CifDocument): Dictionary | undefined {
  const blocks = document.blocks.map(attributesOf);
  const head = blocks.find((attributes) => attributes.has("_dictionary_name")) ?? new Map();
  const definitions = blocks.filter((attributes) => attributes.has("_name") && attributes.has("_type"));
  if (definitions.length === 0) return undefined;
  const categories = new Map<string, CategoryDefinition>();
  const items = definitions.flatMap((attributes) => {
    if (textOf(attributes, "_type") === "null") return [];
    const item = itemFrom(attributes);
    const loops = /^(?:yes|both)$/.test(textOf(attributes, "_list") ?? "no");
    const isKnown = categories.get(item.category);
    if (!isKnown || loops) {
      categories.set(item.category, { name: item.category, class: loops ? "Loop" : "Set", keys: [], parent: "" });
    }
    return textsOf(attributes, "_name").map((name) => ({ ...item, name }));
  });
  return createDictionary(
    {
      title: textOf(head, "_dictionary_name") ?? "",
      version: textOf(head, "_dictionary_version") ?? "",
      date: textOf(head, "_dictionary_update") ?? "",
    },
    items,
    categories.values(),
  );
}

function itemFrom(attributes: Attributes): ItemFacts {
  const isNumber = textOf(attributes, "_type") === "numb";
  const hasSu = textsOf(attributes, "_type_conditions").some((condition) => /^(?:esd|su)$/.test(condition));
  const range = rangeFrom(textOf(attributes, "_enumeration_range"));
  const states = pairsOf(attributes, "_enumeration", "_enumeration_detail").map(([code, detail]) =>
    detail === undefined ? { code } : { code, detail: paragraph(detail) },
  );
  const units = textOf(attributes, "_units_detail") ?? textOf(attributes, "_units");
  const description = textOf(attributes, "_definition");
  const linkedTo = textOf(attributes, "_list_link_parent");
  const fallback = textOf(attributes, "_enumeration_default");
  const replaced = textsOf(attributes, "_related_item").filter(
    (_, row) => attributes.get("_related_function")?.[row]?.text === "replace",
  );
  return {
    name: textOf(attributes, "_name") ?? "",
    aliases: [],
    deprecatedAliases: [],
    category: (textOf(attributes, "_category") ?? "").toLowerCase(),
    purpose: hasSu ? "Measurand" : isNumber ? "Number" : "Describe",
    source: "Assigned",
    container: "Single",
    contents: isNumber ? "Real" : "Text",
    statesAreOpen: false,
    derivable: false,
    ...(range && { range }),
    ...(states.length > 0 && { states }),
    ...(fallback !== undefined && { default: fallback }),
    ...(units !== undefined && { units: units.toLowerCase() }),
    ...(linkedTo !== undefined && { linkedTo }),
    ...(replaced.length > 0 && { replacedBy: replaced }),
    ...(description !== undefined && { description: paragraph(description) }),
  };
}
