import { type Crystal, laueOperations } from "../../core/crystal/index.ts";
import {
  type ExperimentPlan,
  type InstrumentProfile,
  isOrientationGiven,
  type LensBox,
  type ReachableEnergies,
  type ReflectionRow,
  type SurveyRow,
} from "../../core/experiment/index.ts";
import { type Issue, type Result, radians, wavelength_A } from "../../core/util/index.ts";

/** What the table of reflections follows from. */
export interface TableRequest {
  readonly crystal: Crystal;
  readonly plan: ExperimentPlan;
  readonly instrument: InstrumentProfile;
  readonly lens: LensBox | null;
  readonly twoThetaMax_deg: number;
}

/** What the energies at which a reflection is within reach follow from. */
export interface EnergiesRequest extends Pick<TableRequest, "crystal" | "plan" | "instrument"> {
  readonly row: ReflectionRow;
}

/** What takes long. */
export type SurveyQuestion =
  | ({ readonly kind: "table" } & TableRequest)
  | ({ readonly kind: "energies" } & EnergiesRequest);
export type SurveyKind = SurveyQuestion["kind"];

/** A part of the table from a row on, because taking over all of it at once would stop the panel; or the energies. */
export type SurveyAnswer =
  | {
      readonly kind: "table";
      readonly from: number;
      readonly part: Result<readonly SurveyRow[]>;
      readonly isLast: boolean;
    }
  | { readonly kind: "energies"; readonly energies: ReachableEnergies };

export const isSameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether two requests have one answer, which depends on no notes, and not on the plan for which reflection it is. */
export function isSame<T extends Pick<TableRequest, "crystal" | "plan">>(a: T, b: T): boolean {
  const decisive = ({ crystal: _crystal, plan, ...others }: T): unknown => {
    const { reflection: _reflection, notes: _notes, cif: _cif, ...planned } = plan;
    return [others, planned];
  };
  return a.crystal === b.crystal && isSameJson(decisive(a), decisive(b));
}

type WithoutCrystal<T> = T extends unknown ? Omit<T, "crystal"> : never;

/** To the worker, which keeps the crystal (it is large) and what it has found of it. */
export type SurveyMessage =
  /** In place of the last question of this kind. Without a crystal: about that of the last question. */
  | {
      readonly t: "ask";
      readonly id: number;
      readonly question: WithoutCrystal<SurveyQuestion>;
      readonly crystal?: Crystal;
    }
  | { readonly t: "forget"; readonly kind: SurveyKind };

/** From the worker. */
export interface SurveyReply {
  readonly id: number;
  readonly answer: SurveyAnswer;
}

/** Judging an equivalent takes about so long, in ms. */
const PER_EQUIVALENT_ms = 0.08;
const LONG_ms = 100;
const IDENTITY = String([1, 0, 0, 0, 1, 0, 0, 0, 1]);
const MANY_ATOM_REFLECTIONS = 1e6;

/** Whether the table takes longer than a panel may stand still. The sphere of Q tells the number of reflections. */
export function takesLong({ crystal, plan, twoThetaMax_deg }: TableRequest): boolean {
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
