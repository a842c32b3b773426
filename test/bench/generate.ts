/** Large CIFs from a seed: the same every time, on every machine. */

/** Mulberry32: uniform numbers in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const cellLines = (a: number, b: number, c: number): string =>
  `_cell_length_a ${a}\n_cell_length_b ${b}\n_cell_length_c ${c}\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n`;

/** A crystal in P 1 with the given number of atoms. */
export function crystalCif(atoms: number, edge_A: number, seed = 1): string {
  const random = randomNumbers(seed);
  const elements = ["Si", "O", "Al", "Na"];
  const rows = Array.from({ length: atoms }, (_, i) => {
    const element = elements[i % elements.length];
    const [x, y, z] = [random(), random(), random()].map((value) => value.toFixed(5));
    return `${element}${i + 1} ${element} ${x} ${y} ${z} 1 0.0${10 + (i % 40)}`;
  });
  return [
    "data_generated",
    cellLines(edge_A, edge_A, edge_A),
    "_space_group_name_H-M_alt 'P 1'\nloop_\n_space_group_symop_operation_xyz\n'x, y, z'",
    "loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\n_atom_site_U_iso_or_equiv",
    ...rows,
    "",
  ].join("\n");
}

/** Loops of one name and one row, as no program writes them: the most that a text of this size can hold. */
export const oneRowLoopsCif = (count: number): string =>
  `data_generated\n${Array.from({ length: count }, (_, i) => `loop_\n_a${i}\n1\n`).join("")}`;

/** A list of measured reflections of about the given size in bytes, as structure files carry them. */
export function reflectionListCif(bytes: number, seed = 1): string {
  const random = randomNumbers(seed);
  const rows: string[] = [
    "data_generated",
    cellLines(10.1, 12.3, 15.6),
    "loop_\n_refln_index_h\n_refln_index_k\n_refln_index_l\n_refln_F_squared_calc\n_refln_F_squared_meas\n_refln_F_squared_sigma\n_refln_observed_status",
  ];
  let size = 0;
  for (let i = 0; size < bytes; i++) {
    const row = `${(i % 41) - 20} ${(i % 31) - 15} ${i % 27} ${(random() * 5000).toFixed(2)} ${(random() * 5000).toFixed(2)} ${(random() * 20).toFixed(2)} o`;
    rows.push(row);
    size += row.length + 1;
  }
  return `${rows.join("\n")}\n`;
}
