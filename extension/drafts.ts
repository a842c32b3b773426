import type { Memento } from "vscode";
import { createDraftPlan, type ExperimentPlan, parsePlan } from "../core/experiment/index.ts";

/** Plans that are not in a file yet, kept for the workspace by CIF and block (undefined: the first with a cell). */
export interface Drafts {
  has(uri: string, block: string | undefined): boolean;
  load(uri: string, block: string | undefined, cifPath: string): ExperimentPlan;
  save(uri: string, block: string | undefined, plan: ExperimentPlan | undefined): void;
}

export function createDrafts(memento: Memento, onFailure: (cause: unknown) => void): Drafts {
  const key = (uri: string, block: string | undefined): string => `draft:${uri}#${block ?? ""}`;
  return {
    has: (uri, block) => parsePlan(memento.get(key(uri, block))).ok,
    load(uri, block, cifPath) {
      const saved = parsePlan(memento.get(key(uri, block)));
      return saved.ok ? saved.value : createDraftPlan(cifPath, block ?? "");
    },
    save(uri, block, plan) {
      memento.update(key(uri, block), plan).then(undefined, onFailure);
    },
  };
}
