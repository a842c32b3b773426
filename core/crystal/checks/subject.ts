import type { CifBlock, CifDocument, CifValue } from "../../cif/index.ts";
import type { Issue, IssueFix, Severity, TextRange } from "../../util/index.ts";
import type { Crystal, SpaceGroup, UnitCell } from "../crystal.ts";
import { type BlockTable, isGiven, numberOf } from "../table.ts";

/** What a check looks at: a data block, and as much of a crystal as could be read from it. */
export interface CheckSubject {
  readonly document: CifDocument;
  readonly block: CifBlock;
  readonly table: BlockTable;
  /** Whether the block has a cell or atoms, so that it is meant as a crystal. */
  readonly isStructure: boolean;
  readonly crystal: Crystal | undefined;
  readonly cell: UnitCell | undefined;
  readonly spaceGroup: SpaceGroup | undefined;
}

export type Check = (subject: CheckSubject) => readonly Issue[];

/** A number of the file with the place where it stands. */
export interface Quantity {
  readonly value: number;
  /** Standard uncertainty, 0 if none is written. */
  readonly su: number;
  readonly decimals: number;
  readonly text: string;
  readonly range: TextRange;
}

export function quantityOf(value: CifValue | undefined): Quantity | undefined {
  if (!isGiven(value)) return undefined;
  const number = numberOf(value);
  return (
    number && {
      value: number.value,
      su: number.su ?? 0,
      decimals: number.decimals,
      text: value.text.trim(),
      range: value.range,
    }
  );
}

/** The number in `row` under the first of these names (lower case, underscores only) that has one. */
export function quantityAt(table: BlockTable, names: readonly string[], row = 0): Quantity | undefined {
  for (const name of names) {
    const quantity = quantityOf(table.get(name)?.value(row));
    if (quantity) return quantity;
  }
  return undefined;
}

/**
 * Whether two numbers differ by more than three times their joint uncertainty; without any uncertainty, whether they
 * differ at all, but for rounding errors of the arithmetic (rule of cod-tools, COD::Precision).
 */
export function differ(a: { value: number; su: number }, b: { value: number; su: number }): boolean {
  const difference = Math.abs(a.value - b.value);
  const limit = 3 * Math.hypot(a.su, b.su);
  return difference > limit + 1e-9 * Math.max(Math.abs(a.value), Math.abs(b.value));
}

/** Decimal places that a number can be written with. */
const toPlaces = (decimals: number): number => Math.min(100, Math.max(0, decimals));

/** Number with its uncertainty as CIF writes it, two digits up to 19, else one: 318.21(12), 318.2(3). */
export function writeNumber(value: number, su: number, decimals: number): string {
  if (!(su > 0)) return value.toFixed(toPlaces(decimals));
  const exponent = Math.floor(Math.log10(su));
  const leading = su / 10 ** exponent;
  const digits = leading < 1.95 ? 1 - exponent : -exponent;
  const places = toPlaces(digits);
  return `${value.toFixed(places)}(${Math.round(su * 10 ** places)})`;
}

/** An issue of a check; of its related places those elsewhere than itself are kept. */
export function issue(
  slug: string,
  severity: Severity,
  message: string,
  range: TextRange,
  { related = [], ...more }: Pick<Issue, "fixes" | "names" | "related"> = {},
): Issue {
  const elsewhere = related.filter(({ range: { start } }) => start !== range.start);
  return {
    code: `crystal/${slug}`,
    severity,
    message,
    range,
    ...more,
    ...(elsewhere.length > 0 && { related: elsewhere }),
  };
}

export const replaceBy = (newText: string, range: TextRange, title = `Replace by ${newText}`): IssueFix => ({
  title,
  edits: [{ range, newText }],
});

/** Text as a CIF value: in quotes where it has blanks or begins like something else. */
export function writeText(text: string): string {
  if (!/\s|^[_#$'"[\];]|^(data_|save_|loop_|global_|stop_)/i.test(text)) return text;
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}

/** Fix that adds an item after the header of a block. */
export const addItem = (block: CifBlock, name: string, value: string): IssueFix => ({
  title: `Add ${name} ${value}`,
  edits: [{ range: { start: block.header.end, end: block.header.end }, newText: `\n${name} ${value}` }],
});
