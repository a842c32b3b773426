/** A number as CIF writes it. */
export interface CifNumber {
  readonly value: number;
  /** Standard uncertainty in the unit of the value; null if none is given. */
  readonly su: number | null;
  /** Decimal places of the value, exponent included: 2 for 4.05, 4 for 1.5e-3, -2 for 1.5e3. */
  readonly decimals: number;
}

const NUMBER = /^([+-]?(?:\d+(?:\.(\d*))?|\.(\d+)))(?:[eE]([+-]?\d+))?(?:\((\d+)\))?$/;

/**
 * Reads a number with its standard uncertainty: 1.234(12) is 1.234 with 0.012, 34(2) is 34 with 2. The uncertainty counts in
 * units of the last digit of the mantissa (International Tables for Crystallography G, 2.2.7.4). Undefined for anything else,
 * and for a number beyond double precision.
 */
export function parseNumber(text: string): CifNumber | undefined {
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const exponent = Number(match[4] ?? 0);
  const decimals = (match[2] ?? match[3] ?? "").length - exponent;
  const value = Number(`${match[1]}e${exponent}`);
  const su = match[5] === undefined ? null : Number(`${match[5]}e${-decimals}`);
  if (!Number.isFinite(value) || (su !== null && !Number.isFinite(su))) return undefined;
  return { value, su, decimals };
}
