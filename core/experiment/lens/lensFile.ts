import * as v from "valibot";

/** The format of a `*.dfxrm-lens.json` file; the descriptions are what its JSON schema says. */

const described = <T extends v.GenericSchema>(schema: T, text: string) => v.pipe(schema, v.description(text));

/** Beyond these no lens is built, and the numbers that follow would not be finite. */
const LARGEST = 1e6;
const SMALLEST = 1e-6;

const notTooLarge = v.maxValue<number, number, string>(LARGEST, `it must be ${LARGEST} or less`);
const positive = (unit: string, text: string) =>
  described(
    v.pipe(
      v.number(`give a number in ${unit}`),
      v.gtValue(0, "it must be above 0"),
      v.minValue(SMALLEST, `it must be ${SMALLEST} or more`),
      notTooLarge,
    ),
    text,
  );
const notNegative = (unit: string, text: string) =>
  described(v.pipe(v.number(`give a number in ${unit}`), v.minValue(0, "it must not be negative"), notTooLarge), text);
const distance = (text: string) =>
  described(
    v.optional(
      v.pipe(v.number("give a number in mm"), v.minValue(-LARGEST, `it must be ${-LARGEST} or more`), notTooLarge),
      0,
    ),
    text,
  );

const unitCell = v.object({
  atoms: described(
    v.pipe(
      v.array(v.string("give element symbols in quotes"), "give a list of element symbols"),
      v.minLength(1, "name at least one atom"),
    ),
    "Element symbols of all atoms in the unit cell, one each.",
  ),
  volume_A3: positive("Å³", "Volume of the unit cell in cubic ångström."),
});

const byFormula = v.looseObject({
  formula: described(v.string('give a formula in quotes, such as "Be"'), "Formula, such as Be or C5H8O2."),
  density_g_cm3: positive("g/cm³", "Density in g/cm³."),
});

const material = described(
  v.union(
    [
      byFormula,
      v.looseObject({ unitCell: described(unitCell, "The unit cell, from which formula and density follow.") }),
    ],
    "give formula and density_g_cm3, or unitCell with atoms and volume_A3",
  ),
  "What the lenslets are made of: formula and density, or a unit cell.",
);

const series = v.looseObject(
  {
    count: described(
      v.pipe(
        v.number("give a whole number"),
        v.integer("give a whole number"),
        v.minValue(1, "give 1 or more"),
        v.maxValue(10000, "give 10000 or fewer"),
      ),
      "Number of lenslets.",
    ),
    radius_um: positive("µm", "Radius of curvature at the apex of each of the two parabolic surfaces, in µm."),
    spacing_mm: positive("mm", "From the centre of one lenslet to that of the next, in mm."),
    separator_mm: v.optional(
      notNegative(
        "mm",
        "From the centre of the last lenslet of this series to the centre of the first one of the next series, in mm.",
      ),
    ),
    material,
    discThickness_um: v.optional(
      positive(
        "µm",
        "Thickness of one lenslet at its rim, in µm: it gives the geometrical aperture. Leave out if unknown.",
      ),
    ),
    web_um: v.optional(notNegative("µm", "Thickness of one lenslet on its axis, in µm. Leave out if unknown.")),
  },
  "give an object with count, radius_um, spacing_mm and material",
);

const mountPoint = v.looseObject({
  along_mm: distance("Along the lens box, downstream of the centre of its first lenslet, in mm."),
  orthogonal_mm: distance("Across the lens box in the scattering plane, away from the direct beam, in mm."),
  offsetX_mm: distance("Added along the incident beam, in mm."),
  offsetY_mm: distance("Added across the incident beam in the scattering plane, in mm."),
});

const flag = (text: string) => described(v.boolean("give true or false"), text);

export const lensFileSchema = v.looseObject(
  {
    $schema: described(v.optional(v.string()), "Schema by which an editor checks the file."),
    version: described(v.literal(1, "give 1, the only version there is"), "Version of the format."),
    name: described(v.optional(v.string("give a name in quotes")), "Name of the lens; by default that of its file."),
    series: described(
      v.pipe(
        v.array(series, "give a list of series of equal lenslets"),
        v.minLength(1, "give at least one series of lenslets"),
        v.maxLength(100, "give 100 series or fewer"),
      ),
      "Series of equal lenslets, from the sample to the detector.",
    ),
    mountPoint: described(v.optional(mountPoint), "Where the box is held, from the centre of its first lenslet."),
    mountPointShown: described(
      v.optional(
        v.looseObject({
          along: flag("Show the distance of the mount point along the diffracted beam."),
          orthogonal: flag("Show the distance of the mount point across the diffracted beam."),
          x: flag("Show the distance of the mount point along the incident beam."),
          y: flag("Show the distance of the mount point across the incident beam."),
        }),
      ),
      "Which distances of the mount point are wanted at the instrument.",
    ),
    notes: described(v.optional(v.string("give text in quotes")), "Anything worth knowing about the lens."),
  },
  "give an object with version and series",
);

export type LensFile = v.InferOutput<typeof lensFileSchema>;

/** The unit cell of a material; null where it is given by formula and density. */
export const cellOf = (material: LensFile["series"][number]["material"]): v.InferOutput<typeof unitCell> | null =>
  "unitCell" in material && v.is(unitCell, material.unitCell) ? material.unitCell : null;

/** Formula and density of a material; null where it is given by its cell. */
export const formulaOf = (
  material: LensFile["series"][number]["material"],
): { readonly formula: string; readonly density_g_cm3: number } | null =>
  cellOf(material) === null && v.is(byFormula, material) ? material : null;
