/** What the lenslets of a series are made of. */
export interface LensMaterial {
  /** As a formula, `Be`, `C5H8O2`. */
  readonly formula: string;
  readonly density_g_cm3: number;
}

/** Equal lenslets one behind the other. */
export interface LensSeries {
  readonly count: number;
  /** Radius of curvature at the apex of each of the two parabolic surfaces. */
  readonly radius_um: number;
  readonly material: LensMaterial;
  /** From the centre of one lenslet to that of the next. */
  readonly spacing_mm: number;
  /** From the centre of the last lenslet of this series to the centre of the first one of the next. */
  readonly separator_mm?: number;
  /** Thickness of the material of one lenslet at its rim; absent: not known. */
  readonly discThickness_um?: number;
  /** Thickness of the material on the axis; absent: not known. */
  readonly web_um?: number;
}

/** A compound refractive lens as a box that is mounted as a whole. */
export interface LensBox {
  readonly name: string;
  readonly series: readonly LensSeries[];
  /** Where the box is held, as seen from the centre of its first lenslet and added to in the hutch. */
  readonly mountPoint: {
    readonly along_mm: number;
    readonly orthogonal_mm: number;
    readonly offsetX_mm: number;
    readonly offsetY_mm: number;
  };
}
