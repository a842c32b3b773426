import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../../core/crystal/index.ts";
import type { Result } from "../../core/util/index.ts";

/** The value of a result; a refusal fails the test with its sentences. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join(" "));
  return result.value;
}

export const crystalOf = (cif: string): Crystal => must(crystalFromCif(parseCif(cif)));

interface Recipe {
  /** a, b, c in Angstrom, alpha, beta, gamma in degrees. */
  readonly cell: readonly [number, number, number, number, number, number];
  readonly hall: string;
  /** Rows: label, type symbol, x, y, z, then U_iso and occupancy. */
  readonly atoms: readonly string[];
  /** Rows: label, U11, U22, U33, U12, U13, U23. */
  readonly aniso?: readonly string[];
}

/** A crystal from its cell, Hall symbol and atoms. */
export function makeCrystal({ cell, hall, atoms, aniso = [] }: Recipe): Crystal {
  const names = ["length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma"];
  const loop = (items: readonly string[], rows: readonly string[]): string =>
    rows.length === 0 ? "" : `loop_\n${items.map((item) => `_atom_site_${item}\n`).join("")}${rows.join("\n")}\n`;
  return crystalOf(
    [
      "data_test",
      ...names.map((name, i) => `_cell_${name} ${cell[i]}`),
      `_space_group_name_Hall ${hall.includes('"') ? `'${hall}'` : `"${hall}"`}`,
      loop(["label", "type_symbol", "fract_x", "fract_y", "fract_z", "U_iso_or_equiv", "occupancy"], atoms),
      loop(["aniso_label", "aniso_U_11", "aniso_U_22", "aniso_U_33", "aniso_U_12", "aniso_U_13", "aniso_U_23"], aniso),
    ].join("\n"),
  );
}

/** S. C. Abrahams et al., J. Phys. Chem. Solids 27 (1966) 997, polar origin on Nb; no displacements. */
export const lithiumNiobate = makeCrystal({
  cell: [5.14829, 5.14829, 13.8631, 90, 90, 120],
  hall: 'R 3 -2"c',
  atoms: ["Nb1 Nb5+ 0 0 0 . 1", "O1 O2- 0.0509 0.3587 0.0527 . 1", "Li1 Li1+ 0 0 0.225 . 1"],
});

export const aluminium = makeCrystal({
  cell: [4.04958, 4.04958, 4.04958, 90, 90, 90],
  hall: "-F 4 2 3",
  atoms: ["Al1 Al 0 0 0 . 1"],
});

export const diamond = makeCrystal({
  cell: [3.56679, 3.56679, 3.56679, 90, 90, 90],
  hall: "F 4d 2 3 -1d",
  atoms: ["C1 C 0 0 0 . 1"],
});
