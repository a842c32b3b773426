import { ELECTRON_RADIUS_A, type Issue, ok, type Result, wavelength_A } from "../util/index.ts";
import { dispersionIssues, dispersionOf } from "./dispersion.ts";
import { checkElements, type Matter } from "./elements.ts";
import { checkEnergy } from "./energy.ts";

/** n = 1 - delta - i beta; beta is of photoelectric absorption alone, mu_photo = 4 pi beta / lambda. */
export interface RefractiveIndex {
  readonly delta: number;
  readonly beta: number;
}

/**
 * Refractive index of a crystal, or of any matter, from 1 to 150 keV: delta + i beta = r_e lambda^2 / (2 pi V) sum (Z + f' + i f''),
 * Als-Nielsen and McMorrow, Elements of Modern X-ray Physics, 2nd ed., chapters 3 and 8.
 */
export function refractiveIndex(matter: Matter, energy_keV: number): Result<RefractiveIndex> {
  const energy = checkEnergy(energy_keV);
  if (!energy.ok) return energy;
  const elements = checkElements(matter);
  if (!elements.ok) return elements;
  const issues: Issue[] = [];
  let real = 0;
  let imaginary = 0;
  for (const { data, count } of elements.value) {
    const { fPrime, fDoublePrime } = dispersionOf(data, energy_keV);
    issues.push(...dispersionIssues(data));
    real += count * (data.atomicNumber + fPrime);
    imaginary += count * fDoublePrime;
  }
  const factor = (ELECTRON_RADIUS_A * wavelength_A(energy_keV) ** 2) / (2 * Math.PI * matter.cell.volume_A3);
  return ok({ delta: factor * real, beta: factor * imaginary }, issues);
}
