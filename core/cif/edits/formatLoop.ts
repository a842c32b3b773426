import type { CifLoop } from "../tree.ts";
import { measureColumns } from "./columns.ts";
import { beginLine, fitsLine, indentAt, replace, type Sheet } from "./sheet.ts";

/** Lays out a loop: a line for each name and row; rows that stand on one line are aligned. */
export function formatLoop(sheet: Sheet, loop: CifLoop): void {
  const { text } = sheet;
  const { names, keyword } = loop;
  const indent = indentAt(text, names[0]!.range.start) ?? indentAt(text, keyword.start) ?? "";
  let end = keyword.end;
  for (const { range } of names) {
    beginLine(sheet, end, range.start, indent);
    end = range.end;
  }
  const columns = measureColumns(names.length, lines(text, loop));
  for (let row = 0; row < loop.rowCount; row++) {
    const start = loop.startOf(row, 0);
    const cells = cellsOf(text, loop, row);
    if (cells) {
      const padded = columns.blanksBefore(cells);
      const length = padded.reduce((sum, blanks, i) => sum + blanks + cells[i]!.length, indent.length);
      const rowEnd = loop.endOf(row, names.length - 1);
      const blanks = fitsLine(text, rowEnd, rowEnd, length) ? padded : padded.map((_, i) => (i === 0 ? 0 : 1));
      beginLine(sheet, end, start, indent + " ".repeat(blanks[0]!));
      for (let i = 1; i < cells.length; i++) {
        replace(sheet, loop.endOf(row, i - 1), loop.startOf(row, i), " ".repeat(blanks[i]!));
      }
    } else beginLine(sheet, end, start, indentAt(text, start) ?? indent);
    end = loop.endOf(row, names.length - 1);
  }
}

/** The rows that stand on one line. */
function* lines(text: string, loop: CifLoop): Generator<readonly string[]> {
  for (let row = 0; row < loop.rowCount; row++) {
    const cells = cellsOf(text, loop, row);
    if (cells) yield cells;
  }
}

/** The values of a row as they are written; undefined if it does not stand on one line. */
function cellsOf(text: string, loop: CifLoop, row: number): readonly string[] | undefined {
  const { start, end } = loop.rowRange(row);
  if (/[^\P{Cc}\t]/u.test(text.slice(start, end))) return undefined;
  return loop.names.map((_, column) => text.slice(loop.startOf(row, column), loop.endOf(row, column)));
}
