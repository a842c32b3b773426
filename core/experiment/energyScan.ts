import type { Crystal } from "../crystal/index.ts";
import { ELECTRON_RADIUS_A, HC_keV_A, radians, type Vec3, vec3 } from "../util/index.ts";
import { attenuationCoefficient_per_um, ENERGY_RANGE_keV, edgesOf, structureFactors } from "../xray/index.ts";
import { beamPath, centralPath, centralSignal_um } from "./beamPath.ts";
import { diffract, sampleToLabRotation } from "./diffraction.ts";
import { dynamicalToKinematical, entranceThickness_um, meanDynamicalToKinematical } from "./dynamical.ts";
import { entranceCosines, extinctionLengths, polarisationFactor } from "./extinction.ts";
import type { BeamsInSample, Geometry } from "./geometry.types.ts";
import type { InstrumentProfile } from "./instrument/index.ts";
import { type Maximum, maximise } from "./maximise.ts";
import type { ExperimentPlan } from "./plan.ts";
import { detectorRange_deg } from "./reach/detector.ts";

/** The planned experiment with the sample as it is mounted, of which only the energy changes. */
export interface FixedSample {
  readonly plan: ExperimentPlan;
  readonly crystal: Crystal;
  readonly instrument: InstrumentProfile;
  readonly geometry: Geometry;
}

/** Beside an edge by this part of its energy. */
const EDGE_SIDE = 1e-6;

export const boxOf = ({ sample }: ExperimentPlan): Vec3 => [sample.thickness_um, sample.width_um, sample.height_um];

/** The same reflection of the same mounted sample at another energy; null where it cannot diffract. */
function beamsAt({ plan, geometry, instrument }: FixedSample, energy_keV: number): BeamsInSample | null {
  const { hkl, Q_sample_invA, k0_sample_invA, kh_sample_invA } = geometry;
  const diffraction = diffract(hkl, Q_sample_invA, vec3.add(k0_sample_invA, kh_sample_invA), energy_keV);
  if (!diffraction.ok) return null;
  const { wavelength_A, twoTheta_deg, k0_invA, kh_invA } = diffraction.value;
  return {
    hkl,
    wavelength_A,
    twoTheta_deg,
    k0_sample_invA: k0_invA,
    kh_sample_invA: kh_invA,
    sampleToLab: sampleToLabRotation(k0_invA, kh_invA, instrument.eta_deg),
    path: centralPath(boxOf(plan), k0_invA, kh_invA),
  };
}

/** Mean transmission over the lit volume at another energy; 0 where the reflection cannot diffract. */
export function transmissionAt(sample: FixedSample, energy_keV: number): number {
  const there = beamsAt(sample, energy_keV);
  const mu = attenuationCoefficient_per_um(sample.crystal, energy_keV);
  if (there === null || !mu.ok) return 0;
  const { plan } = sample;
  return beamPath({
    box_um: boxOf(plan),
    beam_um: { width: plan.beam.width_um, height: plan.beam.height_um },
    k0_sample: there.k0_sample_invA,
    kh_sample: there.kh_sample_invA,
    sampleToLab: there.sampleToLab,
    attenuationCoefficient_per_um: mu.value,
  }).transmissionMean;
}

/**
 * Integrated reflectivity in microradian, the light of a rocking scan by that of the incident beam:
 * r_e^2 lambda^3 P |F|^2 / (V^2 sin 2theta) int T ds along the central ray, rocked about the normal of the scattering
 * plane (Warren, X-ray Diffraction, chapter 4); of a perfect crystal times R_dyn/R_kin. 0 where it cannot diffract.
 */
export const integratedReflectivity_urad = (sample: FixedSample, energy_keV: number): number =>
  reflectivity_urad(sample, energy_keV, dynamicalToKinematical);

