/** Problems that are about two places lead to both. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { builtInDictionary, validate } from "../../core/cif/dictionary/index.ts";
import { parseCif } from "../../core/cif/index.ts";
import { documentIssues } from "../../core/crystal/index.ts";
import { INSTRUMENTS, parseInstrument, readLens } from "../../core/experiment/index.ts";
import type { Issue } from "../../core/util/index.ts";

const CELL = `_cell_length_a 4
_cell_length_b 4
_cell_length_c 5
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
`;
const SITES = "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n";
const GROUP = "_space_group_name_H-M_alt 'P 1'\n";
const CRYSTAL = `data_a\n${CELL}${GROUP}${SITES}Pb1 0 0 0\nTi1 0.5 0.5 0.5\n`;

/** Each place that the first issue of a code leads to, as the text of the document there and the words about it. */
function placesOf(text: string, issues: readonly Issue[], code: string): readonly string[] {
  const issue = issues.find((one) => one.code === code);
  assert.ok(issue, `${code} is not among ${issues.map((one) => one.code).join(", ")}`);
  return (issue.related ?? []).map(({ range, message }) => `${text.slice(range.start, range.end)} | ${message}`);
}

function ofCif(text: string, code: string): readonly string[] {
  const document = parseCif(text);
  return placesOf(text, [...documentIssues(document), ...validate(document, builtInDictionary())], code);
}

const SYNTAX: readonly (readonly [string, string, readonly string[]])[] = [
  ["syntax/duplicate-tag", "data_a\n_X 1\nloop_\n_y\n_x\n1 2\n", ["_X | The first name"]],
  ["syntax/duplicate-block", "data_a\n_x 1\ndata_A\n_x 1\n", ["data_a | The first block"]],
  ["syntax/duplicate-frame", "data_a\nsave_f\n_x 1\nsave_\nsave_F\n_x 1\nsave_\n", ["save_f | The first save frame"]],
  ["syntax/duplicate-key", "#\\#CIF_2.0\ndata_a\n_x {'k':1 'l':2 'k':3}\n", ["'k' | The first key"]],
  ["syntax/unexpected-delimiter", "#\\#CIF_2.0\ndata_a\n_x [1 2}\n_y 1\n", ["[ | It opens here"]],
];

