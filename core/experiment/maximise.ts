const GRID = 80;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const STEPS = 40;

export interface Maximum {
  readonly at: number;
  readonly value: number;
}

/**
 * The largest value of a function on an interval: the best point of an even grid, with further points where the
 * function is not smooth, made exact by golden-section search between its neighbours.
 */
export function maximise(
  f: (x: number) => number,
  [min, max]: readonly [number, number],
  further: readonly number[] = [],
): Maximum {
  const even = Array.from({ length: GRID + 1 }, (_, i) => min + ((max - min) * i) / GRID);
  const grid = [...even, ...further.filter((x) => x > min && x < max)].sort((a, b) => a - b);
  const values = grid.map(f);
  const best = values.reduce((top, value, i) => (value > values[top]! ? i : top), 0);
  const refined = goldenSection(f, grid[Math.max(0, best - 1)]!, grid[Math.min(grid.length - 1, best + 1)]!);
  return refined.value > values[best]! ? refined : { at: grid[best]!, value: values[best]! };
}

function goldenSection(f: (x: number) => number, from: number, to: number): Maximum {
  let [a, b] = [from, to];
  let [c, d] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [fc, fd] = [f(c), f(d)];
  for (let i = 0; i < STEPS; i++) {
    if (fc > fd) {
      [b, d, fd] = [d, c, fc];
      c = b - GOLDEN * (b - a);
      fc = f(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + GOLDEN * (b - a);
      fd = f(d);
    }
  }
  const at = (a + b) / 2;
  return { at, value: f(at) };
}
