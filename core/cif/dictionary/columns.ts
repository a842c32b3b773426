import { namesOf } from "../lookup.ts";
import type { CifBlock, CifEntry, CifLoop, CifName, CifValue } from "../tree.ts";
import type { Dictionary, ItemDefinition } from "./model.ts";

/** A data name of a block, be it an item or a column of a loop. A block may have a million, so it has no functions. */
export interface Column {
  readonly name: CifName;
  readonly definition: ItemDefinition | undefined;
  readonly entry: CifEntry;
  /** Index of the column in its loop; 0 for an item. */
  readonly index: number;
}

/** The data names of a block; of a name that stands there twice, the first. */
export interface Columns {
  /** In their order. */
  readonly all: readonly Column[];
  /** The column of a name in lower case. */
  get(key: string): Column | undefined;
}

export function columnsOf(block: CifBlock, dictionary: Dictionary): Columns {
  const all: Column[] = [];
  const defined = new Map<string, Column>();
  const names = block.names.values();
  let next = names.next().value;
  for (const entry of block.entries) {
    for (const [index, name] of namesOf(entry).entries()) {
      if (name !== next) continue;
      next = names.next().value;
      const column = { name, definition: dictionary.items.get(name.key), entry, index };
      all.push(column);
      if (column.definition) defined.set(name.key, column);
    }
  }
  const withoutDefinition = (key: string): Column | undefined =>
    block.names.has(key) ? all.find(({ name }) => name.key === key) : undefined;
  return { all, get: (key) => defined.get(key) ?? withoutDefinition(key) };
}

/** The loop that a column stands in; undefined for an item. */
export const loopOf = ({ entry }: Column): CifLoop | undefined => (entry.kind === "loop" ? entry : undefined);

/** Number of its values. */
export function countOf({ entry }: Column): number {
  if (entry.kind === "loop") return entry.rowCount;
  return entry.value ? 1 : 0;
}

export const valueAt = ({ entry, index }: Column, row: number): CifValue | undefined =>
  entry.kind === "loop" ? entry.value(row, index) : entry.value;

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
