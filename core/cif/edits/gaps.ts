/** White space and comments between two things of a document. */
export interface Gap {
  /** Comment that ends the line of what stands before; empty if there is none. */
  readonly trailing: string;
  /** The lines between, each empty or a comment with its indentation. */
  readonly lines: readonly string[];
  /** White space before what follows, if that begins a line; else undefined. */
  readonly indent: string | undefined;
}

const BLANK = /^[ \t]*$/;
const COMMENT_OR_BLANK = /^[ \t]*(?:#.*)?$/;

/** Reads the text from `start` to `end`; undefined if there is anything else than white space and comments. */
export function readGap(text: string, start: number, end: number): Gap | undefined {
  const [first, ...lines] = text.slice(start, end).split(/\r\n|\r|\n/) as [string, ...string[]];
  if (!COMMENT_OR_BLANK.test(first)) return undefined;
  const indent = lines.pop();
  if (indent === undefined) return BLANK.test(first) ? { trailing: "", lines, indent } : undefined;
  if (!BLANK.test(indent) || !lines.every((line) => COMMENT_OR_BLANK.test(line))) return undefined;
  return { trailing: first.trimStart(), lines, indent };
}

/**
 * The gap before something that begins a line with this indentation: comments are kept, of several blank lines one. The
 * first line of `lines` is blank or a comment of its own line.
 */
export function writeGap({ trailing, lines }: Gap, indent: string, lineEnd: string): string {
  const kept = lines.filter((line, index) => !BLANK.test(line) || index === 0 || !BLANK.test(lines[index - 1]!));
  const shown = kept.map((line) => (BLANK.test(line) ? "" : line));
  return [trailing === "" ? "" : ` ${trailing}`, ...shown, indent].join(lineEnd);
}
