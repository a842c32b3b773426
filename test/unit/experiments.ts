import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../../core/crystal/index.ts";
import {
  createDraftPlan,
  deriveExperiment,
  type Experiment,
  type ExperimentPlan,
  type Hkl,
  type InstrumentProfile,
  instrumentById,
  type LensBox,
  type Question,
} from "../../core/experiment/index.ts";

/** Experiments for the tests: crystals of the examples, mounted and planned as the case says. */

export const crystalOf = (name: string): Crystal => {
  const crystal = crystalFromCif(parseCif(readFileSync(`examples/${name}.cif`, "utf8")));
  assert.ok(crystal.ok);
  return crystal.value;
};
export const instrumentOf = (id: string): InstrumentProfile => {
  const instrument = instrumentById(id);
  assert.ok(instrument.ok);
  return instrument.value;
};

export interface Given {
  readonly plan?: Partial<ExperimentPlan>;
  readonly sample?: Partial<ExperimentPlan["sample"]>;
  readonly energy_keV?: number;
  readonly hkl: Hkl;
  readonly instrument?: InstrumentProfile;
  readonly lens?: LensBox;
}
export const LINBO3 = crystalOf("LiNbO3");
export const ID03 = instrumentOf("esrf-id03");

export function inputOf(crystal: Crystal, given: Given) {
  const { lens: _lens, ...draft } = createDraftPlan("x.cif", "");
  const plan: ExperimentPlan = {
    ...draft,
    beam: { ...draft.beam, energy_keV: given.energy_keV ?? 17 },
    sample: { ...draft.sample, ...given.sample },
    reflection: { hkl: given.hkl },
    ...given.plan,
  };
  return { plan, crystal, hkl: given.hkl, instrument: given.instrument ?? ID03, lens: given.lens ?? null };
}
export function derive(crystal: Crystal, given: Given): Experiment {
  const experiment = deriveExperiment(inputOf(crystal, given));
  assert.ok(experiment.ok, JSON.stringify(experiment.issues));
  return experiment.value;
}
/** The README case of DF-XRM_viz. */
export const S02: Given = { hkl: [1, -1, 2], sample: { up: "(0,0,1)", exit: "(-1,-1,0)", width_um: 3000 } };

export const findingOf = ({ verdicts }: Experiment, code: string) =>
  verdicts.flatMap(({ findings }) => findings).find((finding) => finding.code === code);
export const verdictOf = ({ verdicts }: Experiment, question: Question) => {
  const verdict = verdicts.find((one) => one.question === question);
  assert.ok(verdict);
  return verdict;
};
