/**
 * Prefixes of data names that are registered with the IUCr for the use of one program, database or laboratory
 * (International Tables G, Table 3.1.2.1), and those that programs and databases write today; `journal` and `vrf` belong to
 * the IUCr's journals. Their names are nobody else's to check.
 */
const LOCAL_PREFIXES = new Set(
  `aflow amcsd anbf asd b+s bilbao bruker ccdc ccp4 cgraph cifdic cod crystallographica crystals crystmol csd dft ebi
  edchem fullprof gsas gsk icsd iims iucr jana journal mdb mpod msd ndb nist olex2 oqmd oxdiff oxford parvati pcod pdb
  pdb2cif pdbx phenix platon publcif rcsb rigaku rod shelx shelxl smtbx tcod topas vrf wdc wwpdb xtal`.split(/\s+/),
);

/** IUCr dictionaries that are not built in, by how their names begin. */
const OTHER_DICTIONARIES: readonly (readonly [pattern: RegExp, file: string])[] = [
  [/^_(?:pd|riet)_|^_(?:pd|riet)\w*\./, "cif_pow.dic (powder diffraction)"],
  [
    /^_(?:atom_sites?_(?:(?:displace|occ|rot|u|phason)_)?(?:fourier|special_func|legendre|ortho|xharm)|cell_(?:modulation|subsystem|wave_vector)|space_group_ssg|ms_|refine_ls_mod|reflns?_(?:.*_)?m_?(?:\d|_))|^_(?:ms|cell_subsystem|cell_wave_vector)[\w]*\./,
    "cif_ms.dic (modulated structures)",
  ],
  [/^_twin[_.]/, "cif_twin.dic (twins)"],
  [/^_restr[_.]/, "cif_core_restraints.dic (restraints)"],
  [/^_(?:rho|atom_rho|atom_local_axes)[_.]/, "cif_rho.dic (electron density)"],
  [/^_topol[_.]/, "cif_topology.dic (topology)"],
  [
    /^_(?:array|axis|diffrn_(?:data_frame|frame_data|scan|scan_axis|detector_axis|detector_element))[_.]/,
    "cif_img.dic (images)",
  ],
];

/** Whether the name belongs to a program, database or laboratory: `_[local]_x`, `_shelx_x`, `_atom_site.shelx_x`. */
export function isLocalName(key: string): boolean {
  const dot = key.indexOf(".");
  const category = key.slice(1, dot === -1 ? key.length : dot);
  const object = dot === -1 ? "" : key.slice(dot + 1);
  if (category.startsWith("[local]") || object.startsWith("[local]")) return true;
  return LOCAL_PREFIXES.has(prefixOf(category) ?? category) || LOCAL_PREFIXES.has(prefixOf(object) ?? "");
}

/** What stands before the first underscore of a part of a name. */
function prefixOf(part: string): string | undefined {
  const end = part.indexOf("_");
  return end === -1 ? undefined : part.slice(0, end);
}

/** Names of the journals are in part defined in cif_core, so that a slip in one of those can be told. */
export const isJournalName = (key: string): boolean => key.startsWith("_journal");

/** The IUCr dictionary that a name in lower case looks to be from; undefined if from none that is known. */
export const otherDictionary = (key: string): string | undefined =>
  OTHER_DICTIONARIES.find(([pattern]) => pattern.test(key))?.[1];
