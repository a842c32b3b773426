/**
 * What a CIF dictionary says of data names, as far as files are checked and names explained by it. The words are those of
 * DDLm (COMCIFS/DDLm, ddl.dic 4.2); a DDL1 dictionary is read into the same form.
 */
export interface Dictionary {
  readonly title: string;
  readonly version: string;
  readonly date: string;
  /** Items by each of their names, aliases included, in lower case. */
  readonly items: ReadonlyMap<string, ItemDefinition>;
  /** Categories by name, in lower case. */
  readonly categories: ReadonlyMap<string, CategoryDefinition>;
}

export interface ItemDefinition {
  /** As the dictionary writes it: `_cell.length_a`. */
  readonly name: string;
  /** Title of the dictionary that defines it: `CORE_DIC`. */
  readonly dictionary: string;
  /** Other names of the same item, as written: `_cell_length_a`. */
  readonly aliases: readonly string[];
  /** Those of the aliases that have a date of deprecation. */
  readonly deprecatedAliases: readonly string[];
  /** Name of the category, in lower case. */
  readonly category: string;
  /** Measurand, Number, SU, State, Encode, Key, Link, Describe ... */
  readonly purpose: string;
  /** Assigned, Derived, Recorded ... */
  readonly source: string;
  /** Single, List, Array, Matrix, Table, Implied ... */
  readonly container: string;
  /** Real, Integer, Text, Code, Word ..., or a compound such as `List(Real,Text)`. */
  readonly contents: string;
  /** Lengths of a list, or rows and columns of a matrix. */
  readonly dimension?: readonly number[];
  /** Inclusive, as the dictionary writes it: numbers, or letters in DDL1; an open end is left out. */
  readonly range?: ValueRange;
  readonly states?: readonly EnumerationState[];
  /** Whether values other than the states are allowed. */
  readonly statesAreOpen: boolean;
  readonly default?: string;
  /** `angstroms`; left out where the value has no unit. */
  readonly units?: string;
  /** Name of the item whose values this one repeats, or whose uncertainty it is. */
  readonly linkedTo?: string;
  /** Whether the value follows from others (a method or a default), so that it may be left out of a key. */
  readonly derivable: boolean;
  /** Names of the items that are to be used instead; empty where it is withdrawn without one. */
  readonly replacedBy?: readonly string[];
  /** Text of a dictionary that the user loaded; the built-in table has none. */
  readonly description?: string;
}

/** What one frame of a dictionary says of an item. */
export type ItemFacts = Omit<ItemDefinition, "dictionary">;

export interface ValueRange {
  readonly min?: string;
  readonly max?: string;
}

export interface EnumerationState {
  readonly code: string;
  readonly detail?: string;
}

export interface CategoryDefinition {
  /** As the dictionary writes it. */
  readonly name: string;
  /** A Loop holds rows told apart by its keys, a Set one value an item. */
  readonly class: "Loop" | "Set" | "Head" | "Functions";
  /** Items that tell the rows apart, as written. */
  readonly keys: readonly string[];
  /** Name of the parent, in lower case. */
  readonly parent: string;
}

export const emptyDictionary: Dictionary = {
  title: "",
  version: "",
  date: "",
  items: new Map(),
  categories: new Map(),
};

/** The definition under a name or alias; case does not matter. */
export const findDefinition = (dictionary: Dictionary, name: string): ItemDefinition | undefined =>
  dictionary.items.get(name.toLowerCase());

/** All names of an item in lower case, its own first. */
export const namesOf = (item: ItemDefinition): readonly string[] =>
  [item.name, ...item.aliases].map((name) => name.toLowerCase());

/** A dictionary over these definitions, each findable by all of its names; of two with one name the later holds. */
export function createDictionary(
  head: Pick<Dictionary, "title" | "version" | "date">,
  items: Iterable<ItemFacts>,
  categories: Iterable<CategoryDefinition>,
): Dictionary {
  const byName = new Map<string, ItemDefinition>();
  const byAlias = new Map<string, ItemDefinition>();
  for (const definition of items) {
    const item = { ...definition, dictionary: head.title };
    byName.set(item.name.toLowerCase(), item);
    for (const alias of item.aliases) byAlias.set(alias.toLowerCase(), item);
  }
  for (const [alias, item] of byAlias) if (!byName.has(alias)) byName.set(alias, item);
  return { ...head, items: byName, categories: new Map([...categories].map((c) => [c.name.toLowerCase(), c])) };
}

/** One dictionary of several; where two define the same name the later one holds. */
export function mergeDictionaries(...dictionaries: readonly Dictionary[]): Dictionary {
  const [first, ...rest] = dictionaries;
  if (!first) return emptyDictionary;
  if (rest.length === 0) return first;
  const replaced = new Set<ItemDefinition>();
  const items = new Map<string, ItemDefinition>();
  const categories = new Map<string, CategoryDefinition>();
  for (const dictionary of dictionaries) {
    for (const item of new Set(dictionary.items.values())) {
      const earlier = items.get(item.name.toLowerCase());
      if (earlier) replaced.add(earlier);
    }
    for (const [name, item] of dictionary.items) items.set(name, item);
    for (const [name, category] of dictionary.categories) categories.set(name, category);
  }
  for (const [name, item] of items) if (replaced.has(item)) items.delete(name);
  return {
    title: dictionaries.map(({ title }) => title).join(", "),
    version: dictionaries.map(({ version }) => version).join(", "),
    date: dictionaries.map(({ date }) => date).join(", "),
    items,
    categories,
  };
}

/** The looped ancestors of a category, nearest first. */
export function loopedAncestors(dictionary: Dictionary, category: string): readonly string[] {
  const ancestors: string[] = [];
  let parent = dictionary.categories.get(category)?.parent;
  while (parent !== undefined && !ancestors.includes(parent) && parent !== category) {
    const definition = dictionary.categories.get(parent);
    if (definition?.class !== "Loop") break;
    ancestors.push(parent);
    parent = definition.parent;
  }
  return ancestors;
}
