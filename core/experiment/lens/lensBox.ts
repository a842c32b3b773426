/** Keys of a file that mean nothing here, kept as they are. */
type OtherKeys = { readonly other?: Readonly<Record<string, unknown>> };

/** What the lenslets of a series are made of. */
export interface LensMaterial extends OtherKeys {
  /** As a formula, `Be`, `C5H8O2`. */
  readonly formula: string;
  readonly density_g_cm3: number;
  /** Where the file gives the unit cell instead: formula and density above follow from it. */
  readonly unitCell?: { readonly atoms: readonly string[]; readonly volume_A3: number };
}

/** Equal lenslets one behind the other. */
export interface LensSeries extends OtherKeys {
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
export interface LensBox extends OtherKeys {
  readonly name: string;
  readonly series: readonly LensSeries[];
  /** Where the box is held, as seen from the centre of its first lenslet and added to in the hutch. */
  readonly mountPoint: {
    readonly along_mm: number;
    readonly orthogonal_mm: number;
    readonly offsetX_mm: number;
    readonly offsetY_mm: number;
  } & OtherKeys;
  /** Which distances of the mount point the people at the instrument want to read; absent: x and y. */
  readonly mountPointShown?: {
    readonly along: boolean;
    readonly orthogonal: boolean;
    readonly x: boolean;
    readonly y: boolean;
  } & OtherKeys;
  readonly notes?: string;
}

export const lensletCount = (box: LensBox): number => box.series.reduce((sum, { count }) => sum + count, 0);

/** The box with another number of lenslets in one of its series. */
export const withCount = (box: LensBox, index: number, count: number): LensBox => ({
  ...box,
  series: box.series.map((series, i) => (i === index ? { ...series, count } : series)),
});

/** From the centre of the first lenslet to that of the last. */
export const boxLength_mm = ({ series }: LensBox): number =>
  series.reduce(
    (sum, { count, spacing_mm, separator_mm }, index) =>
      sum + (count - 1) * spacing_mm + (index < series.length - 1 ? (separator_mm ?? 0) : 0),
    0,
  );
