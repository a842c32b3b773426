import { equivalentReflections, laueOperations } from "../../crystal/index.ts";
import { mat3, vec3 } from "../../util/index.ts";
import { diffract, sampleToLabRotation } from "../diffraction.ts";
import { goniometerSolutions } from "../goniometer/index.ts";
import type { Hkl } from "../plan.ts";
import { type Margin, smallestMargin } from "./motors.ts";
import type { Subject } from "./subject.ts";

/**
 * The equivalent reflection, Friedel mates among them, that the motors reach with the most room in the mount and with
 * the mean beam direction of the plan; null where none has the wanted margin, or where up follows the reflection.
 */
export function reachableEquivalent(
  { crystal, geometry, instrument, plan }: Subject,
  margin_deg: number,
): { readonly hkl: Hkl; readonly margin: Margin } | null {
  if (plan.sample.up === undefined && plan.sample.orientation === undefined) return null;
  const mean = vec3.add(geometry.k0_sample_invA, geometry.kh_sample_invA);
  const [, ...others] = equivalentReflections(geometry.hkl, laueOperations(crystal.spaceGroup));
  return (
    others
      .flatMap((hkl) => {
        const Q = mat3.multiplyVector(geometry.crystalToSample, mat3.multiplyVector(crystal.cell.reciprocal, hkl));
        const across = vec3.norm(vec3.cross(vec3.normalize(mean), vec3.normalize(Q)));
        const diffraction = diffract(hkl, Q, mean, geometry.energy_keV);
        if (across < 1e-6 || !diffraction.ok) return [];
        const G = sampleToLabRotation(diffraction.value.k0_invA, diffraction.value.kh_invA, instrument.eta_deg);
        const margin = smallestMargin(goniometerSolutions(instrument.stack, G), instrument);
        return margin !== null && margin.margin_deg >= margin_deg ? [{ hkl, margin }] : [];
      })
      .sort((a, b) => b.margin.margin_deg - a.margin.margin_deg)[0] ?? null
  );
}
