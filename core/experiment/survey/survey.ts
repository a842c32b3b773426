import { type Crystal, equivalentReflections, laueOperations, transformIndices } from "../../crystal/index.ts";
import { mat3, ok, type Result, radians, type Vec3, wavelength_A } from "../../util/index.ts";
import { attenuationCoefficient_per_um, type StructureFactor } from "../../xray/index.ts";
import { beamPath, centralPath } from "../beamPath.ts";
import { diffract, sampleToLabRotation } from "../diffraction.ts";
import { dynamicalToKinematical, entranceThickness_um } from "../dynamical.ts";
import { entranceCosines, extinctionLengths, polarisationFactor } from "../extinction.ts";
import type { BeamPath, BeamsInSample } from "../geometry.types.ts";
import type { InstrumentProfile } from "../instrument/index.ts";
import { mountCrystal } from "../mount.ts";
import type { ExperimentPlan, Hkl } from "../plan.ts";
import { type Candidate, judgeReach, type Reach } from "../reach/index.ts";
import { type ReflectionRow, reflectionTable } from "../reflections.ts";
import { kinematicalIntensity_urad } from "./intensity.ts";

/** What multiplies to the score; each is 1 where it does not apply. */
export interface ScoreFactors {
  /** Kinematical integrated intensity in urad, without attenuation. */
  readonly kinematical_urad: number;
  /** What polarisation lets through; part of the above. */
  readonly polarisation: number;
  /** 1 / sin 2theta; part of the above. */
  readonly lorentz: number;
  /** lambda^3 / V^2 in 1/A^3; part of the above. */
  readonly lambda3_by_V2_invA3: number;
  readonly transmission: number;
  /** Of a perfect crystal by kinematical scattering; 1 for a deformed one. */
  readonly dynamical: number;
  /** What the plan's lens lets through on its axis; null without one, or where it is not known: then it counts as 1. */
  readonly lens: number | null;
  /** 1 or 0. */
  readonly reachable: number;
}

/** One Laue class, and whether and how well this experiment can do it. */
export interface SurveyRow extends ReflectionRow {
  readonly reach: Reach;
  /** As mounted; null where the mount of the plan does not define it. */
  readonly transmissionMean: number | null;
  readonly t_by_Lambda: number | null;
  /** Of the direct beam from the lens axis at the lens entrance, d1 sin 2theta; null without a lens that focuses. */
  readonly clearance_mm: number | null;
  /** Integrated intensity in urad that comes out and can be reached; null where attenuation is not defined. */
  readonly score_urad: number | null;
  readonly factors: ScoreFactors | null;
}

export interface SurveyOptions {
  readonly twoThetaMax_deg?: number;
  /** Distance from the sample to the first lenslet at which the plan's lens focuses, by 2theta; null: it does not. */
  readonly lensDistance_mm?: (twoTheta_deg: number) => number | null;
  /** What the plan's lens lets through on its axis; null: it is not known. */
  readonly lensTransmission?: number | null;
}

/** The reflection table, of which each row is still to be judged. */
export interface Survey {
  readonly rows: readonly ReflectionRow[];
  judge(row: ReflectionRow): SurveyRow;
}

/** The whole reflection table with what the instrument can do. */
export function survey(
  plan: ExperimentPlan,
  crystal: Crystal,
  instrument: InstrumentProfile,
  options: SurveyOptions = {},
): Result<readonly SurveyRow[]> {
  const opened = openSurvey(plan, crystal, instrument, options);
  return opened.ok ? ok(opened.value.rows.map(opened.value.judge), opened.issues) : opened;
}

/**
 * The same row by row, for tables that take long. Where the plan says neither `up` nor U every class is judged in its own
 * mount, Q along the axis that the instrument names.
 */
export function openSurvey(
  plan: ExperimentPlan,
  crystal: Crystal,
  instrument: InstrumentProfile,
  { twoThetaMax_deg = 45, lensDistance_mm = () => null, lensTransmission = null }: SurveyOptions = {},
): Result<Survey> {
  const { energy_keV } = plan.beam;
  const table = reflectionTable(crystal, { energy_keV, twoThetaMax_deg });
  if (!table.ok) return table;
  const attenuation = attenuationCoefficient_per_um(crystal, energy_keV);
  if (!attenuation.ok) return attenuation;
  const candidates = candidatesOf(plan, crystal, instrument, table.value);
  const judge = (row: ReflectionRow): SurveyRow => {
    const reach = judgeReach(instrument, row.twoTheta_deg, candidates(row), plan.lens?.detectorDistance_mm);
    const light = lightOf(plan, crystal, instrument, row, reach, attenuation.value, lensTransmission);
    const d1_mm = lensDistance_mm(row.twoTheta_deg);
    return {
      ...row,
      reach,
      transmissionMean: light?.transmissionMean ?? null,
      t_by_Lambda: light?.t_by_Lambda ?? null,
      clearance_mm: d1_mm === null ? null : d1_mm * Math.sin(radians(row.twoTheta_deg)),
      score_urad: light === null ? null : product(light.factors),
      factors: light?.factors ?? null,
    };
  };
  return ok({ rows: table.value, judge }, [...table.issues, ...attenuation.issues]);
}

