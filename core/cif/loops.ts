import type { TextRange } from "../util/index.ts";
import { counted, type IssueList, listed } from "./issues.ts";
import { isLineEnd } from "./scan.ts";
import type { Source, TokenTable } from "./tokens.ts";
import type { CifLoop, CifName, CifValue } from "./tree.ts";
import { createValue } from "./value.ts";

/**
 * A loop from its keyword to `end`, over `values`, the indices of its value tokens in their order; a row that is not
 * complete is left out. What is passed is not kept.
 */
export const createLoop = (
  source: Source,
  keyword: TextRange,
  names: readonly CifName[],
  values: Uint32Array,
  end: number,
): CifLoop => new Loop(source, keyword, names, values, end);

/** A class of few fields, for a file may hold a million loops: functions and ranges of their own would outweigh the text. */
class Loop implements CifLoop {
  readonly kind = "loop";
  readonly names: readonly CifName[];
  readonly rowCount: number;
  readonly #text: string;
  readonly #tokens: TokenTable;
  readonly #start: number;
  readonly #keywordEnd: number;
  readonly #end: number;
  /** Token of the first value. */
  readonly #first: number;
  /** Tokens of all values; left out where they follow one another, as they do without comments, lists and surplus values. */
  readonly #values: Uint32Array | undefined;

  constructor(
    { text, tokens }: Source,
    keyword: TextRange,
    names: readonly CifName[],
    values: Uint32Array,
    end: number,
  ) {
    const first = values[0] ?? 0;
    const isGapless = values.length === 0 || values.at(-1) === first + values.length - 1;
    this.names = names.slice();
    this.rowCount = names.length === 0 ? 0 : Math.floor(values.length / names.length);
    this.#text = text;
    this.#tokens = tokens;
    this.#start = keyword.start;
    this.#keywordEnd = keyword.end;
    this.#end = end;
    this.#first = first;
    this.#values = isGapless ? undefined : values.slice();
  }

  get keyword(): TextRange {
    return { start: this.#start, end: this.#keywordEnd };
  }

  get range(): TextRange {
    return { start: this.#start, end: this.#end };
  }

  value(row: number, column: number): CifValue | undefined {
    const inside = row >= 0 && row < this.rowCount && column >= 0 && column < this.names.length;
    return inside ? createValue(this.#text, this.#tokens, this.#token(row, column)) : undefined;
  }

  rowRange(row: number): TextRange {
    return { start: this.startOf(row, 0), end: this.endOf(row, this.names.length - 1) };
  }

  startOf(row: number, column: number): number {
    return this.#tokens.starts[this.#token(row, column)]!;
  }

  endOf(row: number, column: number): number {
    return this.#tokens.ends[this.#token(row, column)]!;
  }

  #token(row: number, column: number): number {
    const ordinal = row * this.names.length + column;
    return this.#values ? this.#values[ordinal]! : this.#first + ordinal;
  }
}

/** From the value `first` to the value before `end`. */
const spanOf = (tokens: TokenTable, values: Uint32Array, first: number, end: number): TextRange => ({
  start: tokens.starts[values[first]!]!,
  end: tokens.ends[values[end - 1]!]!,
});

/**
 * Reports a loop whose values are not a multiple of its names, where the odd number stands, and returns the values of
 * its good rows: those lines that hold a whole row, if the rows stand one to a line; else the values as they are.
 * Without `issues` it does not report, because the cause is known already.
 */
export function checkLoopCount(
  source: Source,
  names: readonly CifName[],
  values: Uint32Array,
  issues: IssueList | undefined,
): Uint32Array {
  const { text, tokens } = source;
  const width = names.length;
  if (width === 0 || values.length % width === 0) return values;
  const starts = lineStarts(text, tokens, values);
  if (rowsStandOneToALine(starts, width)) return keepWholeRows(source, names, values, starts, issues);

  const rest = values.length % width;
  const [first, end] = misalignedValues(starts, width) ?? [values.length - rest, values.length];
  const range = spanOf(tokens, values, first, end);
  issues?.add("loop-count", () => oddCount(source, range, end - first, names), range);
  return values;
}

function oddCount({ lines }: Source, range: TextRange, count: number, names: readonly CifName[]): string {
  const from = lines.position(range.start).line;
  const to = lines.position(range.end).line;
  const place = from === to ? "This row has" : `Lines ${from} to ${to} have`;
  const width = names.length;
  const remedy =
    count < width
      ? `${counted(width - count, "value")} missing, write ? for an unknown one`
      : "one or more are missing or too much; a value that contains blanks needs quotes";
  return `${place} ${counted(count, "value")} for the ${width} names of the loop (${listed(names)}): ${remedy}.`;
}

/** Ordinals of the values that come first on a line, and the number of values. */
function lineStarts(text: string, tokens: TokenTable, values: Uint32Array): Uint32Array {
  const starts = new Uint32Array(values.length + 1);
  let count = 1;
  for (let k = 1; k < values.length; k++) {
    let i = tokens.starts[values[k]!]! - 1;
    const previousEnd = tokens.ends[values[k - 1]!]!;
    while (i >= previousEnd && !isLineEnd(text.charCodeAt(i))) i--;
    if (i >= previousEnd) starts[count++] = k;
  }
  starts[count++] = values.length;
  return starts.slice(0, count);
}

/** Whether at least half of the values stand on lines that hold a whole row each. */
function rowsStandOneToALine(starts: Uint32Array, width: number): boolean {
  let whole = 0;
  for (let line = 0; line < starts.length - 1; line++) if (starts[line + 1]! - starts[line]! === width) whole++;
  return whole > 0 && whole * width * 2 >= starts.at(-1)!;
}

/** Neighbouring odd lines that together hold whole rows are a row that was broken; others are reported. */
function keepWholeRows(
  source: Source,
  names: readonly CifName[],
  values: Uint32Array,
  starts: Uint32Array,
  issues: IssueList | undefined,
): Uint32Array {
  const { tokens } = source;
  const width = names.length;
  const kept = new Uint32Array(values.length);
  let keptCount = 0;
  let line = 0;
  while (line < starts.length - 1) {
    const first = starts[line]!;
    line++;
    if (starts[line]! - first !== width) {
      while (line < starts.length - 1 && starts[line + 1]! - starts[line]! !== width) line++;
    }
    const end = starts[line]!;
    const count = end - first;
    if (count % width === 0) {
      kept.set(values.subarray(first, end), keptCount);
      keptCount += count;
      continue;
    }
    const range = spanOf(tokens, values, first, end);
    issues?.add("loop-count", () => oddCount(source, range, count, names), range);
  }
  return kept.slice(0, keptCount);
}

/**
 * The values left between the rows that start and end with a line, counted from the top, and those counted from the
 * bottom; undefined if there are no such rows.
 */
function misalignedValues(starts: Uint32Array, width: number): readonly [first: number, end: number] | undefined {
  const total = starts.at(-1)!;
  let first = 0;
  for (let line = 0; line < starts.length && starts[line]! <= first + width; line++) {
    if (starts[line] === first + width) first = starts[line]!;
  }
  let end = total;
  for (let line = starts.length - 1; line >= 0 && starts[line]! >= Math.max(first, end - width); line--) {
    if (starts[line] === end - width) end = starts[line]!;
  }
  return first === 0 && end === total ? undefined : [first, end];
}