const CRYSTALS: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "crystal/cell-volume",
    CRYSTAL.replace(GROUP, `_cell_volume 90\n${GROUP}`),
    [
      "4 | length a 4 Å",
      "4 | length b 4 Å",
      "5 | length c 5 Å",
      "90 | angle alpha 90°",
      "90 | angle beta 90°",
      "90 | angle gamma 90°",
    ],
  ],
  [
    "crystal/geometry",
    `${CRYSTAL}loop_\n_geom_bond_atom_site_label_1\n_geom_bond_atom_site_label_2\n_geom_bond_distance\n_geom_bond_site_symmetry_2\nPb1 Ti1 9.9 .\n`,
    ["Pb1 0 0 0 | Pb1", "Ti1 0.5 0.5 0.5 | Ti1"],
  ],
  ["crystal/atoms-too-close", CRYSTAL.replace("0.5 0.5 0.5", "0.1 0 0"), ["Pb1 0 0 0 | Pb1"]],
  [
    "crystal/resolution",
    CRYSTAL.replace(GROUP, `_diffrn_reflns_theta_max 20\n_diffrn_radiation_wavelength 0.7107\n${GROUP}`),
    ["0.7107 | Wavelength 0.7107 Å"],
  ],
  [
    "crystal/density",
    CRYSTAL.replace(
      GROUP,
      `_chemical_formula_sum 'Pb Ti'\n_exptl_crystal_density_diffrn 3\n_cell_formula_units_Z 1\n${GROUP}`,
    ),
    ["'Pb Ti' | 'Pb Ti', 255.07 g/mol", "1 | Z = 1", "4 | The cell, 80.00 Å³"],
  ],
  [
    "crystal/formula-weight",
    CRYSTAL.replace(GROUP, `_chemical_formula_sum 'Pb Ti'\n_chemical_formula_weight 300\n${GROUP}`),
    ["'Pb Ti' | 'Pb Ti', 255.07 g/mol"],
  ],
  [
    "crystal/formula-units",
    CRYSTAL.replace(
      GROUP,
      `_chemical_formula_sum 'Pb Ti'\n_exptl_crystal_density_diffrn 5.29\n_cell_formula_units_Z 2\n${GROUP}`,
    ),
    ["5.29 | Density 5.29 g/cm³", "'Pb Ti' | 'Pb Ti', 255.07 g/mol", "4 | The cell, 80.00 Å³"],
  ],
  [
    "crystal/contents",
    CRYSTAL.replace(GROUP, `_chemical_formula_sum 'Pb Ti'\n_cell_formula_units_Z 2\n${GROUP}`),
    ["2 | Z = 2", "_atom_site_label | The list of 2 sites"],
  ],
  [
    "crystal/sites-overlap",
    CRYSTAL.replace("Ti1 0.5 0.5 0.5", "Ti1 0 0 0.001\nZr1 0 0 0"),
    ["Pb1 0 0 0 | Pb1, occupancy 1", "Ti1 0 0 0.001 | Ti1, occupancy 1"],
  ],
  ["crystal/duplicate-label", CRYSTAL.replace("Ti1", "Pb1"), ["Pb1 | Pb1 of row 1"]],
  [
    "crystal/dangling-label",
    `${CRYSTAL}loop_\n_atom_site_aniso_label\n_atom_site_aniso_U_11\nPB1 0.01\n`,
    ["Pb1 | Pb1 of the list of atoms"],
  ],
  ["crystal/dangling-label", `${CRYSTAL}loop_\n_atom_site_aniso_label\n_atom_site_aniso_U_11\nXe9 0.01\n`, []],
  [
    "crystal/adp-missing-row",
    `${CRYSTAL.replace("fract_z\n", "fract_z\n_atom_site_adp_type\n")
      .replace("0 0 0\n", "0 0 0 Uani\n")
      .replace("0.5 0.5 0.5\n", "0.5 0.5 0.5 Uani\n")}loop_\n_atom_site_aniso_label\n_atom_site_aniso_U_11\nPB1 0.01\n`,
    ["PB1 | PB1: is Pb1 meant?", "Uani | Ti1", "_atom_site_aniso_label | The list of components"],
  ],
  [
    "crystal/adp-equivalent",
    `${CRYSTAL.replace("fract_z\n", "fract_z\n_atom_site_U_iso_or_equiv\n")
      .replace("0 0 0\n", "0 0 0 0.03\n")
      .replace("0.5 0.5 0.5\n", "0.5 0.5 0.5 0.01\n")}loop_\n_atom_site_aniso_label\n${[
      "11",
      "22",
      "33",
      "12",
      "13",
      "23",
    ]
      .map((ij) => `_atom_site_aniso_U_${ij}\n`)
      .join("")}Pb1 0.01 0.01 0.01 0 0 0\n`,
    ["Pb1 | U(ij) of Pb1"],
  ],
  [
    "crystal/duplicate-symop",
    CRYSTAL.replace(GROUP, "loop_\n_space_group_symop_operation_xyz\n'x,y,z'\n'-x,-y,-z'\n'1-x,-y,-z'\n"),
    ["'-x,-y,-z' | Row 2, '-x,-y,-z'"],
  ],
  [
    "crystal/symop-space-group-mismatch",
    CRYSTAL.replace(GROUP, `${GROUP}loop_\n_space_group_symop_operation_xyz\n'x,y,z'\n'-x,-y,-z'\n`),
    ["_space_group_symop_operation_xyz | The list of 2 operators"],
  ],
  [
    "crystal/space-group-mismatch",
    CRYSTAL.replace(GROUP, `${GROUP}_space_group_name_Hall '-P 1'\n`),
    ["'-P 1' | Hall symbol -P 1"],
  ],
  [
    "crystal/space-group-number",
    CRYSTAL.replace(GROUP, `${GROUP}_space_group_IT_number 2\n`),
    ["'P 1' | Space group P 1"],
  ],
  [
    "crystal/crystal-system",
    CRYSTAL.replace(GROUP, `${GROUP}_space_group_crystal_system cubic\n`),
    ["'P 1' | Space group P 1"],
  ],
  [
    "crystal/cell-constraint",
    CRYSTAL.replace(GROUP, "_space_group_name_H-M_alt 'P m -3 m'\n"),
    ["4 | length a 4 Å", "'P m -3 m' | Space group P m -3 m"],
  ],
  [
    "crystal/label-element",
    CRYSTAL.replace("fract_z\n", "fract_z\n_atom_site_type_symbol\n")
      .replace("0 0 0\n", "0 0 0 Ti\n")
      .replace("0.5 0.5 0.5\n", "0.5 0.5 0.5 Ti\n")
      .replace(GROUP, `${GROUP}_chemical_formula_sum 'Pb Ti'\n`),
    ["Pb1 | Label Pb1"],
  ],
  [
    "crystal/min-max-order",
    CRYSTAL.replace(GROUP, `${GROUP}_diffrn_reflns_theta_min 30\n_diffrn_reflns_theta_max 3\n`),
    ["3 | _diffrn_reflns_theta_max 3"],
  ],
  [
    "crystal/temperature-differs",
    CRYSTAL.replace(GROUP, `${GROUP}_cell_measurement_temperature 293\n_diffrn_ambient_temperature 100\n`),
    ["100 | 100 K, of the reflections"],
  ],
  [
    "crystal/wavelength",
    CRYSTAL.replace(GROUP, `${GROUP}_diffrn_radiation_wavelength 0.7\n_diffrn_radiation_type 'Cu K\\a'\n`),
    ["'Cu K\\a' | Radiation Cu K\\a"],
  ],
];

