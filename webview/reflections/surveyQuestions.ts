import { type Crystal, laueOperations } from "../../core/crystal/index.ts";
import {
  type ExperimentPlan,
  type InstrumentProfile,
  isOrientationGiven,
  type LensBox,
  lensTransmission,
  openSurvey,
  type Survey,
  type SurveyRow,
} from "../../core/experiment/index.ts";
import { type Issue, type Result, radians, wavelength_A } from "../../core/util/index.ts";
import { lensDistance } from "./lensDistance.ts";

/** What the table of reflections follows from. */
export interface SurveyRequest {
  readonly crystal: Crystal;
  readonly plan: ExperimentPlan;
  readonly instrument: InstrumentProfile;
  readonly lens: LensBox | null;
  readonly twoThetaMax_deg: number;
}

/** To the worker. It keeps the crystal, which is large, and what it has found of it. */
export interface SurveyQuestion extends Omit<SurveyRequest, "crystal"> {
  readonly id: number;
  /** Absent: the one of the last question. */
  readonly crystal?: Crystal;
}

/** From the worker: a part of the table, because taking over all of it at once would stop the panel. */
export interface SurveyAnswer {
  readonly id: number;
  readonly part: Result<readonly SurveyRow[]>;
  readonly isLast: boolean;
}

export const openRequested = ({ crystal, plan, instrument, lens, twoThetaMax_deg }: SurveyRequest): Result<Survey> =>
  openSurvey(plan, crystal, instrument, {
    twoThetaMax_deg,
    lensDistance_mm: lensDistance(plan, instrument, lens),
    lensTransmission: lens === null ? null : lensTransmission(lens, plan.beam.energy_keV),
  });

/** Judging an equivalent takes about so long, in ms. */
const PER_EQUIVALENT_ms = 0.08;
const LONG_ms = 100;
const IDENTITY = String([1, 0, 0, 0, 1, 0, 0, 0, 1]);
const MANY_ATOM_REFLECTIONS = 1e6;

/** Whether the table takes longer than a panel may stand still. The sphere of Q tells the number of reflections. */
export function takesLong({ crystal, plan, twoThetaMax_deg }: SurveyRequest): boolean {
  const q_invA = (2 * Math.sin(radians(Math.min(180, twoThetaMax_deg) / 2))) / wavelength_A(plan.beam.energy_keV);
  const centrings = crystal.spaceGroup.operations.filter(({ rotation }) => String(rotation) === IDENTITY).length;
  const reflections = ((4 / 3) * Math.PI * q_invA ** 3 * crystal.cell.volume_A3) / centrings;
  const classes = reflections / laueOperations(crystal.spaceGroup).length;
  const atoms = crystal.sites.reduce((sum, { multiplicity }) => sum + multiplicity, 0);
  const judged = isOrientationGiven(plan) ? reflections : classes;
  return atoms * classes > MANY_ATOM_REFLECTIONS || judged * PER_EQUIVALENT_ms > LONG_ms;
}

export const noWorker = (reason: string): Issue => ({
  code: "view/no-worker",
  severity: "information",
  message: `The table is computed in the panel itself, which may be slow to respond meanwhile: no worker could be used (${reason}).`,
});
