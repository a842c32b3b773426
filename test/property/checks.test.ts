import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseCif } from "../../core/cif/index.ts";
import { documentIssues, SETTINGS, settingOperations } from "../../core/crystal/index.ts";

const RUNS = { numRuns: 60 };

interface Row {
  readonly label: string;
  readonly type: string;
  readonly position: readonly [number, number, number];
  readonly occupancy: number;
  readonly U: number;
}

const coordinate = fc.oneof(
  fc.constantFrom(0, 0.25, 0.333, 0.5, 0.6667, 0.75),
  fc.integer({ min: 0, max: 9999 }).map((n) => n / 10000),
);
const rows = fc.uniqueArray(
  fc.record<Row>({
    label: fc.constantFrom("Ti1", "Ti2", "O1", "O2", "O3", "Xa1"),
    type: fc.constantFrom("Ti", "O", "Ti4+"),
    position: fc.tuple(coordinate, coordinate, coordinate),
    occupancy: fc.constantFrom(0.5, 0.7, 1, 1.2),
    U: fc.constantFrom(-0.01, 0.01, 0.02),
  }),
  { minLength: 1, maxLength: 6, selector: ({ label }) => label },
);
const shifts = fc.array(
  fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 })),
  {
    minLength: 6,
    maxLength: 6,
  },
);
const setting = fc.constantFrom(
  ...SETTINGS.filter(({ number, choice }) => [2, 14, 62, 136, 225].includes(number) && !choice.includes("a")),
);

const cif = (hm: string, operators: readonly string[], atoms: readonly Row[]): string => `data_x
_chemical_formula_sum 'O2 Ti'
_cell_length_a 6
_cell_length_b 6
_cell_length_c 6
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_cell_formula_units_Z 2
_space_group_name_H-M_alt '${hm}'
loop_
_space_group_symop_operation_xyz
${operators.map((xyz) => `'${xyz}'`).join("\n")}
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
_atom_site_U_iso_or_equiv
${atoms.map(({ label, type, position, occupancy, U }) => `${label} ${type} ${position.map((x) => x.toFixed(4)).join(" ")} ${occupancy} ${U}`).join("\n")}
`;

/** Codes and severities, sorted, of issues that do not speak of an order of rows by themselves. */
const verdict = (text: string): readonly string[] =>
  documentIssues(parseCif(text))
    .map(({ code, severity }) => `${code} ${severity}`)
    .sort();

const operatorsOf = (hall: string): readonly string[] =>
  settingOperations(SETTINGS.find((one) => one.hall === hall)!).map(({ xyz }) => xyz);

describe("checks", () => {
  test("do not depend on the order of rows", () => {
    fc.assert(
      fc.property(setting, rows, fc.func(fc.nat()), ({ hm, hall }, atoms, rank) => {
        const shuffled = <T>(list: readonly T[]): readonly T[] =>
          [...list].sort((a, b) => rank(JSON.stringify(a)) - rank(JSON.stringify(b)));
        const operators = operatorsOf(hall);
        assert.deepEqual(verdict(cif(hm, shuffled(operators), shuffled(atoms))), verdict(cif(hm, operators, atoms)));
      }),
      RUNS,
    );
  });

  test("do not change when sites are moved by whole cells", () => {
    fc.assert(
      fc.property(setting, rows, shifts, ({ hm, hall }, atoms, cells) => {
        const moved = atoms.map((row, i) => ({
          ...row,
          position: row.position.map((x, axis) => x + cells[i]![axis]!) as unknown as Row["position"],
        }));
        const operators = operatorsOf(hall);
        assert.deepEqual(verdict(cif(hm, operators, moved)), verdict(cif(hm, operators, atoms)));
      }),
      RUNS,
    );
  });

  test("find nothing to say of the symmetry of any setting in its own symbols", () => {
    for (const { hm, hall, number, choice } of SETTINGS) {
      const operators = operatorsOf(hall)
        .map((xyz) => `'${xyz}'`)
        .join("\n");
      const text = `data_x\n_space_group_name_H-M_alt '${hm}'\n_space_group_name_Hall '${hall.replaceAll("'", "")}'\n_space_group_IT_number ${number}\nloop_\n_symmetry_equiv_pos_as_xyz\n${operators}\n`;
      const quoted = hall.includes("'") || hall.includes('"') ? text.replace(/_space_group_name_Hall.*\n/, "") : text;
      const codes = verdict(quoted).filter((code) => !code.startsWith("crystal/missing-"));
      assert.deepEqual(codes, [], `${hm} ${choice}`);
    }
  });

  test("never throw, and point into the text, whatever becomes of a file", () => {
    const { hm, hall } = SETTINGS.find(({ number }) => number === 136)!;
    const whole = cif(hm, operatorsOf(hall), [
      { label: "Ti1", type: "Ti", position: [0, 0, 0], occupancy: 1, U: 0.01 },
      { label: "O1", type: "O", position: [0.305, 0.305, 0], occupancy: 1, U: 0.01 },
    ]);
    const slip = fc.record({
      at: fc.nat(whole.length),
      length: fc.nat(40),
      text: fc.constantFrom(
        "",
        "?",
        ".",
        "'",
        "\n",
        "1e999",
        "-5",
        "0",
        "loop_\n",
        "_atom_site_label\n",
        "[",
        "x,y",
        "nan",
      ),
    });
    fc.assert(
      fc.property(fc.array(slip, { minLength: 1, maxLength: 4 }), (slips) => {
        const text = slips.reduce(
          (before, { at, length, text: put }) => before.slice(0, at) + put + before.slice(at + length),
          whole,
        );
        for (const { range, message, fixes } of documentIssues(parseCif(text))) {
          assert.ok(range.start >= 0 && range.start <= range.end && range.end <= text.length);
          assert.doesNotMatch(message, /NaN|undefined|Infinity/, text);
          for (const { edits } of fixes ?? []) {
            for (const edit of edits) assert.doesNotMatch(edit.newText, /NaN|undefined|Infinity/);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});