const DICTIONARY: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "dictionary/duplicate-key",
    "data_a\nloop_\n_exptl_crystal_face.perp_dist\n_exptl_crystal_face.index_l\n_exptl_crystal_face.index_k\n_exptl_crystal_face.index_h\n9 3 2 1\n9 3 2 2\n9 3 2 1\n",
    ["3 2 1 | Row 1"],
  ],
  [
    "dictionary/dangling-link",
    "data_a\nloop_\n_atom_type_symbol\nNb5+\nO\nloop_\n_atom_site_label\n_atom_site_type_symbol\nNb1 Nb6+\nO1 O\n",
    ["Nb5+ | Nb5+ of _atom_type_symbol"],
  ],
  ["dictionary/alias-conflict", "data_a\n_cell_length_a 5\n_cell.length_a 6\n", ["_cell_length_a | _cell_length_a"]],
  ["dictionary/alias-repeated", "data_a\n_cell_length_a 5\n_cell.length_a 5\n", ["_cell_length_a | _cell_length_a"]],
  [
    "dictionary/split-loop",
    "data_a\nloop_\n_atom_site.label\nA\nB\nloop_\n_atom_site.occupancy\n1\n1\n",
    ["_atom_site.label | _atom_site.label"],
  ],
  [
    "dictionary/mixed-category",
    "data_a\nloop_\n_atom_site.label\n_atom_type.symbol\nA B\n",
    ["_atom_site.label | _atom_site.label of atom_site", "_atom_type.symbol | _atom_type.symbol of atom_type"],
  ],
  [
    "dictionary/su-mismatch",
    "data_a\n_cell.length_a 5.1(2)\n_cell.length_a_su 0.3\n",
    ["0.3 | The other uncertainty, 0.3"],
  ],
];

describe("the other places of a problem", () => {
  for (const [name, cases] of Object.entries({ SYNTAX, CRYSTALS, DICTIONARY })) {
    for (const [code, text, places] of cases) {
      test(`${name.toLowerCase()}: ${code}${places.length === 0 ? ", where there are none" : ""}`, () => {
        assert.deepEqual(ofCif(text, code), places);
      });
    }
  }

  test("both rows of a repeated key, each from its first to its last value", () => {
    const text = "data_a\nloop_\n_atom_type.symbol\n_atom_type.oxidation_number\nNb 5\nO -2\nNb 4\n";
    assert.deepEqual(ofCif(text, "dictionary/duplicate-key"), ["Nb | Row 1"]);
  });

  test("no more places than a reader would follow", () => {
    const many = Array.from({ length: 300 }, (_, i) => `Pb${i} 0 0 0\n`).join("");
    assert.equal(ofCif(CRYSTAL.replace("Ti1 0.5 0.5 0.5\n", many), "crystal/sites-overlap").length, 12);
  });

  test("values of lens and instrument files", () => {
    const lens = `[lens_series_0]
number_of_lenses = 10
radius_of_curvature_in_µm = 50
lens_spacing_in_mm = 1
disc_thickness_in_um = 2000
web_in_um = 3000
[lens_series_0.material]
formula = "Be"
density_g_cm3 = 1.85
`;
    const { issues } = readLens(lens, "a.lens");
    assert.deepEqual(placesOf(lens, issues, "lens/web"), ["2000 | The disc of 2000 µm"]);
    assert.deepEqual(placesOf(lens, issues, "lens/disc"), ["1 | The spacing of 1 mm"]);
    const [profile] = INSTRUMENTS;
    const stack = profile!.stack.map((axis, i) => (i === 1 ? { ...axis, name: profile!.stack[0]!.name } : axis));
    const instrument = JSON.stringify({ ...profile, stack });
    assert.deepEqual(placesOf(instrument, parseInstrument(instrument).issues, "instrument/duplicate-name"), [
      `"${profile!.stack[0]!.name}" | The first of this name`,
    ]);
  });
});
