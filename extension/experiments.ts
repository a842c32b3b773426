import * as vscode from "vscode";
import type { ExperimentPlan } from "../core/experiment/index.ts";
import { type CrystalAnswer, cifChanged, type PlannedExperiment } from "../core/protocol/index.ts";
import { error, type Issue } from "../core/util/index.ts";
import type { CrystalStore } from "./crystalStore.ts";
import type { Drafts } from "./drafts.ts";
import { carryPlansAlong, type Move, moveOf } from "./moves.ts";
import { baseName } from "./names.ts";
import { type PlanConflict, watchForConflict } from "./planConflict.ts";
import { editPlan, readPlan, standIn } from "./planDocument.ts";
import { createPlanFiles, type PlanFiles } from "./planFiles.ts";
import { listPlans } from "./planList.ts";
import { createPlanStore, type PlanStore, type WritePlan } from "./planStore.ts";
import { createSession, type Session, type SessionView } from "./session.ts";
import { readText, resolveFrom, sha256, watch } from "./texts.ts";
import { followUntitled } from "./untitled.ts";

/** A plan file; a CIF and the block of it that is meant, without one the first with a unit cell; or what is open. */
export type Target =
  | { readonly plan: vscode.Uri }
  | { readonly uri: vscode.Uri; readonly block?: string }
  | { readonly experiment: Experiment };

/** The session of one plan: a file, or the draft of one CIF and block; under the names that the files have now. */
export interface Experiment {
  /** The CIF. */
  readonly uri: vscode.Uri;
  /** Undefined: the first block with a unit cell, whatever its code is. */
  readonly block: string | undefined;
  /** Undefined for a draft. */
  readonly plan: vscode.Uri | undefined;
  readonly session: Session;
}

/** All experiments that panels show at the moment. */
export interface Experiments {
  /** The experiment of a target: of a CIF the one that is open, else its draft or its plan file. */
  find(target: Target): Promise<Experiment>;
  /** Code of the block that an experiment is about; null where its CIF gives none. */
  blockOf(experiment: Experiment): Promise<string | null>;
  /** The draft of a CIF and block, even where there are plan files. */
  draft(uri: vscode.Uri, block: string | undefined): Promise<Experiment>;
  /** Forgets a draft that was saved to a file. */
  dropDraft(experiment: Experiment): void;
  /** Ends an experiment that was found for a command, unless panels show it. */
  release(experiment: Experiment): void;
  /** Reads all crystals anew: the language server has started again. */
  readAgain(): void;
  /** Adds a panel to an experiment; the returned function removes it, and with the last one the experiment ends. */
  attach(experiment: Experiment, view: SessionView): () => void;
  dispose(): void;
}

/** Energy at which a CIF is read only to learn which block is its first with a cell. */
const ANY_ENERGY_keV = 17;

interface Entry extends Experiment {
  uri: vscode.Uri;
  block: string | undefined;
  plan: vscode.Uri | undefined;
  readonly store: PlanStore;
  readonly files: PlanFiles;
  planIssues: readonly Issue[];
  cifSha256: string | null;
  isDropped: boolean;
  /** The last edit of a panel, on its way into the text of the plan. */
  writing: Promise<unknown>;
  watchingCif: vscode.Disposable;
  watchingPlan: vscode.Disposable | undefined;
  conflict: PlanConflict | undefined;
  panels: number;
}

