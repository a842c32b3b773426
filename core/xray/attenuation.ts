import type { Crystal } from "../crystal/index.ts";
import { AVOGADRO_per_mol, fail, ok, type Result } from "../util/index.ts";
import {
  type AbsorptionEdge,
  coherent_cm2_g,
  type ElamElement,
  elamElement,
  incoherent_cm2_g,
  photo_cm2_g,
} from "./elam.ts";
import { checkElements, type Matter, tableSymbol, unknownElement } from "./elements.ts";
import { checkEnergy } from "./energy.ts";
import { tableFaultIssues } from "./tableFaults.ts";

/** Mass attenuation coefficients mu/rho in cm2/g. */
export interface MassAttenuation {
  readonly photo: number;
  readonly coherent: number;
  readonly incoherent: number;
  readonly total: number;
}

/**
 * mu/rho of an element in cm2/g, 1 to 150 keV, H to Cf (Elam, Ravel and Sieber 2002, splines as XrayDB has them, with
 * their faults: see `TABLE_FAULTS`).
 */
export function massAttenuation_cm2_g(symbol: string, energy_keV: number): Result<MassAttenuation> {
  const energy = checkEnergy(energy_keV);
  if (!energy.ok) return energy;
  const elam = elamElement(symbol);
  if (elam === undefined) return fail(unknownElement(symbol));
  const lnE_eV = Math.log(energy_keV * 1000);
  const photo = photo_cm2_g(elam, lnE_eV);
  const coherent = coherent_cm2_g(elam, lnE_eV);
  const incoherent = incoherent_cm2_g(elam, lnE_eV);
  return ok({ photo, coherent, incoherent, total: photo + coherent + incoherent });
}

/** Absorption edges of an element from 1 to 150 keV, K first; none for an element without tables. */
export const absorptionEdges = (symbol: string): readonly AbsorptionEdge[] =>
  elamElement(tableSymbol(symbol))?.edges ?? [];

export interface CrystalEdge extends AbsorptionEdge {
  readonly element: string;
}

/** Absorption edges of all elements of a crystal from 1 to 150 keV, rising. */
export const edgesOf = (crystal: Crystal): readonly CrystalEdge[] =>
  Object.keys(crystal.contents)
    .flatMap((element) => absorptionEdges(element).map((edge) => ({ element, ...edge })))
    .sort((a, b) => a.energy_keV - b.energy_keV);

const A3_PER_cm3 = 1e24;
const um_PER_cm = 1e4;

/**
 * Linear attenuation coefficient in 1/um as a function of ln(E/eV): sum over the atoms of the cell of their total
 * cross-sections (photoelectric, coherent, incoherent) by the cell volume. Als-Nielsen and McMorrow, Elements of Modern
 * X-ray Physics, 2nd ed., chapter 1.
 */
function attenuationFunction(matter: Matter): Result<(lnE_eV: number) => number> {
  const elements = checkElements(matter);
  if (!elements.ok) return elements;
  const volume_cm3 = matter.cell.volume_A3 / A3_PER_cm3;
  const partial = elements.value.map(({ data, count }) => ({
    elam: data.elam,
    density_g_cm3: (count * data.mass_u) / (AVOGADRO_per_mol * volume_cm3),
  }));
  const total_cm2_g = (elam: ElamElement, x: number): number =>
    photo_cm2_g(elam, x) + coherent_cm2_g(elam, x) + incoherent_cm2_g(elam, x);
  return ok((lnE_eV) => {
    let sum_per_cm = 0;
    for (const { elam, density_g_cm3 } of partial) sum_per_cm += density_g_cm3 * total_cm2_g(elam, lnE_eV);
    return sum_per_cm / um_PER_cm;
  });
}

/**
 * Linear attenuation coefficient of a crystal, or of any matter, in 1/um (total), 1 to 150 keV. Known faults of the table
 * are told as information `xray/table-fault`: overshoot above the K edges of Si (2.1-2.7 keV, +5 %), Ti (5.1-5.8, +5 %),
 * Cr (6.1-7.8, to +12.7 %) and Tm (57.5-73, -4.7 %), and the M edges of Os to Pb (2-3.5 keV, to -49 %); all edges to 3 %.
 */
export function attenuationCoefficient_per_um(matter: Matter, energy_keV: number): Result<number> {
  const energy = checkEnergy(energy_keV);
  if (!energy.ok) return energy;
  const coefficient_per_um = attenuationFunction(matter);
  if (!coefficient_per_um.ok) return coefficient_per_um;
  return ok(coefficient_per_um.value(Math.log(energy_keV * 1000)), tableFaultIssues(matter, energy_keV));
}

/** Length in um over which the beam falls to 1/e, 1 to 150 keV. */
export function attenuationLength_um(crystal: Crystal, energy_keV: number): Result<number> {
  const coefficient_per_um = attenuationCoefficient_per_um(crystal, energy_keV);
  return coefficient_per_um.ok ? ok(1 / coefficient_per_um.value, coefficient_per_um.issues) : coefficient_per_um;
}

/** Attenuation lengths in um at many energies, each within 1 to 150 keV. */
export function attenuationCurve(crystal: Crystal, energies_keV: ArrayLike<number>): Result<Float64Array> {
  const coefficient_per_um = attenuationFunction(crystal);
  if (!coefficient_per_um.ok) return coefficient_per_um;
  const lengths_um = new Float64Array(energies_keV.length);
  for (let i = 0; i < lengths_um.length; i++) {
    const energy = checkEnergy(energies_keV[i]!);
    if (!energy.ok) return energy;
    lengths_um[i] = 1 / coefficient_per_um.value(Math.log(energy.value * 1000));
  }
  return ok(lengths_um);
}
