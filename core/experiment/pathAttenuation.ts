import type { Crystal } from "../crystal/index.ts";
import { fail, ok, type Result, radians } from "../util/index.ts";
import { attenuationCoefficient_per_um, refractiveIndex } from "../xray/index.ts";
import { centralSignal_um } from "./beamPath.ts";
import type { PathAttenuation } from "./experiment.types.ts";
import type { Geometry } from "./geometry.types.ts";
import { maximise } from "./maximise.ts";
import type { ExperimentPlan } from "./plan.ts";

/** Thicknesses that are searched, as multiples of the attenuation length. */
const SEARCHED: readonly [number, number] = [1e-3, 30];
/** A signal that still grows at the end of the search has no best thickness. */
const AT_THE_END = 0.99;

/** Wider than any sample. */
const ENDLESS_um = 1e9;

/**
 * Signal of the central ray as a length in um, all but the thickness as planned. A plate that is crossed from the back
 * to the exit face counts as endless sideways: how thick it should be does not depend on how large it is.
 */
export function signalOfThickness(
  { sample }: ExperimentPlan,
  { path, k0_sample_invA, kh_sample_invA }: Geometry,
  mu_per_um: number,
): (thickness_um: number) => number {
  const isPlate = path.entryFace === "-x" && path.exitFace === "+x";
  const [width_um, height_um] = isPlate ? [ENDLESS_um, ENDLESS_um] : [sample.width_um, sample.height_um];
  return (thickness_um) =>
    centralSignal_um({
      box_um: [thickness_um, width_um, height_um],
      k0_sample: k0_sample_invA,
      kh_sample: kh_sample_invA,
      attenuationCoefficient_per_um: mu_per_um,
    });
}

/**
 * Attenuation on the planned path. The best thickness is cos(theta)/mu in symmetric Laue geometry, where the signal is
 * x e^(1-x) of the best with x = -ln T; elsewhere it is the maximum of the signal over the thickness.
 */
export function pathAttenuation(plan: ExperimentPlan, crystal: Crystal, geometry: Geometry): Result<PathAttenuation> {
  const mu = attenuationCoefficient_per_um(crystal, geometry.energy_keV);
  const index = refractiveIndex(crystal, geometry.energy_keV);
  if (!mu.ok || !index.ok) return fail(...mu.issues, ...index.issues);
  const { thickness_um } = plan.sample;
  const signal = signalOfThickness(plan, geometry, mu.value);
  const best = maximise(
    (log) => signal(Math.exp(log)),
    [Math.log(SEARCHED[0] / mu.value), Math.log(SEARCHED[1] / mu.value)],
  );
  const end = SEARCHED[1] / mu.value;
  const hasOptimum = best.value * AT_THE_END > signal(end);
  const { entryFace, exitFace } = geometry.path;
  return ok(
    {
      attenuationCoefficient_per_um: mu.value,
      attenuationLength_um: 1 / mu.value,
      delta: index.value.delta,
      beta: index.value.beta,
      straightThrough: Math.exp(-mu.value * thickness_um),
      optimumThickness_um: hasOptimum ? Math.exp(best.at) : null,
      signalOfOptimum: Math.min(1, signal(thickness_um) / best.value),
      penetration_um: entryFace === exitFace ? Math.sin(radians(geometry.twoTheta_deg / 2)) / (2 * mu.value) : null,
    },
    index.issues,
  );
}

/**
 * Mean transmission along the central ray for other thicknesses of the planned sample; in a plate (e^-b - e^-a)/(a - b)
 * with a = mu t/gamma0 and b = mu t/gammah. 1 at no thickness.
 */
export function transmissionOfThickness(
  { sample }: ExperimentPlan,
  { k0_sample_invA, kh_sample_invA }: Geometry,
  mu_per_um: number,
): (thickness_um: number) => number {
  const signal = (thickness_um: number, attenuationCoefficient_per_um: number): number =>
    centralSignal_um({
      box_um: [thickness_um, sample.width_um, sample.height_um],
      k0_sample: k0_sample_invA,
      kh_sample: kh_sample_invA,
      attenuationCoefficient_per_um,
    });
  return (thickness_um) => (thickness_um > 0 ? signal(thickness_um, mu_per_um) / signal(thickness_um, 0) : 1);
}
