/** Alphabet of `core/xray/packing.ts`: printable characters from `#` to `~` without the backslash. */
const FIRST_CODE = 35;
const BACKSLASH = 92;
const BASE = 45;

const character = (digit: number): string => {
  const code = FIRST_CODE + digit;
  return String.fromCharCode(code >= BACKSLASH ? code + 1 : code);
};

/** Signed integers as text: zigzag, base 45, most significant digit first, continued digits raised by 45. */
export function packIntegers(values: readonly number[]): string {
  let text = "";
  for (const value of values) {
    if (!Number.isSafeInteger(value)) throw new Error(`not an integer: ${value}`);
    let rest = value < 0 ? -2 * value - 1 : 2 * value;
    let digits = character(rest % BASE);
    rest = Math.floor(rest / BASE);
    while (rest > 0) {
      digits = character(BASE + (rest % BASE)) + digits;
      rest = Math.floor(rest / BASE);
    }
    text += digits;
  }
  return text;
}

/** First value, then differences. */
export const differences = (values: readonly number[]): number[] =>
  values.map((value, i) => (i === 0 ? value : value - values[i - 1]!));

/** A generated TypeScript file: a comment, then one exported record of strings. */
export function recordModule(comment: string, name: string, record: ReadonlyMap<string, string>): string {
  const header = comment
    .trim()
    .split("\n")
    .map((line) => ` * ${line}`.trimEnd())
    .join("\n");
  const rows = [...record].map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`).join("\n");
  return `/**\n${header}\n */\nexport const ${name}: Readonly<Record<string, string>> = {\n${rows}\n};\n`;
}
