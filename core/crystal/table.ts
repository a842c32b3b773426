import { type CifBlock, type CifLoop, type CifNumber, type CifValue, parseNumber } from "../cif/index.ts";
import type { TextRange } from "../util/index.ts";

/** A data name of a block with its values, whether it stands in a loop or alone. */
export interface Column {
  readonly nameRange: TextRange;
  readonly loop: CifLoop | undefined;
  readonly rowCount: number;
  value(row: number): CifValue | undefined;
  rowRange(row: number): TextRange;
}

/** All data names of a block; `_cell.length_a` and `_cell_length_a` are one. */
export type BlockTable = ReadonlyMap<string, Column>;

/** The form in which the names of old and new dictionaries agree: lower case, the dot as underscore. */
const canonical = (key: string): string => key.replace(".", "_");

/** Table of the names of a block; of a name given twice the first stands. */
export function tabulate(block: CifBlock): BlockTable {
  const columns = new Map<string, Column>();
  const add = (key: string, column: Column): void => {
    if (!columns.has(canonical(key))) columns.set(canonical(key), column);
  };
  for (const entry of block.entries) {
    if (entry.kind === "item") {
      const { name, value, range } = entry;
      add(name.key, {
        nameRange: name.range,
        loop: undefined,
        rowCount: 1,
        value: (row) => (row === 0 ? value : undefined),
        rowRange: () => range,
      });
    } else {
      for (const [column, name] of entry.names.entries()) {
        add(name.key, {
          nameRange: name.range,
          loop: entry,
          rowCount: entry.rowCount,
          value: (row) => entry.value(row, column),
          rowRange: (row) => entry.rowRange(row),
        });
      }
    }
  }
  return columns;
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
