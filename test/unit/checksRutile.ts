import assert from "node:assert/strict";
import { parseCif } from "../../core/cif/index.ts";
import { type DocumentIssue, documentIssues } from "../../core/crystal/index.ts";
import type { IssueFix } from "../../core/util/index.ts";

/**
 * Rutile, TiO2 (cell and coordinate: Baur, Acta Cryst. 9 (1956) 515, rounded; displacements and the rest made up so
 * that everything fits): nothing is to be said of it. Each test spoils one thing.
 */
export const RUTILE = `#\\#CIF_1.1
data_rutile
_chemical_formula_sum 'O2 Ti'
_chemical_formula_weight 79.87
_cell_length_a 4.594(1)
_cell_length_b 4.594(1)
_cell_length_c 2.959(1)
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_cell_volume 62.45(3)
_cell_formula_units_Z 2
_cell_measurement_temperature 295
_diffrn_ambient_temperature 295(2)
_diffrn_radiation_type 'Mo K\\a'
_diffrn_radiation_wavelength 0.71073
_diffrn_reflns_theta_min 3.0
_diffrn_reflns_theta_max 30.0
_exptl_crystal_density_diffrn 4.247
_refine_ls_R_factor_gt 0.021
_refine_ls_wR_factor_ref 0.055
_refine_ls_goodness_of_fit_ref 1.05
_refine_ls_shift/su_max 0.001
_space_group_name_H-M_alt 'P 42/m n m'
_space_group_name_Hall '-P 4n 2n'
_space_group_IT_number 136
_space_group_crystal_system tetragonal
loop_
_space_group_symop_id
_space_group_symop_operation_xyz
1 x,y,z
2 -y+1/2,x+1/2,z+1/2
3 -x,-y,z
4 y+1/2,-x+1/2,z+1/2
5 x+1/2,-y+1/2,-z+1/2
6 y,x,-z
7 -x+1/2,y+1/2,-z+1/2
8 -y,-x,-z
9 -x,-y,-z
10 y+1/2,-x+1/2,-z+1/2
11 x,y,-z
12 -y+1/2,x+1/2,-z+1/2
13 -x+1/2,y+1/2,z+1/2
14 -y,-x,z
15 x+1/2,-y+1/2,z+1/2
16 y,x,z
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
_atom_site_site_symmetry_multiplicity
_atom_site_adp_type
_atom_site_U_iso_or_equiv
Ti1 Ti 0 0 0 1 2 Uani 0.0060(2)
O1 O 0.305(1) 0.305(1) 0 1 4 Uiso 0.0050(4)
loop_
_atom_site_aniso_label
_atom_site_aniso_U_11
_atom_site_aniso_U_22
_atom_site_aniso_U_33
_atom_site_aniso_U_12
_atom_site_aniso_U_13
_atom_site_aniso_U_23
Ti1 0.0065(3) 0.0065(3) 0.0050(3) 0.0002(1) 0 0
loop_
_geom_bond_atom_site_label_1
_geom_bond_atom_site_label_2
_geom_bond_distance
Ti1 O1 1.98
`;

export type Change = readonly [from: string, to: string];

export function spoilt(...changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => {
    assert.equal(text.split(from).length, 2, `'${from}' stands once in the fixture`);
    return text.replace(from, () => to);
  }, RUTILE);
}

export const issuesOf = (text: string): readonly DocumentIssue[] => documentIssues(parseCif(text));

/** Codes without group, severities and the texts that the issues are about. */
export const found = (text: string): readonly string[] =>
  issuesOf(text).map(
    ({ code, severity, range }) => `${code.replace("crystal/", "")} ${severity} ${text.slice(range.start, range.end)}`,
  );

export function applied(text: string, { edits }: IssueFix): string {
  const backwards = [...edits].sort((a, b) => b.range.start - a.range.start);
  return backwards.reduce(
    (result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end),
    text,
  );
}

/** The only issue of a text. */
export function only(text: string): DocumentIssue {
  const issues = issuesOf(text);
  assert.equal(issues.length, 1, issues.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return issues[0]!;
}

/** One change makes exactly one issue, as `found` writes it; its first fix leaves nothing to be said. */
export function oneIssue(expected: string, ...changes: readonly Change[]): DocumentIssue {
  const text = spoilt(...changes);
  assert.deepEqual(found(text), [expected]);
  const issue = only(text);
  const [fix] = issue.fixes ?? [];
  if (fix) assert.deepEqual(found(applied(text, fix)), [], fix.title);
  return issue;
}

export const fixesOf = (issue: DocumentIssue): readonly string[] => (issue.fixes ?? []).map(({ title }) => title);
