import type { CifBlock, CifLoop } from "../../core/cif/index.ts";
import type { TextRange } from "../../core/util/index.ts";

/** All loops of blocks and their frames that touch a range, in the order of the text but for frames. */
export const loopsIn = (blocks: readonly CifBlock[], range: TextRange): readonly CifLoop[] =>
  blocks
    .filter((block) => touches(block.range, range))
    .flatMap((block) => [
      ...loopsIn(block.frames, range),
      ...block.entries.flatMap((entry) => (entry.kind === "loop" && touches(entry.range, range) ? [entry] : [])),
    ]);

const touches = (a: TextRange, b: TextRange): boolean => a.start <= b.end && b.start <= a.end;

/** First row of a loop that ends at or behind an offset, `rowCount` if there is none. */
export function firstRowEndingBehind(loop: CifLoop, offset: number): number {
  const lastColumn = loop.names.length - 1;
  let low = 0;
  let high = loop.rowCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (loop.endOf(middle, lastColumn) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
