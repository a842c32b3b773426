import { axialTransmission } from "./acceptance.ts";
import type { LensBox } from "./lensBox.ts";
import { lensTrain, seriesOptics } from "./train.ts";

/** What a lens lets through on its axis; null where the thickness of its webs or its material is not known. */
export function lensTransmission(box: LensBox, energy_keV: number): number | null {
  const optics = seriesOptics(box, energy_keV);
  return optics.ok ? axialTransmission(lensTrain(box, optics.value)) : null;
}
