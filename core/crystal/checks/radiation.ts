import type { CifBlock, CifValue } from "../../cif/index.ts";
import { type BlockTable, firstValue } from "../table.ts";
import { type Quantity, quantityAt } from "./subject.ts";

/** Nobody diffracts with longer X-rays: the number is an energy [Angstrom]. */
export const LONGEST_A = 5;

/** Wavelength [Angstrom]; of several the first. */
export const wavelengthOf = (table: BlockTable): Quantity | undefined =>
  quantityAt(table, [
    "_diffrn_radiation_wavelength",
    "_diffrn_radiation_wavelength_wavelength",
    "_diffrn_radiation_wavelength_value",
  ]);

/** Kind of radiation, such as `Mo K\a`. */
export const radiationType = (table: BlockTable): CifValue | undefined =>
  firstValue(table, ["_diffrn_radiation_type", "_diffrn_radiation_wavelength_type"]);

/** Whether the data are of X-rays, as they are where nothing else is said. */
export function isXray(table: BlockTable): boolean {
  const source = firstValue(table, ["_diffrn_source", "_diffrn_radiation_source", "_diffrn_source_type"])?.text ?? "";
  const probe = firstValue(table, ["_diffrn_radiation_probe"])?.text ?? "";
  return !/neutron|electron(?! storage)|gamma|reactor|spallation/i.test(
    `${radiationType(table)?.text} ${probe} ${source}`,
  );
}

/** Whether the data are of a powder, for which limits of single crystals do not hold. */
export function isPowder({ names }: CifBlock): boolean {
  for (const key of names.keys()) if (/^_pd[_.]/.test(key)) return true;
  return false;
}
