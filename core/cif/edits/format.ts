import { largest, type TextEdit, type TextRange } from "../../util/index.ts";
import { lineEnd } from "../scan.ts";
import type { CifDocument, CifItem } from "../tree.ts";
import { formatLoop } from "./formatLoop.ts";
import { isBlankLine, readGap, writeGap } from "./gaps.ts";
import { type Piece, piecesOf } from "./pieces.ts";
import { beginLine, createSheet, fitsLine, indentAt, isSound, replace, type Sheet } from "./sheet.ts";

/** Length of a line up to which a value moves up to the line of its name. */
const JOINED_LINE = 80;

/**
 * Edits that lay out a document: each item, loop, name of a loop and row begins a line; the values of neighbouring items
 * stand in one column, and so do those of a loop, numbers with their decimal points below each other; of several blank
 * lines one is kept. Only white space between values changes: comments, text fields, rows on several lines and the inside
 * of lists and tables stay as they are, and so does everything that a syntax error touches. Edits are in order.
 */
export function formatDocument(document: CifDocument): readonly TextEdit[] {
  const sheet = createSheet(document);
  const pieces = piecesOf(document).filter((piece) => isSound(sheet, piece));
  let at = 0;
  while (at < pieces.length) {
    const group = groupAt(sheet, pieces, at);
    const indent = indentAt(sheet.text, group[0]!.start) ?? "";
    const column = indent.length + largest(group.map(nameLength)) + 1;
    for (const piece of group) {
      if (at > 0) beginLine(sheet, pieces[at - 1]!.end, piece.start, indent);
      if (piece.kind === "item") formatItem(sheet, piece.item, indent, column);
      else if (piece.kind === "loop") formatLoop(sheet, piece.loop);
      at++;
    }
  }
  const last = pieces.at(-1);
  if (last) endDocument(sheet, last.end);
  return sheet.edits;
}

/** The edits of formatDocument in the lines of a range, with the white space before the first of them. */
export function formatRange(document: CifDocument, range: TextRange): readonly TextEdit[] {
  const { lines } = document;
  const { start } = lines.lineRange(lines.position(range.start).line);
  const { end } = lines.lineRange(lines.position(range.end).line);
  return formatDocument(document).filter((edit) => edit.range.end >= start && edit.range.end <= end);
}

const nameLength = (piece: Piece): number => (piece.kind === "item" ? piece.item.name.text.length : 0);

/** The piece at this index; if it is an item with a value to align, with all those that follow it line by line. */
function groupAt({ text }: Sheet, pieces: readonly Piece[], at: number): readonly Piece[] {
  const group = [pieces[at]!];
  for (let next = at + 1; next < pieces.length; next++) {
    const piece = pieces[next]!;
    const before = group.at(-1)!;
    if (!isAligned(text, before) || !isAligned(text, piece)) break;
    if (readGap(text, before.end, piece.start)?.lines.length !== 0) break;
    group.push(piece);
  }
  return group;
}

/** Whether only white space stands between the name of an item and its value, and the value may stand anywhere. */
function isAligned(text: string, piece: Piece): boolean {
  if (piece.kind !== "item") return false;
  const { name, value } = piece.item;
  if (!value || value.kind === "text-field") return false;
  const gap = readGap(text, name.range.end, value.range.start);
  return gap !== undefined && gap.trailing === "" && gap.lines.every(isBlankLine);
}

function formatItem(sheet: Sheet, { name, value }: CifItem, indent: string, column: number): void {
  if (!value) return;
  const { text } = sheet;
  const { start, end } = value.range;
  const gap = readGap(text, name.range.end, start);
  if (!gap) return;
  if (value.kind === "text-field") {
    replace(sheet, name.range.end, start, writeGap(gap, "", sheet.lineEnd));
    return;
  }
  if (gap.trailing !== "" || !gap.lines.every(isBlankLine)) return;
  const isOnOwnLine = gap.indent !== undefined;
  const isWhole = lineEnd(text, start) >= end;
  const fits = isOnOwnLine ? isWhole && column + end - start <= JOINED_LINE : fitsLine(text, start, end, column);
  if (fits) replace(sheet, name.range.end, start, " ".repeat(column - indent.length - name.text.length));
}

/** Comments behind the last piece are kept, blank lines at the end are not; the last line ends. */
function endDocument(sheet: Sheet, end: number): void {
  const { text } = sheet;
  const tail = /[\r\n]$/.test(text) ? text.slice(end) : text.slice(end) + sheet.lineEnd;
  const gap = readGap(tail, 0, tail.length);
  if (!gap) return;
  const lines = gap.lines.slice(0, gap.lines.findLastIndex((line) => !isBlankLine(line)) + 1);
  replace(sheet, end, text.length, writeGap({ ...gap, lines }, "", sheet.lineEnd));
}
