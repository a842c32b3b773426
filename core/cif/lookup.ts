import type { TextRange } from "../util/index.ts";
import { nameKey } from "./names.ts";
import type { CifBlock, CifDocument, CifEntry, CifItem, CifLoop, CifName, CifValue } from "./tree.ts";

/** A column of a loop. */
export interface CifColumn {
  readonly loop: CifLoop;
  readonly column: number;
}

/** The first block with this code; case does not matter. */
export function findBlock(document: CifDocument, code: string): CifBlock | undefined {
  const key = nameKey(code);
  return document.blocks.find((block) => nameKey(block.code) === key);
}

/** The data names of an item or loop. */
export const namesOf = (entry: CifEntry): readonly CifName[] => (entry.kind === "item" ? [entry.name] : entry.names);

/** The item or loop that one of the names of a block stands in. */
export const entryOf = ({ entries }: CifBlock, name: CifName): CifEntry =>
  entries[lastStarting(entries.length, (i) => entries[i]!.range.start, name.range.start)!]!;

const isItem = (entry: CifEntry): entry is CifItem => entry.kind === "item";
const isLoop = (entry: CifEntry): entry is CifLoop => entry.kind === "loop";

/** The first item (not in a loop) under the first of these names that stands in the block; case does not matter. */
export function findItem(block: CifBlock, ...names: readonly string[]): CifItem | undefined {
  for (const name of names) {
    const item = firstUnder(block, nameKey(name), isItem);
    if (item) return item;
  }
  return undefined;
}

/** The loop and column under the first of these names that stands in a loop of the block; case does not matter. */
export function findColumn(block: CifBlock, ...names: readonly string[]): CifColumn | undefined {
  for (const name of names) {
    const key = nameKey(name);
    const loop = firstUnder(block, key, isLoop);
    if (loop) return { loop, column: loop.names.findIndex((candidate) => candidate.key === key) };
  }
  return undefined;
}

function firstUnder<T extends CifEntry>(
  block: CifBlock,
  key: string,
  isWanted: (entry: CifEntry) => entry is T,
): T | undefined {
  const name = block.names.get(key);
  const first = name && entryOf(block, name);
  if (!first || isWanted(first)) return first;
  // The name is that of an entry of the other kind; it may stand here again, though it must not.
  return block.entries.find(
    (entry): entry is T => isWanted(entry) && namesOf(entry).some((other) => other.key === key),
  );
}

/** All values under the first of these names that has any, be it an item or a column of a loop. */
export function valuesOf(block: CifBlock, ...names: readonly string[]): readonly CifValue[] {
  for (const name of names) {
    const value = findItem(block, name)?.value;
    if (value) return [value];
    const found = findColumn(block, name);
    if (found && found.loop.rowCount > 0) return columnValues(found);
  }
  return [];
}

/** The values of a column, row by row. */
export const columnValues = ({ loop, column }: CifColumn): readonly CifValue[] =>
  Array.from({ length: loop.rowCount }, (_, row) => loop.value(row, column)!);

/** What stands at a place of the document. */
export type CifPlace =
  | { readonly part: "header"; readonly block: CifBlock; readonly range: TextRange }
  | { readonly part: "keyword"; readonly block: CifBlock; readonly entry: CifLoop; readonly range: TextRange }
  | {
      readonly part: "name";
      readonly block: CifBlock;
      readonly entry: CifEntry;
      readonly name: CifName;
      /** Column of the loop; undefined for an item. */
      readonly column: number | undefined;
      readonly range: TextRange;
    }
  | {
      readonly part: "value";
      readonly block: CifBlock;
      readonly entry: CifEntry;
      readonly name: CifName;
      readonly value: CifValue;
      /** Row and column of the loop; undefined for an item. */
      readonly row: number | undefined;
      readonly column: number | undefined;
      readonly range: TextRange;
    };

/**
 * The header, keyword, name or value at an offset; the offset behind its last character still belongs to it. Undefined in
 * white space, comments, surplus values and rows that are not complete.
 */
export function entryAt(document: CifDocument, offset: number): CifPlace | undefined {
  const block = blockAt(document, offset);
  if (!block) return undefined;
  const inner = lastStarting(block.frames.length, (i) => block.frames[i]!.range.start, offset);
  const frame = inner === undefined ? undefined : block.frames[inner]!;
  return placeIn(frame && contains(frame.range, offset) ? frame : block, offset);
}

/** The last block that begins at or before an offset. */
export function blockAt({ blocks }: CifDocument, offset: number): CifBlock | undefined {
  const index = lastStarting(blocks.length, (i) => blocks[i]!.range.start, offset);
  return index === undefined ? undefined : blocks[index];
}

const contains = (range: TextRange, offset: number): boolean => range.start <= offset && offset <= range.end;

/** Index of the last of `count` ordered things that starts at or before the offset. */
function lastStarting(count: number, startOf: (index: number) => number, offset: number): number | undefined {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(middle) <= offset) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : low - 1;
}

function placeIn(block: CifBlock, offset: number): CifPlace | undefined {
  if (contains(block.header, offset)) return { part: "header", block, range: block.header };
  const index = lastStarting(block.entries.length, (i) => block.entries[i]!.range.start, offset);
  const entry = index === undefined ? undefined : block.entries[index]!;
  if (!entry || !contains(entry.range, offset)) return undefined;
  return entry.kind === "item" ? placeInItem(block, entry, offset) : placeInLoop(block, entry, offset);
}

function placeInItem(block: CifBlock, entry: CifItem, offset: number): CifPlace | undefined {
  const { name, value } = entry;
  const common = { block, entry, name, column: undefined };
  if (contains(name.range, offset)) return { part: "name", ...common, range: name.range };
  if (!value || !contains(value.range, offset)) return undefined;
  return { part: "value", ...common, value, row: undefined, range: value.range };
}

function placeInLoop(block: CifBlock, entry: CifLoop, offset: number): CifPlace | undefined {
  const column = entry.names.findIndex((name) => contains(name.range, offset));
  if (column !== -1) {
    const name = entry.names[column]!;
    return { part: "name", block, entry, name, column, range: name.range };
  }
  if (contains(entry.keyword, offset)) return { part: "keyword", block, entry, range: entry.keyword };
  const row = lastStarting(entry.rowCount, (i) => entry.rowRange(i).start, offset);
  if (row === undefined) return undefined;
  for (const [index, name] of entry.names.entries()) {
    const value = entry.value(row, index)!;
    if (contains(value.range, offset)) {
      return { part: "value", block, entry, name, value, row, column: index, range: value.range };
    }
  }
  return undefined;
}
