import { parseNumber } from "../number.ts";

/** Values longer than this do not widen their column: they reach into the next ones. */
const WIDEST = 40;
/** Rows of a wider loop are written without padding. */
const WIDEST_ROW = 1000;

/** How the values of a loop are aligned. */
export interface Columns {
  /** Blanks before each value of a row; those before the first value indent the row. */
  blanksBefore(cells: readonly string[]): readonly number[];
}

interface Column {
  /** Characters before the decimal point; numbers are aligned there. Undefined for text. */
  readonly whole: number | undefined;
  readonly width: number;
}

/** Columns wide enough for these rows: text begins at the left, numbers have their decimal points below each other. */
export function measureColumns(width: number, rows: Iterable<readonly string[]>): Columns {
  const isNumeric = new Array<boolean>(width).fill(true);
  const whole = new Array<number>(width).fill(0);
  const fraction = new Array<number>(width).fill(0);
  const longest = new Array<number>(width).fill(0);
  for (const cells of rows) {
    for (const [i, cell] of cells.entries()) {
      isNumeric[i] &&= cell === "?" || cell === "." || parseNumber(cell) !== undefined;
      if (cell.length <= WIDEST) longest[i] = Math.max(longest[i]!, cell.length);
      if (!isNumeric[i]) continue;
      const length = wholeLength(cell);
      whole[i] = Math.max(whole[i]!, length);
      fraction[i] = Math.max(fraction[i]!, cell.length - length);
    }
  }
  const columns = isNumeric.map(
    (numeric, i): Column =>
      numeric ? { whole: whole[i]!, width: whole[i]! + fraction[i]! } : { whole: undefined, width: longest[i]! },
  );
  const isPadded = columns.reduce((sum, column) => sum + column.width + 1, 0) <= WIDEST_ROW;
  return { blanksBefore: (cells) => (isPadded ? pad(columns, cells) : cells.map((_, i) => (i === 0 ? 0 : 1))) };
}

/** Characters of a number before its decimal point; `?` and `.` stand where the digit before it does. */
function wholeLength(cell: string): number {
  if (cell === "." || cell === "?") return 1;
  const end = cell.search(/[.(eE]/);
  return end === -1 ? cell.length : end;
}

function pad(columns: readonly Column[], cells: readonly string[]): readonly number[] {
  let columnStart = 0;
  let end = -1;
  return cells.map((cell, i) => {
    const { whole, width } = columns[i]!;
    const wanted = columnStart + (whole === undefined ? 0 : whole - wholeLength(cell));
    const start = Math.max(wanted, end + 1);
    const blanks = start - Math.max(end, 0);
    end = start + cell.length;
    columnStart += width + 1;
    return blanks;
  });
}
