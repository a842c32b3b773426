import type { Place } from "./atoms.ts";
import { angle, distance, type Measure, torsion } from "./measures.ts";

/** Lengths or angles that a file lists, each between atoms with labels and symmetry codes. */
export interface GeometryList {
  readonly what: string;
  /** Stem of the names of labels and symmetry codes, and their ends in the order of the atoms. */
  readonly stem: string;
  readonly ends: readonly string[];
  readonly values: readonly string[];
  readonly unit: "Å" | "°";
  /** Whether 180 and -180 degrees are one. */
  readonly isPeriodic?: boolean;
  /** Smaller differences are nothing to tell of. */
  readonly least: number;
  /** From this difference on something else is wrong than a digit. */
  readonly large: number;
  /** What a message says of the test of PLATON that it follows, if it has a number. */
  readonly test: string;
  readonly measure: (places: readonly Place[]) => Measure | undefined;
}

const length = (places: readonly Place[]) => distance(places as [Place, Place]);
const LENGTH = { unit: "Å", least: 0.002, large: 0.1, measure: length } as const;
const ANGLE = {
  unit: "°",
  least: 0.1,
  large: 5,
  measure: (places: readonly Place[]) => angle(places as [Place, Place, Place]),
} as const;
const HYDROGEN = "_geom_hbond";

export const LISTS: readonly GeometryList[] = [
  {
    ...LENGTH,
    what: "Bond",
    stem: "_geom_bond",
    ends: ["1", "2"],
    values: ["_geom_bond_distance"],
    test: " (PLAT701)",
  },
  {
    ...LENGTH,
    what: "Contact",
    stem: "_geom_contact",
    ends: ["1", "2"],
    values: ["_geom_contact_distance"],
    test: " (PLAT701)",
  },
  {
    ...ANGLE,
    what: "Angle",
    stem: "_geom_angle",
    ends: ["1", "2", "3"],
    values: ["_geom_angle", "_geom_angle_value"],
    test: " (PLAT702)",
  },
  {
    what: "Torsion angle",
    stem: "_geom_torsion",
    ends: ["1", "2", "3", "4"],
    values: ["_geom_torsion", "_geom_torsion_angle"],
    unit: "°",
    isPeriodic: true,
    least: 0.2,
    large: 10,
    test: " (PLAT703)",
    measure: (places) => torsion(places as [Place, Place, Place, Place]),
  },
  ...["dh", "ha", "da"].map((pair) => ({
    ...LENGTH,
    what: `${pair[0]!.toUpperCase()}–${pair[1]!.toUpperCase()} distance of the hydrogen bond`,
    stem: HYDROGEN,
    ends: [...pair],
    values: [`${HYDROGEN}_distance_${pair}`],
    test: "",
  })),
  {
    ...ANGLE,
    what: "Angle of the hydrogen bond",
    stem: HYDROGEN,
    ends: ["d", "h", "a"],
    values: [`${HYDROGEN}_angle_dha`],
    test: "",
  },
];
