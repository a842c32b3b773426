import { error, fail, ok, type Result } from "../util/index.ts";

/** Photon energies that the tables cover, in keV. */
export const ENERGY_RANGE_keV: readonly [number, number] = [1, 150];

/** Accepts a photon energy that every table covers; otherwise says what is wrong with it. */
export function checkEnergy(energy_keV: number): Result<number> {
  const [min, max] = ENERGY_RANGE_keV;
  if (energy_keV >= min && energy_keV <= max) return ok(energy_keV);
  const remedy = `Give a value from ${min} to ${max} keV.`;
  const refuse = (reason: string): Result<number> =>
    fail(error("plan/energy-range", `${reason} ${remedy}`, { field: "beam.energy_keV" }));
  if (Number.isNaN(energy_keV)) return refuse("The photon energy is not a number.");
  if (energy_keV <= 0) return refuse(`The photon energy is ${energy_keV} keV, but it must be positive.`);
  if (energy_keV < min) return refuse(`The photon energy is ${energy_keV} keV, below the X-ray tables.`);
  const inElectronvolts = energy_keV >= 1000 * min && energy_keV <= 1000 * max;
  const guess = inElectronvolts ? ` (a value in eV would be ${energy_keV / 1000} keV)` : "";
  return refuse(`The photon energy is ${energy_keV} keV, above the X-ray tables${guess}.`);
}
