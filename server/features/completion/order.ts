import { type Dictionary, findDefinition, type ItemDefinition } from "../../../core/cif/dictionary/index.ts";
import type { CifBlock, CifName } from "../../../core/cif/index.ts";

/** Single values that files of crystals have, in the order in which they have them. */
const ITEMS = [
  "_chemical_formula_sum",
  ...["length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma"].map((end) => `_cell_${end}`),
  "_cell_volume",
  "_cell_formula_units_Z",
  "_space_group_name_H-M_alt",
  "_space_group_name_Hall",
  "_space_group_IT_number",
  "_space_group_crystal_system",
  "_chemical_name_mineral",
  "_chemical_name_systematic",
  "_chemical_formula_weight",
  "_exptl_crystal_density_diffrn",
  "_cell_measurement_temperature",
  "_diffrn_ambient_temperature",
  "_diffrn_radiation_probe",
  "_diffrn_radiation_type",
  "_diffrn_radiation_wavelength",
  "_audit_creation_date",
];

/** Columns of loops by table, the tables and their columns in the usual order. */
const LOOPS: readonly (readonly string[])[] = [
  ["_space_group_symop_operation_xyz", "_space_group_symop_id"],
  [
    "_atom_site_label",
    "_atom_site_type_symbol",
    "_atom_site_fract_x",
    "_atom_site_fract_y",
    "_atom_site_fract_z",
    "_atom_site_occupancy",
    "_atom_site_U_iso_or_equiv",
    "_atom_site_adp_type",
    "_atom_site_site_symmetry_multiplicity",
    "_atom_site_Wyckoff_symbol",
    "_atom_site_calc_flag",
    "_atom_site_disorder_assembly",
    "_atom_site_disorder_group",
  ],
  ["_atom_site_aniso_label", ...["11", "22", "33", "23", "13", "12"].map((ij) => `_atom_site_aniso_U_${ij}`)],
  [
    "_atom_type_symbol",
    "_atom_type_description",
    "_atom_type_oxidation_number",
    "_atom_type_scat_dispersion_real",
    "_atom_type_scat_dispersion_imag",
    "_atom_type_scat_source",
  ],
  ["_geom_bond_atom_site_label_1", "_geom_bond_atom_site_label_2", "_geom_bond_distance", "_geom_bond_site_symmetry_2"],
  [
    ...[1, 2, 3].map((n) => `_geom_angle_atom_site_label_${n}`),
    "_geom_angle",
    "_geom_angle_site_symmetry_1",
    "_geom_angle_site_symmetry_3",
  ],
  [..."hkl"].map((index) => `_refln_index_${index}`).concat("_refln_F_squared_meas", "_refln_F_squared_sigma"),
  ["_publ_author_name", "_publ_author_address"],
];

/** Where a name stands in a list: first the ones that are likely next, see `USUAL`, then the rest. */
export type NamePlace = (item: ItemDefinition) => number;

/** Places below this are those of names in common use that belong here. */
export const USUAL = 2000;
const OF_OTHERS = 1000;
const RARE = 2000;
const RELATED = 3000;
const ELSEWHERE = 4000;
const TAKEN = 6000;

/**
 * The order of names at a place. Beside an item: common ones of its category, other common ones, the rest of the
 * category, all others. In a header: those of the category of the other columns in the usual order, then its relatives;
 * in an empty one the first columns of the tables that the block does not have yet.
 */
export function namePlaces(
  dictionary: Dictionary,
  block: CifBlock | undefined,
  header: readonly CifName[] | undefined,
  start: number,
): NamePlace {
  const category = header ? categoryOf(dictionary, header) : categoryBefore(dictionary, block, start);
  const order = header ? (category === undefined ? firstColumns(LOOPS) : LOOPS.flat()) : ITEMS;
  const common = new Map(
    order.flatMap((name, index) => {
      const item = findDefinition(dictionary, name);
      return item ? [[item, index] as const] : [];
    }),
  );
  const taken = header && category === undefined ? loopedCategories(dictionary, block) : new Set<string>();
  return (item) => {
    const index = common.get(item);
    if (taken.has(item.category)) return TAKEN;
    if (category === undefined) return index ?? ELSEWHERE;
    if (item.category === category) return index ?? RARE;
    if (header) return RELATED + (index ?? OF_OTHERS);
    return index === undefined ? ELSEWHERE : OF_OTHERS + index;
  };
}

/** The first column of each table, then the others. */
const firstColumns = (tables: readonly (readonly string[])[]): readonly string[] => [
  ...tables.flatMap(([first]) => first ?? []),
  ...tables.flatMap(([, ...others]) => others),
];

/** The category of the first name that the dictionary knows. */
export const categoryOf = (dictionary: Dictionary, names: readonly CifName[]): string | undefined =>
  names.map(({ key }) => findDefinition(dictionary, key)?.category).find((found) => found !== undefined);

/** The category of the item before a place; undefined behind a loop, after which a new subject begins. */
function categoryBefore(dictionary: Dictionary, block: CifBlock | undefined, start: number): string | undefined {
  const entry = block?.entries.findLast((candidate) => candidate.range.end <= start);
  return entry?.kind === "item" ? categoryOf(dictionary, [entry.name]) : undefined;
}

const loopedCategories = (dictionary: Dictionary, block: CifBlock | undefined): ReadonlySet<string> =>
  new Set(
    (block?.entries ?? []).flatMap((entry) =>
      entry.kind === "loop" ? (categoryOf(dictionary, entry.names) ?? []) : [],
    ),
  );