export function createExperiments(crystals: CrystalStore, drafts: Drafts): Experiments {
  const entries = new Set<Entry>();
  /** Plan files that are being opened, so that two panels of one plan share their session. */
  const opening = new Map<string, Promise<Entry>>();
  const same = (a: vscode.Uri | undefined, b: vscode.Uri | undefined): boolean => a?.toString() === b?.toString();
  const ofCif = (uri: vscode.Uri, block: string | undefined, first: string | null): readonly Entry[] =>
    [...entries].filter((entry) => same(entry.uri, uri) && (entry.block ?? first) === (block ?? first));

  const create = (
    given: Pick<Entry, "uri" | "block" | "plan" | "planIssues">,
    initial: ExperimentPlan,
    write: (entry: Entry) => WritePlan,
  ): Entry => {
    const store = createPlanStore(initial, (plan, ops) => write(entry)(plan, ops));
    const files = createPlanFiles(
      { resolve: (path) => resolveFrom(entry.plan ?? entry.uri, path), read: readText, watch },
      () => entry.session.planChanged(),
    );
    const session = createSession(
      {
        uri: () => entry.uri.toString(),
        name: () => baseName(entry.uri),
        readCrystal: (energy_keV, experiment) => readCrystal(entry, energy_keV, experiment),
        source: () => ({ uri: entry.plan?.toString() ?? null, name: baseName(entry.plan ?? entry.uri) }),
        planIssues: () => [...entry.planIssues, ...(entry.conflict?.issues(store.plan) ?? []), ...changedCif(entry)],
        cifSha256: () => entry.cifSha256,
        files: files.state,
        reading: files.reading,
      },
      store,
    );
    const entry: Entry = {
      ...given,
      session,
      store,
      files,
      cifSha256: null,
      isDropped: false,
      writing: Promise.resolve(),
      watchingCif: watch(given.uri, () => void session.crystalChanged()),
      watchingPlan: undefined,
      conflict: undefined,
      panels: 0,
    };
    watchPlan(entry);
    entries.add(entry);
    return entry;
  };

  /** Follows the plan file where it is now. */
  const watchPlan = (entry: Entry): void => {
    entry.watchingPlan?.dispose();
    entry.conflict?.dispose();
    entry.watchingPlan = entry.plan && watch(entry.plan, () => void entry.writing.then(() => takeText(entry)));
    entry.conflict = entry.plan && watchForConflict(entry.plan, () => entry.session.planChanged());
  };

  const readCrystal = async (
    entry: Entry,
    energy_keV: number,
    experiment?: PlannedExperiment,
  ): Promise<CrystalAnswer> => {
    const { uri, block, plan, store } = entry;
    if (plan === undefined) return crystals.read(uri, block, energy_keV, experiment);
    if (resolveFrom(plan, store.plan.cif.path) === undefined) {
      const message = `The CIF ${store.plan.cif.path} is not read, because it is outside the workspace: name it by a path relative to the plan.`;
      return { block: null, blocks: [], crystal: null, issues: [error("plan/outside", message)], defaultHkl: null };
    }
    const text = await readText(uri);
    entry.cifSha256 = text === undefined ? null : await sha256(text);
    return crystals.read(uri, block, energy_keV, experiment);
  };

  const draft = (uri: vscode.Uri, block: string | undefined): Entry => {
    const open = [...entries].find((entry) => !entry.plan && same(entry.uri, uri) && entry.block === block);
    if (open) return open;
    const plan = drafts.load(uri.toString(), block, baseName(uri));
    return create({ uri, block, plan: undefined, planIssues: [] }, plan, (entry) => async (changed) => {
      if (!entry.isDropped) await drafts.save(entry.uri.toString(), entry.block, changed);
      return undefined;
    });
  };

  const file = async (uri: vscode.Uri): Promise<Entry> => {
    const open = [...entries].find(({ plan }) => same(plan, uri));
    if (open) return open;
    const { plan, issues } = await readPlan(uri);
    const initial = plan ?? (await standIn(uri));
    const given = { ...cifOf(uri, initial), plan: uri, planIssues: issues };
    return create(given, initial, (entry) => async (_changed, ops) => {
      const writing = editPlan(entry.plan ?? uri, entry.uri, ops);
      // A text that turns out to be read-only changes for a moment: what is read of it meanwhile would be told as a change.
      entry.writing = writing.catch(() => {});
      const refused = await writing;
      await takeText(entry, false);
      return refused;
    });
  };

  /** Reads the text of a plan file again; panels keep the last good plan while it is broken. */
  const takeText = async (entry: Entry, tells = true): Promise<void> => {
    if (entry.plan === undefined) return;
    const { plan, issues } = await readPlan(entry.plan);
    const isOther = plan !== undefined && entry.store.replace(plan);
    const areOther = JSON.stringify(issues) !== JSON.stringify(entry.planIssues);
    entry.planIssues = issues;
    if (isOther) followCif(entry);
    if (tells && (isOther || areOther)) entry.session.planChanged();
  };

  const followCif = (entry: Entry): void => {
    const { uri, block } = cifOf(entry.plan ?? entry.uri, entry.store.plan);
    if (same(uri, entry.uri) && block === entry.block) return;
    entry.block = block;
    moveCif(entry, uri);
  };
  const moveCif = (entry: Entry, uri: vscode.Uri): void => {
    entry.uri = uri;
    entry.watchingCif.dispose();
    entry.watchingCif = watch(uri, () => void entry.session.crystalChanged());
    void entry.session.crystalChanged();
  };

  const renaming = vscode.workspace.onDidRenameFiles(({ files }) => {
    const moved = moveOf(files);
    moveDrafts(moved);
    for (const entry of entries) void moveFiles(entry, moved);
  });
  const carrying = carryPlansAlong();
  const moveDrafts = (moved: Move): void => drafts.move((uri) => moved(vscode.Uri.parse(uri)).toString());
  const moveFiles = async (entry: Entry, moved: Move): Promise<void> => {
    const { plan, uri } = entry;
    const isMoved = { plan: plan && !same(moved(plan), plan), cif: !same(moved(uri), uri) };
    if (!isMoved.plan && !isMoved.cif) return;
    if (plan && isMoved.plan) {
      entry.plan = moved(plan);
      watchPlan(entry);
    }
    if (entry.plan) {
      await takeText(entry, false);
      followCif(entry);
    } else moveCif(entry, moved(uri));
    void entry.session.crystalChanged();
  };
  const saving = followUntitled(
    (from, to) => {
      const moved: Move = (uri) => (same(uri, from) ? to : uri);
      moveDrafts(moved);
      for (const entry of entries) if (!entry.plan) void moveFiles(entry, moved);
    },
    (uri) => drafts.forget(uri.toString()),
  );

  const end = (entry: Entry): void => {
    entries.delete(entry);
    entry.watchingCif.dispose();
    entry.watchingPlan?.dispose();
    entry.conflict?.dispose();
    entry.files.dispose();
  };

  /** Block of a CIF as drafts are kept by it, and the code of the first one with a cell. */
  const blockOf = async (uri: vscode.Uri, block: string | undefined) => {
    const first = (await crystals.read(uri, undefined, ANY_ENERGY_keV)).block;
    // While the CIF gives no block, the draft of the first one is known by the code that it had.
    const known = first ?? drafts.blockOfFirst(uri.toString());
    return { first, wanted: block === known ? undefined : block };
  };

  return {
    async find(target) {
      if ("experiment" in target) return target.experiment;
      if ("plan" in target) {
        const key = target.plan.toString();
        const entry = opening.get(key) ?? file(target.plan);
        opening.set(key, entry);
        return entry.finally(() => opening.delete(key));
      }
      const { uri, block } = target;
      const { first, wanted } = await blockOf(uri, block);
      const open = ofCif(uri, wanted, first).at(-1);
      if (open || drafts.has(uri.toString(), wanted)) return open ?? draft(uri, wanted);
      const [saved] = await listPlans(uri, wanted, first);
      return saved ? this.find({ plan: saved }) : draft(uri, wanted);
    },
    blockOf: async ({ uri, block }) => (await crystals.read(uri, block, ANY_ENERGY_keV)).block,
    draft: async (uri, block) => draft(uri, (await blockOf(uri, block)).wanted),
    dropDraft(experiment) {
      (experiment as Entry).isDropped = true;
      void drafts.save(experiment.uri.toString(), experiment.block, undefined);
    },
    release(experiment) {
      const entry = experiment as Entry;
      if (entry.panels === 0) end(entry);
    },
    readAgain() {
      for (const { session } of entries) void session.crystalChanged();
    },
    attach(experiment, view) {
      const entry = experiment as Entry;
      const detach = entry.session.attach(view);
      entry.panels++;
      return () => {
        detach();
        entry.panels--;
        if (entry.panels === 0) end(entry);
      };
    },
    dispose() {
      renaming.dispose();
      carrying.dispose();
      saving.dispose();
      entries.forEach(end);
    },
  };
}

/** The CIF and block that a plan is about; a path that may not be read comes out beside the plan. */
function cifOf(planUri: vscode.Uri, { cif }: ExperimentPlan): Pick<Entry, "uri" | "block"> {
  const uri = resolveFrom(planUri, cif.path) ?? vscode.Uri.joinPath(planUri, "..", cif.path);
  return { uri, block: cif.block === "" ? undefined : cif.block };
}

/** Said where the CIF has another text than when the plan was saved. */
function changedCif({ store, cifSha256 }: Entry): readonly Issue[] {
  const noted = store.plan.cif.sha256;
  if (noted === undefined || cifSha256 === null || noted.toLowerCase() === cifSha256) return [];
  return [cifChanged(store.plan.cif.path)];
}
