import type { Rectangle } from "./placement.ts";

/** How much of what is drawn lies in a rectangle. */
export type Cover = (rectangle: Rectangle) => number;

/** What is drawn in a picture, as points with weights. */
export interface DrawnGrid {
  /** A point [px], and how much it matters that it stays free. */
  add(x: number, y: number, weight: number): void;
  /** To be called when all points have been added. */
  sum(): Cover;
}

const SMALLEST_CELL_px = 5;
const MOST_CELLS = 40_000;

/** A grid over the picture; sums are found to whole cells of it. */
export function drawnGrid({ width, height }: { readonly width: number; readonly height: number }): DrawnGrid {
  const cell_px = Math.max(SMALLEST_CELL_px, Math.sqrt((width * height) / MOST_CELLS));
  const columns = Math.ceil(width / cell_px) + 1;
  const rows = Math.ceil(height / cell_px) + 1;
  /** After summing each entry holds the points above and to the left of it. */
  const sums = new Float32Array(columns * rows);
  const within = (cells: number, count: number): number => Math.max(0, Math.min(count - 1, cells));
  return {
    add(x, y, weight) {
      const column = Math.floor(x / cell_px) + 1;
      const row = Math.floor(y / cell_px) + 1;
      if (column > 0 && row > 0 && column < columns && row < rows) sums[row * columns + column]! += weight;
    },
    sum() {
      for (let row = 1; row < rows; row++) {
        for (let column = 1, inRow = 0; column < columns; column++) {
          const i = row * columns + column;
          inRow += sums[i]!;
          sums[i] = inRow + sums[i - columns]!;
        }
      }
      return ({ left, top, width: w, height: h }) => {
        const a = within(Math.floor(left / cell_px), columns);
        const b = within(Math.ceil((left + w) / cell_px), columns);
        const c = within(Math.floor(top / cell_px), rows) * columns;
        const d = within(Math.ceil((top + h) / cell_px), rows) * columns;
        return sums[d + b]! - sums[c + b]! - sums[d + a]! + sums[c + a]!;
      };
    },
  };
}
