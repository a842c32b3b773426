import type { TextEdit, TextRange } from "../../util/index.ts";
import { isLineStart, lineEnd } from "../scan.ts";
import type { CifDocument } from "../tree.ts";
import { readGap, writeGap } from "./gaps.ts";

/** Longest line of CIF. */
const LONGEST_LINE = 2048;

/** A document that is being laid out, with the edits of its white space so far. */
export interface Sheet {
  readonly text: string;
  readonly lineEnd: string;
  readonly edits: TextEdit[];
  /** Ranges of the errors that leave open what belongs to what. */
  readonly faults: readonly TextRange[];
}

/** Errors that do not bear on what belongs to what. */
const HARMLESS = /\/(?:illegal-character|bad-encoding|line-too-long|name-too-long|duplicate-\w+)$/;

export function createSheet({ text, issues }: CifDocument): Sheet {
  const faults = issues.flatMap(({ code, severity, range }) =>
    severity === "error" && range && !HARMLESS.test(code) ? [range] : [],
  );
  return { text, lineEnd: /\r\n|\r|\n/.exec(text)?.[0] ?? "\n", edits: [], faults };
}

/** Whether no syntax error touches the range. */
export const isSound = ({ faults }: Sheet, { start, end }: TextRange): boolean =>
  !faults.some((fault) => fault.start <= end && fault.end >= start);

/** Adds an edit if it changes something; what follows an edit on the same line joins it, for a line takes one edit. */
export function replace({ text, edits }: Sheet, start: number, end: number, newText: string): void {
  if (text.slice(start, end) === newText) return;
  const last = edits.at(-1);
  if (!last || LINE_BREAK.test(text.slice(last.range.end, end))) {
    edits.push({ range: { start, end }, newText });
    return;
  }
  const between = text.slice(last.range.end, start);
  edits[edits.length - 1] = { range: { start: last.range.start, end }, newText: last.newText + between + newText };
}

const LINE_BREAK = /[\r\n]/;

/** Blanks before what stands at `start`, if it begins a line; else undefined. */
export function indentAt(text: string, start: number): string | undefined {
  let first = start;
  while (first > 0 && (text[first - 1] === " " || text[first - 1] === "\t")) first--;
  return isLineStart(text, first) ? text.slice(first, start) : undefined;
}

/** Makes what stands at `start` begin a line, with this indentation, behind what ends at `end`. */
export function beginLine(sheet: Sheet, end: number, start: number, indent: string): void {
  const { text } = sheet;
  const gap = readGap(text, end, start);
  if (!gap) return;
  // A semicolon that begins a line opens a text field.
  const isWord = text[start] === ";" && !isLineStart(text, start);
  replace(sheet, end, start, writeGap(gap, isWord && indent === "" ? " " : indent, sheet.lineEnd));
}

/** Whether the line of what stands from `start` to `end`, with its comment, is short enough with that in this column (from 0). */
export function fitsLine(text: string, start: number, end: number, column: number): boolean {
  const lineBreak = lineEnd(text, start);
  if (lineBreak < end) return column + lineBreak - start <= LONGEST_LINE;
  const rest = text.slice(end, lineBreak).trim();
  return column + end - start + (rest.startsWith("#") ? rest.length + 1 : 0) <= LONGEST_LINE;
}
