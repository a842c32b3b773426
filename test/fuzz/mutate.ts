/** Texts that are nearly right, from a seed: what people and programs really get wrong, and worse. */

/** Pieces that have a meaning somewhere in CIF, JSON, TOML, operators, symbols or directions. */
const PIECES = [
  ..."'\"#;_()[]{},:.?+-/*\\ \t\n\r\u0000\uFEFF\u2028\uD800\u00B5\u03B8",
  "data_",
  "loop_",
  "save_",
  "global_",
  "stop_",
  "\n;\n",
  '"""',
  "'''",
  "#\\#CIF_2.0\n",
  "_cell_length_a",
  "_atom_site_fract_x",
  "x,y,z",
  "-x+y, -x, z+1/3",
  "1/0",
  "1e309",
  "-1e309",
  "1e-320",
  "NaN",
  "0",
  "-0",
  "5.43(2)",
  "5.43(",
  "90",
  "180",
  "999999999999999999999",
  "F d -3 m :1",
  "R 3 c {rhombohedral axes}",
  "(1,-1,2)",
  "[u,v,w]",
  "null",
  "true",
  "__proto__",
  "constructor",
  "Nb5+",
  "[lens_series_0]",
  "radius_of_curvature_in_µm = 50\n",
] as const;

const REPEATS = [2, 10, 300] as const;

/** A text after a few changes; `others` lend parts. */
export function mutate(text: string, others: readonly string[], random: () => number): string {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  let result = text;
  for (let change = 0, changes = 1 + below(6); change < changes; change++) {
    const at = below(result.length + 1);
    const end = Math.min(result.length, at + below(random() < 0.2 ? result.length + 1 : 12));
    const [before, part, after] = [result.slice(0, at), result.slice(at, end), result.slice(end)];
    const donor = pick(others);
    const from = below(donor.length + 1);
    const edits: readonly (() => string)[] = [
      () => before + after,
      () => before + pick(PIECES) + result.slice(at),
      () => before + pick(PIECES) + after,
      () => before + part.repeat(pick(REPEATS)) + after,
      () => before + donor.slice(from, from + below(200)) + after,
      () => before + String.fromCharCode(below(0x10000)) + after,
      () => swapLines(result, below, at),
      () => result.slice(0, end),
    ];
    result = pick(edits)().slice(0, MAX_LENGTH);
  }
  return result;
}

/** Mutants grow by repetition; longer ones tell nothing new. */
const MAX_LENGTH = 60_000;

function swapLines(text: string, below: (limit: number) => number, seed: number): string {
  const lines = text.split("\n");
  const [i, j] = [below(lines.length), seed % lines.length];
  const [a, b] = [lines[i] ?? "", lines[j] ?? ""];
  lines[i] = b;
  lines[j] = a;
  return lines.join("\n");
}
