import type { Memento } from "vscode";
import { createDraftPlan, type ExperimentPlan, parsePlan } from "../core/experiment/index.ts";

/** Plans that are not in a file yet, kept for the workspace by CIF and block (undefined: the first with a cell). */
export interface Drafts {
  has(uri: string, block: string | undefined): boolean;
  load(uri: string, block: string | undefined, cifPath: string): ExperimentPlan;
  /** Resolves once VS Code has the draft: from then on it outlives this process. A failure is told elsewhere. */
  save(uri: string, block: string | undefined, plan: ExperimentPlan | undefined): Promise<void>;
  /** Code that the first block of a CIF had when its draft was saved last; undefined where there is no such draft. */
  blockOfFirst(uri: string): string | undefined;
  /** Keeps the drafts of files that were renamed or moved under the places where they are now. */
  move(moved: (uri: string) => string): void;
  /** Forgets all drafts of a document. */
  forget(uri: string): void;
}

export function createDrafts(memento: Memento, onFailure: (cause: unknown) => void): Drafts {
  const key = (uri: string, block: string | undefined): string => `draft:${uri}#${block ?? ""}`;
  const keys = (): readonly string[] => memento.keys().filter((one) => one.startsWith("draft:"));
  const update = async (one: string, plan: unknown): Promise<void> =>
    memento.update(one, plan).then(undefined, onFailure);
  return {
    has: (uri, block) => parsePlan(memento.get(key(uri, block))).ok,
    load(uri, block, cifPath) {
      const saved = parsePlan(memento.get(key(uri, block)));
      return saved.ok ? saved.value : createDraftPlan(cifPath, block ?? "");
    },
    save: (uri, block, plan) => update(key(uri, block), plan),
    blockOfFirst(uri) {
      const saved = parsePlan(memento.get(key(uri, undefined)));
      return saved.ok ? saved.value.cif.block : undefined;
    },
    move(moved) {
      for (const old of keys()) {
        const [, uri = "", block = ""] = /^draft:([^#]*)#(.*)$/s.exec(old) ?? [];
        const now = moved(uri);
        if (now === uri) continue;
        void update(`draft:${now}#${block}`, memento.get(old));
        void update(old, undefined);
      }
    },
    forget(uri) {
      for (const one of keys()) if (one.startsWith(`draft:${uri}#`)) void update(one, undefined);
    },
  };
}
