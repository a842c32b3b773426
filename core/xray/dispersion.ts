import { AVOGADRO_per_mol, ELECTRON_RADIUS_A, type Issue, ok, type Result, wavelength_A } from "../util/index.ts";
import { chantlerFPrime, hasChantlerFPrime } from "./chantler.ts";
import { photo_cm2_g } from "./elam.ts";
import { type ElementData, elementData } from "./elements.ts";
import { checkEnergy } from "./energy.ts";

/** Dispersion correction of the scattering factor f = f0 + f' + i f'', in electrons. */
export interface Dispersion {
  readonly fPrime: number;
  readonly fDoublePrime: number;
}

const A2_PER_cm2 = 1e16;

/** Dispersion of an element at an energy that `checkEnergy` accepts; f' is 0 beyond uranium. */
export function dispersionOf(data: ElementData, energy_keV: number): Dispersion {
  const photo = photo_cm2_g(data.elam, Math.log(energy_keV * 1000));
  const photo_A2 = (photo * data.mass_u * A2_PER_cm2) / AVOGADRO_per_mol;
  return {
    fPrime: chantlerFPrime(data.symbol, energy_keV) ?? 0,
    fDoublePrime: photo_A2 / (2 * ELECTRON_RADIUS_A * wavelength_A(energy_keV)),
  };
}

/** A warning where the table of f' does not have the element. */
export const dispersionIssues = (data: ElementData): readonly Issue[] =>
  hasChantlerFPrime(data.symbol)
    ? []
    : [
        {
          code: "xray/no-f-prime",
          severity: "warning",
          message: `The table of f' ends at uranium: f' of ${data.symbol} is taken as 0, which may be wrong by several electrons.`,
        },
      ];

/**
 * f' and f'' of an element (D and T as H) from 1 to 150 keV. f'' follows from the photoelectric cross-section of Elam's
 * table by the optical theorem, sigma = 2 r_e lambda f'' (Als-Nielsen and McMorrow, Elements of Modern X-ray Physics,
 * 2nd ed., chapter 8), f' from Chantler's table; beyond uranium f' is 0 and an issue says so. f'' has the faults of Elam's
 * table (`TABLE_FAULTS`) and lies 1 to 3 % above Chantler's f'', with EPDL97 and Kissel.
 */
export function dispersion(symbol: string, energy_keV: number): Result<Dispersion> {
  const energy = checkEnergy(energy_keV);
  if (!energy.ok) return energy;
  const data = elementData(symbol);
  return data.ok ? ok(dispersionOf(data.value, energy_keV), dispersionIssues(data.value)) : data;
}
