import type { Crystal } from "../crystal/index.ts";
import { degrees, error, fail, ok, type Result, radians, wavelength_A } from "../util/index.ts";
import { checkEnergy, type StructureFactor, structureFactors } from "../xray/index.ts";
import { type Absence, absenceOf } from "./absence.ts";
import { type LaueClass, laueClasses } from "./laueClasses.ts";
import type { Hkl } from "./plan.ts";

/** Below this part of the sum of all scattering amplitudes |F| counts as zero. */
const ABSENT_FRACTION = 1e-6;

/** Whether a reflection and its Friedel mate have no intensity. */
export const isAbsent = (factor: Pick<StructureFactor, "abs" | "abs_friedel" | "sumOfScattering">): boolean =>
  Math.max(factor.abs, factor.abs_friedel) < ABSENT_FRACTION * factor.sumOfScattering;

/** One Laue class. */
export interface ReflectionRow {
  /** Lexicographically largest member of the class. */
  readonly hkl: Hkl;
  readonly d_A: number;
  readonly twoTheta_deg: number;
  /** |F(hkl)| in electrons per cell, dispersion included. */
  readonly F: number;
  /** |F(-h-k-l)|; equal to F in centrosymmetric crystals. */
  readonly F_friedel: number;
  /** Members of the class, Friedel mates counted. */
  readonly multiplicity: number;
  /** 100 |F|^2 / the largest |F|^2 of the list; equivalents do not scale it. */
  readonly relativeIntensity: number;
}

export interface ReflectionTableOptions {
  readonly energy_keV: number;
  /** Default 45. */
  readonly twoThetaMax_deg?: number;
  /** Smallest spacing listed; default: what `twoThetaMax_deg` gives. */
  readonly dMin_A?: number;
  readonly formFactors?: "neutral" | "ionic";
}

/** A Laue class without intensity for the reason `absence`. */
export interface AbsentReflection {
  readonly hkl: Hkl;
  readonly d_A: number;
  readonly twoTheta_deg: number;
  readonly multiplicity: number;
  readonly absence: Exclude<Absence, "none">;
}

interface Reach {
  readonly lambda_A: number;
  readonly dMin_A: number;
}

/** The spacings that energy and largest 2theta let diffract. */
function reachOf({ energy_keV, twoThetaMax_deg = 45, dMin_A = 0 }: ReflectionTableOptions): Result<Reach> {
  if (!(twoThetaMax_deg > 0 && twoThetaMax_deg <= 180)) {
    return fail(
      error("plan/two-theta-max", "The largest 2θ must lie above 0° and up to 180°.", { field: "twoThetaMax_deg" }),
    );
  }
  if (!(dMin_A >= 0)) {
    return fail(error("plan/d-min", "The smallest spacing d must be 0 or more.", { field: "dMin_A" }));
  }
  const energy = checkEnergy(energy_keV);
  if (!energy.ok) return energy;
  const lambda_A = wavelength_A(energy_keV);
  return ok({ lambda_A, dMin_A: Math.max(dMin_A, lambda_A / (2 * Math.sin(radians(twoThetaMax_deg / 2)))) });
}

const twoThetaOf_deg = (d_A: number, lambda_A: number): number =>
  degrees(2 * Math.asin(Math.min(1, lambda_A / (2 * d_A))));

interface ClassList {
  readonly dMin_A: number;
  readonly classes: readonly LaueClass[];
  /** Their indices, the array by which the sums over atoms are kept. */
  readonly hkl: Int32Array;
}

const lastClasses = new WeakMap<Crystal, ClassList>();
/** Lists reach a little further than asked for, down to a power of this, so that small changes of energy share one. */
const LIST_STEP = 1.05;

/** A list of Laue classes that holds all with d >= dMin_A first: the last one of the crystal where it serves. */
function classList(crystal: Crystal, dMin_A: number): ClassList {
  const listed_A = LIST_STEP ** Math.floor(Math.log(dMin_A) / Math.log(LIST_STEP));
  const known = lastClasses.get(crystal);
  if (known?.dMin_A === listed_A) return known;
  const classes = laueClasses(crystal, listed_A);
  const list = { dMin_A: listed_A, classes, hkl: Int32Array.from(classes.flatMap(({ hkl }) => hkl)) };
  lastClasses.set(crystal, list);
  return list;
}

/** Relative rounding of a spacing at the edge of the list. */
const SPACING_ROUNDING = 1e-12;

/**
 * All Laue classes within reach of the energy and 2theta, sorted by falling d; absent ones are left out. What depends on
 * the places of the atoms alone is kept from one energy to the next.
 */
export function reflectionTable(crystal: Crystal, options: ReflectionTableOptions): Result<readonly ReflectionRow[]> {
  const reach = reachOf(options);
  if (!reach.ok) return reach;
  const { energy_keV, formFactors = "neutral" } = options;
  const factors = structureFactors(crystal, energy_keV, { formFactors });
  if (!factors.ok) return factors;
  const { lambda_A, dMin_A } = reach.value;
  const { classes, hkl: listed } = classList(crystal, dMin_A);
  const list = factors.value.all(listed);
  const modulus = (pairs: Float64Array, i: number): number => Math.hypot(pairs[2 * i]!, pairs[2 * i + 1]!);
  const rows = classes.flatMap(({ hkl, d_A, multiplicity }, i) => {
    if (d_A < dMin_A * (1 - SPACING_ROUNDING)) return [];
    const F = modulus(list.F, i);
    const F_friedel = modulus(list.F_friedel, i);
    if (isAbsent({ abs: F, abs_friedel: F_friedel, sumOfScattering: list.sumOfScattering[i]! })) return [];
    return [{ hkl, d_A, twoTheta_deg: twoThetaOf_deg(d_A, lambda_A), F, F_friedel, multiplicity }];
  });
  const strongest = rows.reduce((largest, { F }) => Math.max(largest, F), 0);
  return ok(
    rows.map((row) => ({ ...row, relativeIntensity: 100 * (row.F / strongest) ** 2 })),
    factors.issues,
  );
}

/**
 * The Laue classes within reach that `reflectionTable` leaves out because symmetry or the positions of the sites
 * extinguish them, sorted by falling d.
 */
export function absentReflections(
  crystal: Crystal,
  options: ReflectionTableOptions,
): Result<readonly AbsentReflection[]> {
  const reach = reachOf(options);
  if (!reach.ok) return reach;
  const { lambda_A, dMin_A } = reach.value;
  return ok(
    laueClasses(crystal, dMin_A, { withExtinct: true }).flatMap(({ hkl, d_A, multiplicity }) => {
      const absence = absenceOf(crystal, hkl);
      if (absence === "none") return [];
      return [{ hkl, d_A, twoTheta_deg: twoThetaOf_deg(d_A, lambda_A), multiplicity, absence }];
    }),
  );
}

/** The reflection that is planned where the user named none: the brightest, ties by the lower angle. */
export function defaultReflection(crystal: Crystal, energy_keV: number): Result<Hkl> {
  const table = reflectionTable(crystal, { energy_keV });
  if (!table.ok) return table;
  const [first, ...rest] = table.value;
  if (first === undefined) {
    return fail(
      error(
        "plan/no-reflection",
        "No reflection of this crystal lies below 2θ = 45° at this energy: raise the energy.",
        { field: "beam.energy_keV" },
      ),
    );
  }
  return ok(
    rest.reduce((best, row) => (row.relativeIntensity > best.relativeIntensity * (1 + 1e-9) ? row : best), first).hkl,
  );
}
