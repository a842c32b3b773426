/** White space and comments between two things of a document. */
export interface Gap {
  /** Comment that ends the line of what stands before; empty if there is none. */
  readonly trailing: string;
  /** The lines between, each blank or a comment with its indentation. */
  readonly lines: readonly string[];
  /** How these lines end, that of what stands before first: one more than `lines`, or none. */
  readonly lineEnds: readonly string[];
  /** White space before what follows, if that begins a line; else undefined. */
  readonly indent: string | undefined;
}

const BLANK = /^[ \t]*$/;
const BLANK_OR_COMMENT = /^[ \t]*(?:#.*)?$/;

export const isBlankLine = (line: string): boolean => BLANK.test(line);

/** Reads the text from `start` to `end`; undefined if there is anything else than white space and comments. */
export function readGap(text: string, start: number, end: number): Gap | undefined {
  const parts = text.slice(start, end).split(/(\r\n|\r|\n)/);
  const [first, ...lines] = parts.filter((_, index) => index % 2 === 0) as [string, ...string[]];
  const lineEnds = parts.filter((_, index) => index % 2 === 1);
  if (!BLANK_OR_COMMENT.test(first)) return undefined;
  const indent = lines.pop();
  if (indent === undefined) return BLANK.test(first) ? { trailing: "", lines, lineEnds, indent } : undefined;
  if (!BLANK.test(indent) || !lines.every((line) => BLANK_OR_COMMENT.test(line))) return undefined;
  return { trailing: first.trimStart(), lines, lineEnds, indent };
}

/**
 * The gap before something that begins a line with this indentation: comments are kept, of several blank lines one; with
 * this line end if it has none yet.
 */
export function writeGap({ trailing, lines, lineEnds }: Gap, indent: string, lineEnd: string): string {
  let written = (trailing === "" ? "" : ` ${trailing}`) + (lineEnds[0] ?? lineEnd);
  for (const [index, line] of lines.entries()) {
    const isRepeated = BLANK.test(line) && index > 0 && BLANK.test(lines[index - 1]!);
    if (!isRepeated) written += (BLANK.test(line) ? "" : line) + lineEnds[index + 1]!;
  }
  return written + indent;
}
