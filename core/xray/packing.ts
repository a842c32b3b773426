const FIRST_CODE = 35;
const BACKSLASH = 92;
const BASE = 45;

/**
 * Signed integers of a packed text: characters from `#` to `~` without the backslash are the digits 0..89; a digit of
 * 45 or more is followed by a less significant one; odd numbers stand for negative values (zigzag).
 */
export function unpackIntegers(text: string): number[] {
  const values: number[] = [];
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const digit = code - FIRST_CODE - (code > BACKSLASH ? 1 : 0);
    value = value * BASE + (digit % BASE);
    if (digit >= BASE) continue;
    values.push(value % 2 === 0 ? value / 2 : -(value + 1) / 2);
    value = 0;
  }
  return values;
}

/** Running sums of differences, in units of `1 / perUnit`. */
export function runningSums(differences: readonly number[], perUnit: number): Float64Array {
  let sum = 0;
  return Float64Array.from(differences, (difference) => {
    sum += difference;
    return sum / perUnit;
  });
}
