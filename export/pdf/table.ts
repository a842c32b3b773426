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

/** Writes a table over as many pages as it needs; a cell that is too wide becomes several lines. */
export function writeTable(paper: Paper, sheet: Sheet): void {
  const { size } = sheet;
  const styleOf = (column: number, isBold: boolean): TextStyle => ({
    size,
    ...sheet.columns[column]?.style,
    ...(isBold && { isBold }),
  });
  const clean = (row: readonly string[]): readonly string[] => row.map((cell) => printable(cell, paper.hasGlyph));
  const head = sheet.head && clean(sheet.head);
  const rows = sheet.rows.map(clean);
  const natural = sheet.columns.map((_, i) => {
    const body = rows.map((row, r) => paper.widthOf(row[i] ?? "", styleOf(i, sheet.marked.includes(r))));
    return Math.max(head ? paper.widthOf(head[i] ?? "", styleOf(i, true)) : 0, ...body) + 0.5;
  });
  const widths = fitWidths(natural, sheet.columns, paper.width - GAP * (sheet.columns.length - 1));
  const broken = (row: readonly string[], isBold: boolean): readonly (readonly string[])[] =>
    row.map((cell, i) => wrap(cell, widths[i]!, (text) => paper.widthOf(text, styleOf(i, isBold))));

  const writeRow = (cells: readonly (readonly string[])[], isBold: boolean, isMarked: boolean): void => {
    const count = Math.max(1, ...cells.map((lines) => lines.length));
    const height = size * LINE;
    const isHigh = count * height > paper.height - 3 * height;
    if (!isHigh && paper.y + count * height > paper.bottom) nextPage();
    for (let line = 0; line < count; line++) {
      if (paper.y + height > paper.bottom) nextPage();
      if (isMarked) {
        paper.pdf.setFillColor(MARK);
        paper.pdf.rect(paper.left - 3, paper.y, paper.width + 6, height, "F");
      }
      let x = paper.left;
      cells.forEach((lines, i) => {
        const text = lines[line] ?? "";
        const style = styleOf(i, isBold);
        const shift = sheet.columns[i]?.align === "right" ? widths[i]! - paper.widthOf(text, style) : 0;
        if (text !== "") paper.write(text, x + shift, paper.y + size, style);
        x += widths[i]! + GAP;
      });
      paper.y += height;
    }
    paper.pdf.setDrawColor(RULE);
    paper.pdf.setLineWidth(0.4);
    paper.pdf.line(paper.left, paper.y, paper.left + paper.width, paper.y);
    paper.y += 1.5;
  };
  const writeHead = (): void => {
    if (head) writeRow(broken(head, true), true, false);
  };
  const nextPage = (): void => {
    paper.newPage();
    writeHead();
  };

  const needed = size * LINE * (head ? 3 : 1);
  if (paper.y + needed > paper.bottom) paper.newPage();
  writeHead();
  rows.forEach((row, i) => {
    const isMarked = sheet.marked.includes(i);
    writeRow(broken(row, isMarked), isMarked, isMarked);
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
