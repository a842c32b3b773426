import type { Issue, Mat3, TextRange, Vec3 } from "../util/index.ts";

/** Unit cell with its Cartesian bases. Lengths in Angstrom, angles in degrees. */
export interface UnitCell {
  readonly a_A: number;
  readonly b_A: number;
  readonly c_A: number;
  readonly alpha_deg: number;
  readonly beta_deg: number;
  readonly gamma_deg: number;
  readonly volume_A3: number;
  /**
   * Columns are a, b, c in the Cartesian crystal frame [Angstrom]: a along x, b in the xy plane with positive y,
   * c with positive z. `multiplyVector(direct, [u, v, w])` is the direction [u, v, w].
   */
  readonly direct: Mat3;
  /**
   * Columns are 2 pi a*, 2 pi b*, 2 pi c* in the same frame [1/Angstrom]:
   * `multiplyVector(reciprocal, [h, k, l])` is Q, with |Q| = 2 pi / d.
   */
  readonly reciprocal: Mat3;
}

/** x' = rotation x + translation in fractional coordinates. */
export interface SymmetryOperation {
  /** Integers. */
  readonly rotation: Mat3;
  /** In [0, 1), exact multiples of 1/24 wherever the file's decimals stand for one (0.333). */
  readonly translation: Vec3;
  /** Normal form, e.g. `-x+y, -x, z+1/3`. */
  readonly xyz: string;
}

export interface SpaceGroup {
  /** Hermann-Mauguin symbol of the table of settings (or the file's, where the table has none), null if unknown. */
  readonly hm: string | null;
  readonly hall: string | null;
  /** International Tables number, null if unknown. */
  readonly number: number | null;
  /** All operations of the group, lattice centrings included, identity first. */
  readonly operations: readonly SymmetryOperation[];
  /** Where the operations came from. */
  readonly source: "operations" | "hall" | "hm";
  readonly centrosymmetric: boolean;
}

/** Mean-square displacement: `iso` U in A^2; `aniso` U_ij in A^2 on the axes a* a, b* b, c* c (IUCr U). */
export type Displacement =
  | { readonly kind: "none" }
  | { readonly kind: "iso"; readonly U_A2: number }
  | {
      readonly kind: "aniso";
      readonly U11: number;
      readonly U22: number;
      readonly U33: number;
      readonly U12: number;
      readonly U13: number;
      readonly U23: number;
    };

/** One row of the atom list: a site of the asymmetric unit. */
export interface Site {
  readonly label: string;
  /** Type symbol as written in the file (or taken from the label). */
  readonly typeSymbol: string;
  /** Element symbol, `D` for deuterium. */
  readonly element: string;
  /** Formal charge of the type symbol, 0 if none is written. */
  readonly charge: number;
  /** Fractional coordinates, special positions snapped exactly onto their place. */
  readonly position: Vec3;
  readonly occupancy: number;
  /** Number of images in the cell. */
  readonly multiplicity: number;
  readonly displacement: Displacement;
  /** Its row in the CIF. */
  readonly range: TextRange;
}

/** A crystal as it follows from one data block. Plain JSON: it crosses process borders as it is. */
export interface Crystal {
  readonly block: string;
  readonly cell: UnitCell;
  readonly spaceGroup: SpaceGroup;
  readonly sites: readonly Site[];
  /** Atoms per cell by element, occupancy counted; `D` apart from `H`. */
  readonly contents: Readonly<Record<string, number>>;
  /** Mass of one cell in atomic mass units. */
  readonly cellMass_u: number;
  readonly density_g_cm3: number;
  /** Warnings and notes of how it was read. */
  readonly issues: readonly Issue[];
}
