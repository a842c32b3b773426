import { blocksWithCell, selectBlock } from "../../core/crystal/index.ts";
import { defaultReflection, defaultReflectionFor } from "../../core/experiment/index.ts";
import type { CrystalAnswer, CrystalParams } from "../../core/protocol/index.ts";
import type { Issue } from "../../core/util/index.ts";
import type { Analysis } from "../analysis.ts";

/** A crystal for the panels, with the default reflection at the energy asked for. */
export function crystalAnswer(
  analysis: Analysis,
  { block: code, energy_keV, experiment }: CrystalParams,
): CrystalAnswer {
  const block = selectBlock(analysis.cif, code);
  const blocks = blocksWithCell(analysis.cif).map((one) => one.code);
  if (!block.ok) return noCrystal(null, block.issues, blocks);
  const crystal = analysis.crystal(block.value);
  if (!crystal.ok) return noCrystal(block.value.code, crystal.issues, blocks);
  const reflection = experiment
    ? defaultReflectionFor(experiment.plan, crystal.value, experiment.instrument)
    : defaultReflection(crystal.value, energy_keV);
  return {
    block: block.value.code,
    blocks,
    crystal: crystal.value,
    // That no reflection is within reach changes with the plan, not with the text: the verdicts say so.
    issues: [...crystal.issues, ...reflection.issues.filter(({ code }) => code !== "plan/none-reachable")],
    defaultHkl: reflection.ok ? reflection.value : null,
  };
}

export const noCrystal = (
  block: string | null,
  issues: readonly Issue[],
  blocks: readonly string[] = [],
): CrystalAnswer => ({
  block,
  blocks,
  crystal: null,
  issues,
  defaultHkl: null,
});
