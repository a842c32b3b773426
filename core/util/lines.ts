import { doubled } from "./doubled.ts";
import type { TextRange } from "./result.ts";

/** 1-based line and column; columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Maps offsets of one text to lines and columns. Lines end with LF, CRLF or CR. */
export interface LineIndex {
  readonly lineCount: number;
  position(offset: number): Position;
  /** Range of a 1-based line without its line end. */
  lineRange(line: number): TextRange;
}

const LF = 10;
const CR = 13;

export function createLineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low;
  };
  return {
    lineCount: starts.length,
    position(offset) {
      const clamped = Math.max(0, Math.min(offset, text.length));
      const line = lineAt(clamped);
      return { line: line + 1, column: clamped - starts[line]! + 1 };
    },
    lineRange(line) {
      const start = starts[line - 1] ?? text.length;
      let end = starts[line] ?? text.length;
      while (end > start && (text.charCodeAt(end - 1) === LF || text.charCodeAt(end - 1) === CR)) end--;
      return { start, end };
    },
  };
}

/** Offsets of the first characters of all lines: there may be millions. */
function lineStarts(text: string): Uint32Array {
  const find = (lineEnd: string, from: number): number => {
    const found = text.indexOf(lineEnd, from);
    return found === -1 ? Infinity : found;
  };
  let starts: Uint32Array = new Uint32Array(1024);
  let count = 1;
  let lf = find("\n", 0);
  let cr = find("\r", 0);
  while (lf < Infinity || cr < Infinity) {
    const next = 1 + (cr + 1 === lf ? lf : Math.min(lf, cr));
    if (count === starts.length) starts = doubled(starts);
    starts[count++] = next;
    if (lf < next) lf = find("\n", next);
    if (cr < next) cr = find("\r", next);
  }
  return starts.slice(0, count);
}
