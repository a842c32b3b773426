import type { Paper, TextStyle } from "./paper.ts";
import { printable, wrap } from "./text.ts";

export interface SheetColumn {
  readonly align: "left" | "right";
  /** Gives way before others where the table is too wide. */
  readonly breaks?: boolean;
  readonly style?: Partial<TextStyle>;
}

export interface Sheet {
  readonly columns: readonly SheetColumn[];
  /** Repeated on every page; absent: none. */
  readonly head?: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly marked: readonly number[];
  readonly size: number;
}

const GAP = 10;
const LINE = 1.38;
const MARK = "#fff0d8";
const RULE = "#d0d0d0";
const NARROWEST = 40;
const BELOW_ROW = 1.5;

/** A cell of a row as it is written. */
interface Cell {
  readonly lines: readonly string[];
  readonly x: number;
  readonly width: number;
  readonly style: TextStyle;
  readonly isRight: boolean;
}

interface Layout {
  readonly head: readonly Cell[] | undefined;
  readonly rows: readonly (readonly Cell[])[];
}

/** The cell behind which a row is empty takes the room to the edge, where it stands to the left. */
const isLast = (row: readonly string[], i: number): boolean => row.slice(i + 1).every((cell) => cell === "");

function layOut(paper: Paper, { columns, head, rows, marked, size }: Sheet): Layout {
  const styleOf = (i: number, isBold: boolean): TextStyle => ({
    size,
    ...columns[i]?.style,
    ...(isBold && { isBold }),
  });
  const clean = (row: readonly string[]): readonly string[] => row.map((cell) => printable(cell, paper.hasGlyph));
  const heading = head && clean(head);
  const body = rows.map(clean);
  const spans = (row: readonly string[], i: number): boolean =>
    i < columns.length - 1 && columns[i]?.align === "left" && columns[i]?.breaks === true && isLast(row, i);
  const natural = columns.map((_, i) => {
    const widths = body.map((row, r) =>
      spans(row, i) ? 0 : paper.widthOf(row[i] ?? "", styleOf(i, marked.includes(r))),
    );
    return Math.max(heading ? paper.widthOf(heading[i] ?? "", styleOf(i, true)) : 0, ...widths) + 0.5;
  });
  const widths = fitWidths(natural, columns, paper.width - GAP * (columns.length - 1));
  const lay = (row: readonly string[], isBold: boolean): readonly Cell[] => {
    let x = paper.left;
    return row.map((text, i) => {
      const style = styleOf(i, isBold);
      const width = spans(row, i) ? paper.left + paper.width - x : widths[i]!;
      const lines = wrap(text, width, (part) => paper.widthOf(part, style));
      const cell = { lines, x, width, style, isRight: columns[i]?.align === "right" };
      x += widths[i]! + GAP;
      return cell;
    });
  };
  return { head: heading && lay(heading, true), rows: body.map((row, i) => lay(row, marked.includes(i))) };
}

const linesOf = (cells: readonly Cell[]): number => Math.max(1, ...cells.map(({ lines }) => lines.length));

/** Height of the whole table where it stays on one page. */
export function tableHeight(paper: Paper, sheet: Sheet): number {
  const { head, rows } = layOut(paper, sheet);
  return [...(head ? [head] : []), ...rows].reduce((sum, row) => sum + linesOf(row) * sheet.size * LINE + BELOW_ROW, 0);
}

/** Writes a table over as many pages as it needs; a cell that is too wide becomes several lines. */
export function writeTable(paper: Paper, sheet: Sheet): void {
  const { size } = sheet;
  const { head, rows } = layOut(paper, sheet);
  const height = size * LINE;

  const writeRow = (cells: readonly Cell[], isMarked: boolean): void => {
    const count = linesOf(cells);
    const isHigh = count * height > paper.height - 3 * height;
    if (!isHigh && paper.y + count * height > paper.bottom) nextPage();
    for (let line = 0; line < count; line++) {
      if (paper.y + height > paper.bottom) nextPage();
      if (isMarked) {
        paper.pdf.setFillColor(MARK);
        paper.pdf.rect(paper.left - 3, paper.y, paper.width + 6, height, "F");
      }
      for (const { lines, x, width, style, isRight } of cells) {
        const text = lines[line] ?? "";
        const shift = isRight ? width - paper.widthOf(text, style) : 0;
        if (text !== "") paper.write(text, x + shift, paper.y + size, style);
      }
      paper.y += height;
    }
    paper.pdf.setDrawColor(RULE);
    paper.pdf.setLineWidth(0.4);
    paper.pdf.line(paper.left, paper.y, paper.left + paper.width, paper.y);
    paper.y += BELOW_ROW;
  };
  const nextPage = (): void => {
    paper.newPage();
    if (head) writeRow(head, false);
  };

  const needed = height * (head ? 3 : 1);
  if (paper.y + needed > paper.bottom) paper.newPage();
  if (head) writeRow(head, false);
  rows.forEach((row, i) => {
    writeRow(row, sheet.marked.includes(i));
  });
}

/** Widths that fit in `room`: first the columns that may break give way, then the widest ones, evenly. */
function fitWidths(natural: readonly number[], columns: readonly SheetColumn[], room: number): readonly number[] {
  const total = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width, 0);
  const shrink = (widths: readonly number[], mayShrink: (column: number) => boolean): readonly number[] => {
    if (total(widths) <= room) return widths;
    const kept = total(widths.filter((_, i) => !mayShrink(i)));
    let level = Math.max(...widths);
    for (let step = 0; step < 40; step++) {
      const now = total(widths.filter((_, i) => mayShrink(i)).map((width) => Math.min(width, level)));
      if (now <= room - kept) break;
      level = Math.max(NARROWEST, level * 0.93);
    }
    return widths.map((width, i) => (mayShrink(i) ? Math.min(width, level) : width));
  };
  const first = shrink(natural, (i) => columns[i]?.breaks === true);
  return shrink(first, () => true);
}
