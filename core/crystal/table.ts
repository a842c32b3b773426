import {
  type CifBlock,
  type CifLoop,
  type CifName,
  type CifNumber,
  type CifValue,
  entryOf,
  parseNumber,
} from "../cif/index.ts";
import type { TextRange } from "../util/index.ts";

/** A data name of a block with its values, whether it stands in a loop or alone. */
export interface Column {
  readonly nameRange: TextRange;
  readonly loop: CifLoop | undefined;
  readonly rowCount: number;
  value(row: number): CifValue | undefined;
  rowRange(row: number): TextRange;
}

/** The data names of a block in lower case, with underscores only: `_cell.length_a` and `_cell_length_a` are one. */
export interface BlockTable {
  has(name: string): boolean;
  get(name: string): Column | undefined;
}

/** The form in which the names of old and new dictionaries agree: lower case, the dot as underscore. */
const canonical = (key: string): string => key.replace(".", "_");

/**
 * Table of the names of a block; of a name given twice the first stands. Columns are made when they are asked for: a block
 * may have a million names, of which few matter to a crystal.
 */
export function tabulate(block: CifBlock): BlockTable {
  const dotted = new Map<string, CifName>();
  for (const name of block.names.values()) {
    const key = canonical(name.key);
    if (key !== name.key && !dotted.has(key)) dotted.set(key, name);
  }
  const find = (key: string): CifName | undefined => {
    const plain = block.names.get(key);
    const other = dotted.size > 0 ? dotted.get(key) : undefined;
    return plain && other && other.range.start < plain.range.start ? other : (plain ?? other);
  };
  const columns = new Map<string, Column>();
  return {
    has: (key) => find(key) !== undefined,
    get(key) {
      const known = columns.get(key);
      if (known) return known;
      const name = find(key);
      if (!name) return undefined;
      const column = columnOf(block, name);
      columns.set(key, column);
      return column;
    },
  };
}

function columnOf(block: CifBlock, name: CifName): Column {
  const entry = entryOf(block, name);
  const nameRange = name.range;
  if (entry.kind === "item") {
    const { value, range } = entry;
    return {
      nameRange,
      loop: undefined,
      rowCount: 1,
      value: (row) => (row === 0 ? value : undefined),
      rowRange: () => range,
    };
  }
  const column = entry.names.indexOf(name);
  return {
    nameRange,
    loop: entry,
    rowCount: entry.rowCount,
    value: (row) => entry.value(row, column),
    rowRange: (row) => entry.rowRange(row),
  };
}

/** The first of these names (lower case, underscores only) that the block has. */
export function firstColumn(table: BlockTable, names: readonly string[]): Column | undefined {
  for (const name of names) {
    const column = table.get(name);
    if (column) return column;
  }
  return undefined;
}

/** Whether a value is there and is neither `?` nor `.`. */
export const isGiven = (value: CifValue | undefined): value is CifValue =>
  value !== undefined && value.kind !== "unknown" && value.kind !== "inapplicable";

/** First given value of the first of these names that has one. */
export function firstValue(table: BlockTable, names: readonly string[]): CifValue | undefined {
  for (const name of names) {
    const value = table.get(name)?.value(0);
    if (isGiven(value)) return value;
  }
  return undefined;
}

/** The given values of a column, row by row; none without a column. */
export const givenValues = (column: Column | undefined): readonly CifValue[] =>
  Array.from({ length: column?.rowCount ?? 0 }, (_, row) => column?.value(row)).filter(isGiven);

/** Number that a value holds; undefined if it holds none. */
export const numberOf = (value: CifValue): CifNumber | undefined => parseNumber(value.text.trim());

/** Texts of all values of a column, row by row; none without a column. */
export const columnTexts = (column: Column | undefined): readonly string[] =>
  Array.from({ length: column?.rowCount ?? 0 }, (_, row) => column?.value(row)?.text ?? "");
