/** A text of a column: the height of what it names in the picture, and its own height [px]. */
export interface ColumnText {
  readonly y: number;
  readonly height: number;
}

const GAP_px = 3;

/**
 * How far each text is moved down so that none overlaps another and all stay as near to what they name as they can: the
 * least sum of squares with the order kept (isotonic regression by pooling, Ayer et al., Ann. Math. Statist. 26 (1955) 641).
 */
export function columnShifts(texts: readonly ColumnText[]): readonly number[] {
  const order = texts.map((_, i) => i).sort((a, b) => texts[a]!.y - texts[b]!.y);
  /** Where each would stand below the first one if they touched. */
  const below: number[] = [];
  const pools: { sum: number; count: number }[] = [];
  order.forEach((index, i) => {
    const { y, height } = texts[index]!;
    const before = texts[order[i - 1] ?? index]!;
    below.push(i === 0 ? 0 : below[i - 1]! + (before.height + height) / 2 + GAP_px);
    let pool = { sum: y - below[i]!, count: 1 };
    for (let last = pools.at(-1); last && last.sum / last.count > pool.sum / pool.count; last = pools.at(-1)) {
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
      pools.pop();
    }
    pools.push(pool);
  });
  const places = pools.flatMap(({ sum, count }) => Array<number>(count).fill(sum / count));
  const shifts: number[] = [];
  order.forEach((index, i) => {
    shifts[index] = places[i]! + below[i]! - texts[index]!.y;
  });
  return shifts;
}
