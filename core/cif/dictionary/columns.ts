import type { CifBlock, CifLoop, CifName, CifValue } from "../tree.ts";
import type { Dictionary, ItemDefinition } from "./model.ts";

/** A data name of a block with its values, be it an item or a column of a loop. */
export interface Column {
  readonly name: CifName;
  readonly definition: ItemDefinition | undefined;
  /** The loop that it stands in; undefined for an item. */
  readonly loop: CifLoop | undefined;
  /** Index of the column in its loop; 0 for an item. */
  readonly index: number;
  readonly count: number;
  value(row: number): CifValue | undefined;
}

/** The data names of a block in their order; of a name that stands there twice, the first. */
export function columnsOf(block: CifBlock, dictionary: Dictionary): readonly Column[] {
  const columns = new Map<string, Column>();
  const add = (name: CifName, rest: Omit<Column, "name" | "definition">): void => {
    if (!columns.has(name.key)) columns.set(name.key, { name, definition: dictionary.items.get(name.key), ...rest });
  };
  for (const entry of block.entries) {
    if (entry.kind === "item") {
      const { value } = entry;
      add(entry.name, { loop: undefined, index: 0, count: value ? 1 : 0, value: () => value });
      continue;
    }
    entry.names.forEach((name, index) => {
      add(name, { loop: entry, index, count: entry.rowCount, value: (row) => entry.value(row, index) });
    });
  }
  return [...columns.values()];
}

/** Loops longer than this are lists of reflections: their rows are not compared with one another or with other loops. */
export const LONG_LOOP_ROWS = 50_000;

/** Whether the name is of the old style, `_cell_length_a`, whose files never knew the rules that came with `_cell.length_a`. */
export const isUndotted = (name: string): boolean => !name.includes(".");

export const isGiven = (value: CifValue | undefined): value is CifValue =>
  value !== undefined && value.kind !== "unknown" && value.kind !== "inapplicable";

/** Things by what they have in common, in the order in which that first comes up. */
export function groupedBy<T, K>(things: Iterable<T>, key: (thing: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const group = groups.get(key(thing));
    if (group) group.push(thing);
    else groups.set(key(thing), [thing]);
  }
  return groups;
}
