/** A mark on an axis with its text. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Round numbers 1, 2, 5 times a power of ten within a range, about `count` of them. */
export function linearTicks(min: number, max: number, count: number): readonly number[] {
  const rough = (max - min) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? power;
  const ticks: number[] = [];
  for (let i = Math.ceil(min / step - 1e-9); i * step <= max * (1 + 1e-12); i++)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

/** Ticks of a logarithmic scale: powers of ten, with 2 and 5 between them where there are few. */
export function logTicks(min: number, max: number): readonly Tick[] {
  const decades = Math.log10(max / min);
  const factors = decades > 4 ? [1] : decades > 1.2 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9];
  const ticks: Tick[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
    for (const factor of factors) {
      const at = Number((factor * 10 ** power).toPrecision(12));
      if (at >= min * (1 - 1e-9) && at <= max * (1 + 1e-9)) ticks.push({ at, text: String(at) });
    }
  }
  return ticks;
}

/** The smallest 1, 2 or 5 times a power of ten that is not below the value. */
export function niceCeil(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= value * (1 - 1e-12)) ?? 10;
  return Number((factor * power).toPrecision(12));
}

/** The largest 1, 2 or 5 times a power of ten that is not above the value. */
export function niceFloor(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [5, 2, 1].find((candidate) => candidate * power <= value * (1 + 1e-12)) ?? 1;
  return Number((factor * power).toPrecision(12));
}
