/** Texts made to exhaust a parser: each is refused or read within seconds, with finite numbers. Those marked "found" once were not. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { INSTRUMENTS, LENS_BOXES, writeOwnLens } from "../../core/experiment/index.ts";
import { targets } from "../fuzz/targets.ts";

/** Most take milliseconds; what is wrong takes minutes, or never ends. */
const LIMIT_ms = 30_000;
const MB = 1e6;

const crystal = (name: string, value: string): string =>
  `data_a\n_cell_length_a 5\n_cell_length_b 5\n_cell_length_c 5\n${name} '${value}'\n`;
const keys = (count: number, line: (i: number) => string, separator: string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join(separator);

/** Kept for every parser. */
const anywhere: Readonly<Record<string, () => string>> = {
  "a line of 50 MB": () => "x".repeat(50 * MB),
  "1e5 nested lists": () => "[".repeat(1e5) + "]".repeat(1e5),
  "1e5 nested objects": () => `${'{"a":'.repeat(1e5)}1${"}".repeat(1e5)}`,
  "half a megabyte of blanks": () => `a${" ".repeat(MB / 2 - 10)}b`,
};
const files = ["plan", "instrument", "lens", "template", "orientation"];

const instrument = (change: object): string => JSON.stringify({ ...INSTRUMENTS[0], ...change });

const LATTICE = `data_a
_cell_length_a 5000
_cell_length_b 5000
_cell_length_c 5000
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
`;
const COLUMNS = ["label", "type_symbol", "fract_x", "fract_y", "fract_z"]
  .map((name) => `_atom_site_${name}`)
  .join("\n");
/** Many atoms in P 1, in a cell that has room for them. */
const atoms = (count: number, line: (i: number) => string): string =>
  `${LATTICE}_space_group_name_H-M_alt 'P 1'\nloop_\n${COLUMNS}\n${keys(count, line, "\n")}\n`;
const BOND = ["atom_site_label_1", "atom_site_label_2", "distance"].map((name) => `_geom_bond_${name}`).join("\n");
/** Two fractional coordinates, of points that keep apart (the R2 sequence). */
const spread = (i: number): string => `${((i * 0.7548777) % 1).toFixed(6)} ${((i * 0.5698403) % 1).toFixed(6)}`;

const crowded = (i: number): string => (((i * 0.618034) % 1) / 10).toFixed(6);

const cases: readonly (readonly [target: string, what: string, text: () => string])[] = [
  ...files.flatMap((target) => Object.entries(anywhere).map(([what, text]) => [target, what, text] as const)),
  ["CIF", "a line of 50 MB", () => `data_a\n_cell_length_a ${"5".repeat(50 * MB)}`],
  ["CIF", "1e5 nested lists", () => `#\\#CIF_2.0\ndata_a\n_x ${"[".repeat(1e5)}${"]".repeat(1e5)}`],
  ["CIF", "1e5 nested tables", () => `#\\#CIF_2.0\ndata_a\n_x ${"{'a':".repeat(1e5)}`],
  ["CIF", "1e5 empty blocks (found)", () => "data_a\n".repeat(1e5)],
  ["CIF", "2e4 loops", () => `data_a\n${"loop_\n_a\n1\n".repeat(2e4)}`],
  ["CIF", "1e5 loops of one row", () => `data_a\n${keys(1e5, (i) => `loop_\n_a${i}\n1\n`, "")}`],
  ["CIF", "3e5 items (found)", () => `data_a\n${keys(3e5, (i) => `_a${i} 1`, "\n")}\n`],
  ["CIF", "3e5 items in a frame (found)", () => `data_a\nsave_b\n${keys(3e5, (i) => `_a${i} 1`, "\n")}\nsave_\n`],
  ["CIF", "atoms with 3e5 wrong numbers (found)", () => atoms(1e5, (i) => `C${i} C 0,${i} 0.${i}(x) l.${i}`)],
  ["CIF", "2e4 atoms with one label (found)", () => atoms(2e4, (i) => `C C ${spread(i)} 0`)],
  ["CIF", "5e4 atoms in a layer (found)", () => atoms(5e4, (i) => `C${i} C 0 ${spread(i)}`)],
  [
    "CIF",
    "5e4 atoms that crowd on lines (found)",
    () => atoms(5e4, (i) => `C${i} C 0 ${crowded(i)} ${crowded(7 * i)}`),
  ],
  ["CIF", "1.3e5 atoms at one place (found)", () => atoms(1.3e5, (i) => `C${i} C 0.1 0.1 0.1`)],
  ["CIF", "9e4 atoms at one place (found)", () => atoms(9e4, (i) => `C${i} C 0.1 0.1 0.${1000 + (i % 5)}`)],
  ["CIF", "a bond of 100 km (found)", () => `${atoms(2, (i) => `C${i} C 0 0 ${i / 2}`)}loop_\n${BOND}\nC0 C1 1e15\n`],
  [
    "CIF",
    "1.3e5 wrong operators (found)",
    () => `${LATTICE}loop_\n_space_group_symop_operation_xyz\n${keys(1.3e5, (i) => `q${i},y,z`, "\n")}`,
  ],
  [
    "CIF",
    "blanks before a space-group symbol (found)",
    () => crystal("_space_group_name_H-M_alt", `${" ".repeat(1e5)}x`),
  ],
  ["CIF", "brackets in a space-group symbol (found)", () => crystal("_space_group_name_H-M_alt", "[".repeat(1e5))],
  ["CIF", "angles in a space-group symbol (found)", () => crystal("_space_group_name_H-M_alt", "<".repeat(1e5))],
  ["CIF", "blanks before a Hall symbol (found)", () => crystal("_space_group_name_Hall", `${" ".repeat(1e5)}x`)],
  ["space-group symbol", "1e5 nested tables (found)", () => "{'a':".repeat(1e5)],
  ["lens", "slashes (found)", () => "/".repeat(1e5)],
  ["lens", "comments that do not end", () => "/* ".repeat(1e5)],
  ["lens", "1e4 wrong series (found)", () => `{"version":1,"series":[${keys(1e4, () => '{"count":1}', ",")}]}`],
  ["lens", "1e4 keys of JSON", () => `{${keys(1e4, (i) => `"k${i}":1`, ",")}}`],
  ["lens", "1e4 keys of TOML", () => `[lens_series_0]\n${keys(1e4, (i) => `k${i} = 1`, "\n")}`],
  ["lens", "brackets in a text (found)", () => `[lens_series_0]\na = """\n${"[".repeat(4e5)}"""\n`],
  ["lens", "blanks in a text (found)", () => `[lens_series_0]\na = "x${" ".repeat(4e5)}b"\n`],
  ["lens", "dots in a key", () => `a${".a".repeat(5e4)} = 1`],
  [
    "lens",
    "a formula without end",
    () => `[lens_series_0.material]\nformula = "${"Be9999".repeat(5e4)}"\ndensity_g_cm3 = 1\n`,
  ],
  [
    "CIF",
    "a cell without volume (found)",
    () => readFileSync("examples/BaTiO3.cif", "utf8").replace(/3\.991/, "1e-320"),
  ],
  [
    "CIF",
    "an occupancy of 300 digits (found)",
    () => readFileSync("examples/diamond.cif", "utf8").replace(/^(C1 .*) {2}1 {2}/m, `$1  ${"1".repeat(300)}  `),
  ],
  [
    "instrument",
    "an infinite direction (found)",
    () => instrument({ alongQ_sample: [0, 0, 7] }).replace("7]", "1e309]"),
  ],
  ["instrument", "1000 free axes (found)", () => instrument({ stack: Array(1000).fill(INSTRUMENTS[0]?.stack[0]) })],
  ["instrument", "a direction of next to nothing (found)", () => instrument({ alongQ_sample: [0, 0, 1e-320] })],
  [
    "instrument",
    "the source of a long name (found)",
    () => instrument({ sources: { ["x".repeat(5000)]: { source: "a", confidence: "low" } } }),
  ],
  [
    "lens",
    "half a character as a key (found)",
    () => writeOwnLens(LENS_BOXES["id06"]!).replace('"version"', '"\uD800":{},"version"'),
  ],
  [
    "plan",
    "a direction without measure (found)",
    () => readFileSync("examples/LiNbO3.dfxrm.json", "utf8").replace("(-1,-1,0)", `(1,${"1".repeat(330)},0)`),
  ],
  ["plan", "a thousand faults (found)", () => "#\n".repeat(2e5)],
  ["instrument", "1e4 keys", () => `{${keys(1e4, (i) => `"k${i}":1`, ",")}}`],
  ["template", "blanks in a placeholder (found)", () => `{{${" ".repeat(4e5)}x`],
  ["template", "2e4 unknown names", () => "{{a}}".repeat(2e4)],
  ["orientation", "1e6 flat rows (found)", () => "1 0 0\n".repeat(999_999)],
  ["orientation", "1e4 flat matrices", () => "1 0 0\n".repeat(30_000)],
];

for (const [name, what, text] of cases) {
  test(`${name}: ${what}`, () => {
    const target = targets.find((known) => known.name === name);
    assert.ok(target, name);
    const began = performance.now();
    target.run(text());
    const took_ms = performance.now() - began;
    assert.ok(took_ms < LIMIT_ms, `${took_ms.toFixed(0)} ms`);
  });
}
