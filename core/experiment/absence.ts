import { type Crystal, isSystematicallyAbsent } from "../crystal/index.ts";
import { vanishesBySites } from "../xray/index.ts";
import type { Hkl } from "./plan.ts";

/**
 * Why a reflection has no intensity: `symmetry`, a lattice centring, screw axis or glide plane extinguishes it; `sites`,
 * the atoms lie on positions each of which scatters nothing into it, whatever the element (diamond 222). `none`: neither;
 * the reflection may still be weak, or atoms of different elements may cancel by accident.
 */
export type Absence = "none" | "symmetry" | "sites";

/**
 * Decided by the operations (International Tables B, equation 1.4.2.8) and by the geometric structure factor of each
 * site, not by the size of |F|; for spherical atoms.
 */
export function absenceOf(crystal: Crystal, hkl: Hkl): Absence {
  if (isSystematicallyAbsent(hkl, crystal.spaceGroup.operations)) return "symmetry";
  return vanishesBySites(crystal, hkl) ? "sites" : "none";
}
