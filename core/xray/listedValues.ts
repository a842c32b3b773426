import type { CifBlock, CifDocument } from "../cif/index.ts";
import {
  type Check,
  type CheckSubject,
  type Crystal,
  type DocumentIssue,
  documentIssues,
  elementBySymbol,
  formulaOf,
  isXray,
  placeOf,
  type Quantity,
  quantityAt,
  replaceBy,
  wavelengthOf,
} from "../crystal/index.ts";
import { ELECTRON_RADIUS_A, HC_keV_A, type Issue, type Result, type Severity } from "../util/index.ts";
import { absorptionEdges, attenuationCoefficient_per_um } from "./attenuation.ts";
import { type Dispersion, dispersion } from "./dispersion.ts";
import type { Matter } from "./elements.ts";
import { ENERGY_RANGE_keV } from "./energy.ts";
import { tableFaultIssues } from "./tableFaults.ts";

/** What the file says that the cell holds: Z times the formula, and the atoms of the list. */
function mattersOf({ table, crystal, cell }: CheckSubject): readonly Matter[] {
  const formula = formulaOf(table);
  const units = quantityAt(table, ["_cell_formula_units_z"]);
  const counts = Object.entries(formula && units ? formula.counts : {});
  const byFormula = Object.fromEntries(counts.map(([symbol, count]) => [symbol, count * units!.value]));
  return [byFormula, crystal?.contents ?? {}].flatMap((contents) =>
    cell && Object.keys(contents).length > 0 ? [{ contents, cell }] : [],
  );
}

/** Photon energy [keV] of a wavelength that the tables cover. */
function energyOf({ table }: CheckSubject): number | undefined {
  const energy_keV = HC_keV_A / (wavelengthOf(table)?.value ?? Number.NaN);
  return energy_keV >= ENERGY_RANGE_keV[0] && energy_keV <= ENERGY_RANGE_keV[1] ? energy_keV : undefined;
}

/** Sum over the atoms of a cell; undefined where an element has no tables. */
function sumOf({ contents }: Matter, energy_keV: number, of: (values: Dispersion, atomicNumber: number) => number) {
  let sum = 0;
  for (const [symbol, count] of Object.entries(contents)) {
    const values = dispersion(symbol, energy_keV);
    if (!values.ok) return undefined;
    sum += count * of(values.value, elementBySymbol(symbol)!.atomicNumber);
  }
  return sum;
}

/** Relative deviations that give alerts B and A of the IUCr. */
const NOTABLE = 0.05;
const LARGE = 0.1;
/** Nearer to an absorption edge than this share of its energy, tables differ. */
const EDGE_SHARE = 0.01;
const A_PER_mm = 1e7;
const um_PER_mm = 1e3;

interface Absorption {
  /** Photoelectric part [1/mm]. */
  readonly photo: number;
  /** With scattering [1/mm]. */
  readonly total: number;
}

/** Undefined near an absorption edge, where our table is known to be wrong, and for elements without tables. */
function absorptionOf(matter: Matter, energy_keV: number): Absorption | undefined {
  const isNearEdge = Object.keys(matter.contents).some((symbol) =>
    absorptionEdges(symbol).some((edge) => Math.abs(edge.energy_keV - energy_keV) < EDGE_SHARE * edge.energy_keV),
  );
  const total = attenuationCoefficient_per_um(matter, energy_keV);
  const fDoublePrime = sumOf(matter, energy_keV, (values) => values.fDoublePrime);
  if (isNearEdge || !total.ok || fDoublePrime === undefined || tableFaultIssues(matter, energy_keV).length > 0)
    return undefined;
  // Optical theorem: mu = 2 r_e lambda sum f'' / V.
  const photo_per_A = (2 * ELECTRON_RADIUS_A * (HC_keV_A / energy_keV) * fDoublePrime) / matter.cell.volume_A3;
  return { photo: photo_per_A * A_PER_mm, total: total.value * um_PER_mm };
}

/**
 * IUCr ABSMU01: the absorption coefficient [1/mm] against the attenuation of Z formulas, or of the atoms, in the cell at the
 * wavelength of the file. Other tables leave scattering out or are older, which for light atoms makes much: values between
 * the photoelectric part and the whole, and those within 10 %, are told by a hint only.
 */
