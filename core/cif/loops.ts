import type { TextRange } from "../util/index.ts";
import type { Source } from "./cursor.ts";
import { counted, type IssueList, listed } from "./issues.ts";
import { isLineEnd } from "./scan.ts";
import type { TokenTable } from "./tokens.ts";
import type { CifLoop, CifName } from "./tree.ts";
import { createValue } from "./value.ts";

/** A loop over `values`, the indices of its value tokens; a row that is not complete is left out. */
export function createLoop(
  source: Source,
  keyword: TextRange,
  names: readonly CifName[],
  values: Uint32Array,
  range: TextRange,
): CifLoop {
  const { text, tokens } = source;
  const width = names.length;
  const rowCount = width === 0 ? 0 : Math.floor(values.length / width);
  return {
    kind: "loop",
    keyword,
    names,
    rowCount,
    range,
    value(row, column) {
      const inside = row >= 0 && row < rowCount && column >= 0 && column < width;
      return inside ? createValue(text, tokens, values[row * width + column]!) : undefined;
    },
    rowRange: (row) => spanOf(tokens, values, row * width, (row + 1) * width),
  };
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

  const misaligned = firstMisalignedRow(starts, width);
  const rest = values.length % width;
  const [first, end] = misaligned ?? [values.length - rest, values.length];
  const message = misaligned
    ? `Near this row the number of values goes wrong: the loop has ${counted(values.length, "value")} for its ${names.length} names (${listed(names)}), ${rest} more than full rows. Add the missing value (? for an unknown one), or quote a value that contains blanks.`
    : `The last row has ${counted(rest, "value")} for the ${names.length} names of its loop (${listed(names)}): add the missing ${counted(width - rest, "value")} (? for an unknown one), or remove what is too much.`;
  issues?.add("loop-count", message, spanOf(tokens, values, first, end));
  return values;
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
  const { tokens, lines } = source;
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
    const from = lines.position(range.start).line;
    const to = lines.position(range.end).line;
    const place = from === to ? "This row has" : `Lines ${from} to ${to} have`;
    const remedy =
      count < width
        ? `${counted(width - count, "value")} missing (write ? for an unknown one)`
        : "remove what is too much, or quote a value that contains blanks";
    issues?.add(
      "loop-count",
      `${place} ${counted(count, "value")} for the ${width} names of the loop (${listed(names)}): ${remedy}.`,
      range,
    );
  }
  return kept.slice(0, keptCount);
}

/** Ordinals of the first row that does not end with its line although the rows before it do; undefined if there is none. */
function firstMisalignedRow(starts: Uint32Array, width: number): readonly [number, number] | undefined {
  let line = 0;
  for (let boundary = width; ; boundary += width) {
    const rowLine = line;
    while (line < starts.length - 1 && starts[line]! < boundary) line++;
    if (starts[line] === boundary) continue;
    if (boundary === width || boundary > starts.at(-1)!) return undefined;
    const end = line - 1 > rowLine ? starts[line - 1]! : starts[line]!;
    return [starts[rowLine]!, end];
  }
}
