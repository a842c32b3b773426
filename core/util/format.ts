/** Numbers as people read them. Every function returns a dash for a value that is not finite: no NaN reaches a screen. */

const MISSING = "–";
/** U+2212, so that a negative number is not mistaken for a hyphenated word. */
const typographicMinus = (text: string): string => text.replace("-", "\u2212");

/** Fixed number of decimals; never "-0.00". */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return MISSING;
  const text = value.toFixed(decimals);
  return typographicMinus(Number(text) === 0 ? text.replace("-", "") : text);
}

/** Significant digits, without exponent between 1e-4 and 1e6. */
export function significant(value: number, digits: number): string {
  if (!Number.isFinite(value)) return MISSING;
  if (value === 0) return "0";
  const magnitude = Math.abs(value);
  if (magnitude < 1e-4 || magnitude >= 1e6) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    return typographicMinus(`${mantissa} × 10${superscript(Number(exponent))}`);
  }
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(magnitude)));
  return fixed(value, decimals);
}

/** Angle in degrees with four decimals and its sign, as a motor position is read. */
export const angle = (value_deg: number): string => `${fixed(value_deg, 4)}°`;

/** Length given in micrometres, shown in nm, um, mm or m with `digits` significant digits. */
export function length(value_um: number, digits = 4): string {
  const magnitude = Math.abs(value_um);
  if (!Number.isFinite(value_um)) return MISSING;
  if (magnitude !== 0 && magnitude < 0.1) return `${significant(value_um * 1e3, digits)} nm`;
  if (magnitude < 1e4) return `${significant(value_um, digits)} µm`;
  if (magnitude < 1e6) return `${significant(value_um / 1e3, digits)} mm`;
  return `${significant(value_um / 1e6, digits)} m`;
}

/** Fraction 0..1 as a percentage. */
export function percent(fraction: number): string {
  if (!Number.isFinite(fraction)) return MISSING;
  const value = fraction * 100;
  if (value !== 0 && value < 0.01) return "< 0.01 %";
  return `${value >= 10 ? fixed(value, 1) : significant(value, 3)} %`;
}

/** Miller indices with a bar over negative ones: (1 -1 2) reads 1 1̄ 2. */
export const millerIndices = (hkl: readonly number[]): string =>
  hkl
    .map((index) => (index < 0 ? [...String(-index)].map((digit) => `${digit}\u0305`).join("") : String(index)))
    .join(" ");

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  "-": "⁻",
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
};
const superscript = (exponent: number): string => [...String(exponent)].map((digit) => SUPERSCRIPTS[digit]).join("");

/** The beginning of a text that may be of any length, for a message that quotes it. */
export const excerpt = (text: string, length = 40): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
