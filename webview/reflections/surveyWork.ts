import {
  candidatesOf,
  type InstrumentProfile,
  lensTransmission,
  openSurvey,
  type Survey,
  type SurveyRow,
  searchEnergies,
} from "../../core/experiment/index.ts";
import { ok, type Result } from "../../core/util/index.ts";
import { lensDistance } from "./lensDistance.ts";
import type { EnergiesRequest, SurveyAnswer, SurveyQuestion, TableRequest } from "./surveyQuestions.ts";

/** Taking over so many rows fits in a frame. */
const PART = 500;

/** Where energies are sought if the instrument does not say what it delivers, in keV. */
const ENERGIES_keV = [5, 100] as const;
export const energiesSought_keV = ({ energyRange_keV }: InstrumentProfile): readonly [number, number] =>
  energyRange_keV ?? ENERGIES_keV;

type Answer = (answer: SurveyAnswer) => void;

/** Answers a question in steps, between which it may be left. */
export const answering = (question: SurveyQuestion, answer: Answer): Generator<void, void> =>
  question.kind === "table" ? makeTable(question, answer) : findEnergies(question, answer);

export const openTable = ({ crystal, plan, instrument, lens, twoThetaMax_deg }: TableRequest): Result<Survey> =>
  openSurvey(plan, crystal, instrument, {
    twoThetaMax_deg,
    lensDistance_mm: lensDistance(plan, instrument, lens),
    lensTransmission: lens === null ? null : lensTransmission(lens, plan.beam.energy_keV),
  });

function* makeTable(request: TableRequest, answer: Answer): Generator<void, void> {
  const opened = openTable(request);
  if (!opened.ok) {
    answer({ kind: "table", from: 0, part: opened, isLast: true });
    return;
  }
  const { rows, judge } = opened.value;
  for (let from = 0; from < rows.length || from === 0; from += PART) {
    const part: SurveyRow[] = [];
    for (const row of rows.slice(from, from + PART)) {
      part.push(judge(row));
      yield;
    }
    answer({ kind: "table", from, part: ok(part, opened.issues), isLast: from + PART >= rows.length });
  }
}

function* findEnergies({ crystal, plan, instrument, row }: EnergiesRequest, answer: Answer): Generator<void, void> {
  const energies = yield* searchEnergies(
    instrument,
    row.d_A,
    plan.beam.energy_keV,
    candidatesOf(plan, crystal, instrument, [row])(row),
    energiesSought_keV(instrument),
    plan.lens?.detectorDistance_mm,
  );
  answer({ kind: "energies", energies });
}