const product = ({ kinematical_urad, transmission, dynamical, lens, reachable }: ScoreFactors): number =>
  kinematical_urad * transmission * dynamical * (lens ?? 1) * reachable;

/** Whether the orientation of the crystal is given, so that equivalents differ in it. */
export const isOrientationGiven = ({ sample }: ExperimentPlan): boolean =>
  sample.orientation !== undefined || (sample.up !== undefined && sample.up.trim() !== "");

type CandidatesOf = (row: ReflectionRow) => readonly [Candidate, ...Candidate[]];

export function candidatesOf(
  plan: ExperimentPlan,
  crystal: Crystal,
  instrument: InstrumentProfile,
  rows: readonly ReflectionRow[],
): CandidatesOf {
  if (!isOrientationGiven(plan)) return ({ hkl }) => [{ hkl, Q_sample: instrument.alongQ_sample }];
  const laue = laueOperations(crystal.spaceGroup);
  for (const { hkl } of rows) {
    const mount = mountCrystal(plan, crystal, hkl, instrument);
    if (!mount.ok) continue;
    const toSample = mat3.multiply(mount.value.crystalToSample, crystal.cell.reciprocal);
    return (row) =>
      equivalentReflections(row.hkl, laue).map((equivalent) => ({
        hkl: equivalent as Hkl,
        Q_sample: mat3.multiplyVector(toSample, equivalent),
      })) as unknown as [Candidate, ...Candidate[]];
  }
  return ({ hkl }) => [{ hkl, Q_sample: instrument.alongQ_sample }];
}

interface Light {
  readonly transmissionMean: number;
  readonly t_by_Lambda: number;
  readonly factors: ScoreFactors;
}

/** Intensity of the equivalent that is reached, in the mount of the plan. */
function lightOf(
  plan: ExperimentPlan,
  crystal: Crystal,
  instrument: InstrumentProfile,
  row: ReflectionRow,
  { hkl, reachable }: Reach,
  attenuationCoefficient_per_um: number,
  lens: number | null,
): Light | null {
  const mount = mountCrystal(plan, crystal, hkl, instrument);
  if (!mount.ok) return null;
  const { crystalToSample, Q_crystal_invA, beamExit_crystal } = mount.value;
  const turn = (v: Vec3): Vec3 => mat3.multiplyVector(crystalToSample, v);
  const diffraction = diffract(hkl, turn(Q_crystal_invA), turn(beamExit_crystal), plan.beam.energy_keV);
  if (!diffraction.ok) return null;
  const { k0_invA: k0_sample_invA, kh_invA: kh_sample_invA, twoTheta_deg } = diffraction.value;
  const sampleToLab = sampleToLabRotation(k0_sample_invA, kh_sample_invA, instrument.eta_deg);
  const box_um: Vec3 = [plan.sample.thickness_um, plan.sample.width_um, plan.sample.height_um];
  const path: BeamPath = beamPath({
    box_um,
    beam_um: { width: plan.beam.width_um, height: plan.beam.height_um },
    k0_sample: k0_sample_invA,
    kh_sample: kh_sample_invA,
    sampleToLab,
    attenuationCoefficient_per_um,
  });
  const isMate = !isSameFriedel(crystal, row.hkl, hkl);
  const [F, F_friedel] = isMate ? [row.F_friedel, row.F] : [row.F, row.F_friedel];
  const beams: BeamsInSample = {
    hkl,
    wavelength_A: wavelength_A(plan.beam.energy_keV),
    twoTheta_deg,
    k0_sample_invA,
    kh_sample_invA,
    sampleToLab,
    path,
  };
  const factor = { abs: F, abs_friedel: F_friedel } as StructureFactor;
  const t_by_Lambda =
    entranceThickness_um(plan, beams) / extinctionLengths(crystal, beams, instrument, factor).actual_um;
  const kind = entranceCosines(beams).gammah < 0 ? "bragg" : "laue";
  const polarisation = polarisationFactor(beams, instrument);
  // The box is symmetric about its centre, so the central ray is twice as long as its way in.
  const chord_um = 2 * centralPath(box_um, k0_sample_invA, k0_sample_invA).in_um;
  return {
    transmissionMean: path.transmissionMean,
    t_by_Lambda,
    factors: {
      kinematical_urad: kinematicalIntensity_urad({
        F,
        volume_A3: crystal.cell.volume_A3,
        wavelength_A: beams.wavelength_A,
        twoTheta_deg,
        polarisation,
        path_um: chord_um,
      }),
      polarisation,
      lorentz: 1 / Math.sin(radians(twoTheta_deg)),
      lambda3_by_V2_invA3: beams.wavelength_A ** 3 / crystal.cell.volume_A3 ** 2,
      transmission: path.transmissionMean,
      dynamical: plan.sample.perfection === "deformed" ? 1 : dynamicalToKinematical(t_by_Lambda, kind),
      lens,
      reachable: reachable ? 1 : 0,
    },
  };
}

/** Whether a rotation or rotoinversion of the crystal itself, not Friedel's law alone, makes two reflections equivalent. */
const isSameFriedel = (crystal: Crystal, a: Hkl, b: Hkl): boolean =>
  crystal.spaceGroup.operations.some(({ rotation }) =>
    transformIndices(a, rotation).every((index, i) => index === b[i]),
  );
