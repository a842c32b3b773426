import { readFileSync } from "node:fs";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../../core/crystal/index.ts";
import { createDraftPlan, type ExperimentPlan, instrumentById, lensById } from "../../core/experiment/index.ts";
import { type ExportContent, type ExportInput, exportContent } from "../../core/report/index.ts";
import { inRoot } from "../../scripts/lib/paths.ts";
import { must } from "./xrayCrystals.ts";

export const lithiumNiobate = (): Crystal =>
  must(crystalFromCif(parseCif(readFileSync(inRoot("examples", "LiNbO3.cif"), "utf8"))));

/** c-up LiNbO3 at 17 keV, (006), with the lens of ID06. */
export function exportInputOf(changes: Partial<ExperimentPlan> = {}, other: Partial<ExportInput> = {}): ExportInput {
  const draft = createDraftPlan("LiNbO3.cif", "LiNbO3");
  const plan: ExperimentPlan = {
    ...draft,
    sample: { ...draft.sample, up: "(0,0,1)", exit: "(-1,-1,0)" },
    reflection: { hkl: [0, 0, 6] },
    lens: { file: "id06", detectorDistance_mm: 5000 },
    ...changes,
  };
  return {
    name: "night shift",
    plan,
    crystal: lithiumNiobate(),
    hkl: plan.reflection?.hkl ?? null,
    instrument: must(instrumentById(plan.instrument)),
    lens: plan.lens ? must(lensById("id06")) : null,
    files: [{ role: "crystal", path: "LiNbO3.cif", sha256: "0123456789abcdef".repeat(4) }],
    issues: [],
    software: "DF-XRM 9.9.9",
    date: "2026-01-02 03:04 UTC",
    ...other,
  };
}

export const contentOf = (changes: Partial<ExperimentPlan> = {}, other: Partial<ExportInput> = {}): ExportContent =>
  must(exportContent(exportInputOf(changes, other)));