function reflectivity_urad(
  sample: FixedSample,
  energy_keV: number,
  dynamicalPart: typeof dynamicalToKinematical,
): number {
  const { plan, crystal, instrument } = sample;
  const there = beamsAt(sample, energy_keV);
  const mu = attenuationCoefficient_per_um(crystal, energy_keV);
  const factors = structureFactors(crystal, energy_keV);
  if (there === null || !mu.ok || !factors.ok) return 0;
  const factor = factors.value.F(there.hkl);
  const A_PER_um = 1e4;
  const column_A =
    A_PER_um *
    centralSignal_um({
      box_um: boxOf(plan),
      k0_sample: there.k0_sample_invA,
      kh_sample: there.kh_sample_invA,
      attenuationCoefficient_per_um: mu.value,
    });
  const kinematical =
    (1e6 *
      ELECTRON_RADIUS_A ** 2 *
      there.wavelength_A ** 3 *
      polarisationFactor(there, instrument) *
      factor.abs ** 2 *
      column_A) /
    (crystal.cell.volume_A3 ** 2 * Math.sin(radians(there.twoTheta_deg)));
  if (plan.sample.perfection === "deformed" || factor.abs === 0) return kinematical;
  const { actual_um } = extinctionLengths(crystal, there, instrument, factor);
  const kind = entranceCosines(there).gammah < 0 ? "bragg" : "laue";
  return kinematical * dynamicalPart(entranceThickness_um(plan, there) / actual_um, kind);
}

/** Energies that the instrument gives, within what the tables cover. */
export const energiesOf = ({ energyRange_keV }: InstrumentProfile): readonly [number, number] => [
  Math.max(ENERGY_RANGE_keV[0], energyRange_keV?.[0] ?? ENERGY_RANGE_keV[0]),
  Math.min(ENERGY_RANGE_keV[1], energyRange_keV?.[1] ?? ENERGY_RANGE_keV[1]),
];

/** Energies of the instrument at which its detector can stand where the reflection goes, always below 2theta of 90. */
function energiesSeen({ plan, instrument, geometry }: FixedSample): readonly [number, number] {
  const [min, max] = energiesOf(instrument);
  const [from_deg, to_deg] = detectorRange_deg(instrument, plan.lens?.detectorDistance_mm);
  const energyAt = (twoTheta_deg: number): number =>
    (HC_keV_A * vec3.norm(geometry.Q_sample_invA)) / (4 * Math.PI * Math.sin(radians(twoTheta_deg) / 2));
  return [Math.max(min, energyAt(Math.min(to_deg, 90))), Math.min(max, energyAt(Math.max(from_deg, 0)))];
}

/**
 * The energy with the most signal per incident photon on the detector, the sample as it is; null where there is none at
 * any energy. Of a perfect crystal the mean over a Pendelloesung fringe counts: the fringe itself moves with a micrometre of
 * thickness.
 */
export function energyOfMostSignal(sample: FixedSample): Maximum | null {
  const [min, max] = energiesSeen(sample);
  if (!(min < max)) return null;
  const sides = edgesOf(sample.crystal).flatMap(({ energy_keV }) => [
    Math.log(energy_keV * (1 - EDGE_SIDE)),
    Math.log(energy_keV * (1 + EDGE_SIDE)),
  ]);
  const best = maximise(
    (log) => reflectivity_urad(sample, Math.exp(log), meanDynamicalToKinematical),
    [Math.log(min), Math.log(max)],
    sides,
  );
  return best.value > 0 ? { at: Math.exp(best.at), value: best.value } : null;
}

const SEARCH_STEPS = 40;

/** The lowest energy above the planned one, within the instrument's, at which the mean transmission is good. */
export function lowestEnergyFor(sample: FixedSample, transmission: number): number | null {
  const [, max] = energiesOf(sample.instrument);
  const from = sample.geometry.energy_keV;
  if (max <= from) return null;
  const energyOf = (i: number): number => from * (max / from) ** (i / SEARCH_STEPS);
  for (let i = 1; i <= SEARCH_STEPS; i++) {
    if (transmissionAt(sample, energyOf(i)) < transmission) continue;
    let [low, high] = [energyOf(i - 1), energyOf(i)];
    while (high - low > 1e-3) {
      const middle = (low + high) / 2;
      if (transmissionAt(sample, middle) < transmission) low = middle;
      else high = middle;
    }
    return high;
  }
  return null;
}
