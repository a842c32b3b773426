import { BUILT_IN_TABLES } from "./builtIn.generated.ts";
import {
  type CategoryDefinition,
  createDictionary,
  type Dictionary,
  type ItemFacts,
  mergeDictionaries,
} from "./model.ts";

/**
 * The facts of one dictionary, packed. `definitions` has a line for each category and, below it, one for each of its items,
 * with fields parted by `|`:
 * category: `#name|class|parent|keys`; keys are parted by blanks; the name alone where another dictionary defines it;
 * item: `name|type|aliases|range|units|states|link|default|flags|replaced by`. The name is that behind the point if the
 * category stands before it. Type, units and states are indices. An alias `=` is the name with `_` for its point; a `!`
 * before an alias marks it deprecated. The link `~` is the name without its ending `_su`. Flags: `d` derivable, `o` open
 * states, `r` replaced.
 */
export interface BuiltInTable {
  readonly title: string;
  readonly version: string;
  readonly date: string;
  /** `purpose|source|container|contents|dimension`. */
  readonly types: readonly string[];
  readonly units: readonly string[];
  readonly states: readonly (readonly string[])[];
  readonly definitions: string;
}

let builtIn: Dictionary | undefined;

/** The facts of cif_core and cif_mag, without their texts. Unpacked when it is first asked for. */
export const builtInDictionary = (): Dictionary => {
  builtIn ??= mergeDictionaries(...BUILT_IN_TABLES.map(unpack));
  return builtIn;
};

/** The dictionary that a table packs. */
export function unpack(table: BuiltInTable): Dictionary {
  const categories: CategoryDefinition[] = [];
  const items: ItemFacts[] = [];
  let current = "";
  for (const line of table.definitions.split("\n")) {
    const fields = line.split("|");
    if (!line.startsWith("#")) {
      items.push(unpackItem(fields, current, table));
      continue;
    }
    const [mark, className, parent, keys] = fields as [string, CategoryDefinition["class"]?, string?, string?];
    const name = mark.slice(1);
    current = name.toLowerCase();
    if (className) categories.push({ name, class: className, keys: wordsOf(keys), parent: parent ?? "" });
  }
  return createDictionary(table, items, categories);
}

const wordsOf = (text: string | undefined): readonly string[] => (text ? text.split(" ") : []);

function unpackItem(fields: readonly string[], category: string, table: BuiltInTable): ItemFacts {
  const [object, type, aliases, range, units, states, link, fallback, flags, replacedBy] = fields;
  const name = object!.startsWith("_") ? object! : `_${category}.${object}`;
  const [purpose, source, container, contents, dimension] = table.types[Number(type)]!.split("|") as string[];
  const [min, max] = range ? range.split(":") : [];
  return {
    name,
    aliases: wordsOf(aliases).map((alias) => aliasOf(alias, name)),
    deprecatedAliases: wordsOf(aliases).flatMap((alias) => (alias.startsWith("!") ? aliasOf(alias, name) : [])),
    category,
    purpose: purpose!,
    source: source!,
    container: container!,
    contents: contents!,
    statesAreOpen: flags?.includes("o") ?? false,
    derivable: flags?.includes("d") ?? false,
    ...(dimension && { dimension: dimension.split(",").map(Number) }),
    ...(range && { range: { ...(min && { min }), ...(max && { max }) } }),
    ...(states && { states: table.states[Number(states)]!.map((code) => ({ code })) }),
    ...(fallback && { default: fallback }),
    ...(units && { units: table.units[Number(units)]! }),
    ...(link && { linkedTo: link === "~" ? name.replace(/_su$/, "") : link }),
    ...(flags?.includes("r") && { replacedBy: wordsOf(replacedBy) }),
  };
}

const aliasOf = (packed: string, name: string): string => {
  const alias = packed.replace(/^!/, "");
  return alias === "=" ? name.replace(".", "_") : alias;
};