const absorptionIssues: Check = (subject) => {
  const given = quantityAt(subject.table, ["_exptl_absorpt_coefficient_mu"]);
  const energy_keV = energyOf(subject);
  if (!given || !(given.value > 0) || energy_keV === undefined || !isXray(subject.table)) return [];
  const deviation = (expected: number): number =>
    Math.max(0, Math.abs(given.value - expected) - 0.5 * 10 ** -given.decimals) / expected;
  const [nearest] = mattersOf(subject)
    .flatMap((matter) => absorptionOf(matter, energy_keV) ?? [])
    .sort((a, b) => deviation(a.total) - deviation(b.total));
  if (!nearest || deviation(nearest.total) <= NOTABLE) return [];
  const { photo, total } = nearest;
  const isBetween = given.value >= (1 - NOTABLE) * photo && given.value < total;
  const severity: Severity = isBetween || deviation(total) <= LARGE ? "hint" : "warning";
  const written = total.toFixed(total < 1 ? 3 : 2);
  const cause =
    deviation(10 * total) <= LARGE
      ? "; it seems to be in cm⁻¹"
      : isBetween
        ? `, of which absorption alone is ${photo.toFixed(total < 1 ? 3 : 2)}`
        : "";
  const message = `Absorption coefficient ${given.text} mm⁻¹ is not the ${written} mm⁻¹ of the cell at ${energy_keV.toFixed(2)} keV (ABSMU01)${cause}.`;
  return [listedIssue(subject, "xray/absorption-coefficient", severity, message, given, written)];
};

/** A smaller difference of F(000) is rounding, or other tables of f' [electrons]. */
const SAME_F000 = 0.6;
const SAME_F000_SHARE = 0.001;
const NOTABLE_F000_SHARE = 0.01;

/** PLAT068: F(000) against the electrons of the cell, with f' at the wavelength of the file or without. */
const electronCountIssues: Check = (subject) => {
  const given = quantityAt(subject.table, ["_exptl_crystal_f_000"]);
  if (!given || !isXray(subject.table)) return [];
  const energy_keV = energyOf(subject);
  const matters = mattersOf(subject);
  const electrons = matters.flatMap(({ contents }) =>
    Object.entries(contents).reduce((sum, [s, count]) => sum + count * elementBySymbol(s)!.atomicNumber, 0),
  );
  const forward = matters.flatMap((matter) => {
    if (energy_keV === undefined) return [];
    const real = sumOf(matter, energy_keV, ({ fPrime }, Z) => Z + fPrime);
    const imaginary = sumOf(matter, energy_keV, ({ fDoublePrime }) => fDoublePrime);
    return real === undefined || imaginary === undefined ? [] : [real, Math.hypot(real, imaginary)];
  });
  const tolerance = SAME_F000 + SAME_F000_SHARE * given.value;
  const [expected] = electrons;
  if (expected === undefined) return [];
  if ([...electrons, ...forward].some((value) => Math.abs(value - given.value) <= tolerance)) return [];
  const written = String(Number(expected.toFixed(1)));
  const severity: Severity = Math.abs(given.value / expected - 1) > NOTABLE_F000_SHARE ? "information" : "hint";
  const message = `F(000) is ${given.text}, but the cell holds ${written} electrons (PLAT068); correct it, Z, or the formula.`;
  return [listedIssue(subject, "xray/f-000", severity, message, given, written)];
};

const listedIssue = (
  { table }: CheckSubject,
  code: string,
  severity: Severity,
  message: string,
  { range }: Quantity,
  better: string,
): Issue => {
  const [formula, wavelength] = [formulaOf(table)?.value, wavelengthOf(table)];
  const units = quantityAt(table, ["_cell_formula_units_z"]);
  const related = [
    ...placeOf(formula, `Formula ${formula?.text.trim()}`),
    ...placeOf(units, `Z = ${units?.text}`),
    ...placeOf(wavelength, `Wavelength ${wavelength?.text} Å`),
  ];
  return { code, severity, message, range, fixes: [replaceBy(better, range)], related };
};

/** Checks of what a CIF lists against the X-ray tables. */
const XRAY_CHECKS: readonly Check[] = [absorptionIssues, electronCountIssues];

/** All problems of a CIF: `documentIssues`, and what the X-ray tables say of its absorption coefficient and F(000). */
export const cifIssues = (
  document: CifDocument,
  crystalOf?: (block: CifBlock) => Result<Crystal>,
): readonly DocumentIssue[] => documentIssues(document, crystalOf, XRAY_CHECKS);
