import * as vscode from "vscode";
import type { CrystalStore } from "./crystalStore.ts";
import type { Drafts } from "./drafts.ts";
import { baseName, movedUri } from "./names.ts";
import { createPlanStore } from "./planStore.ts";
import { createSession, type Session, type SessionView } from "./session.ts";

/** A CIF, and the block of it that is meant; without one: the first with a unit cell. */
export interface Target {
  readonly uri: vscode.Uri;
  readonly block?: string;
}

/** The session of one CIF and block, under the name that the file has now. */
export interface Experiment {
  readonly uri: vscode.Uri;
  /** Undefined: the first block with a unit cell, whatever its code is. */
  readonly block: string | undefined;
  readonly session: Session;
}

/** All experiments that panels show at the moment. */
export interface Experiments {
  /** The experiment of a target, the one that is open if there is one. */
  find(target: Target): Promise<Experiment>;
  /** Adds a panel to an experiment; the returned function removes it, and with the last one the experiment ends. */
  attach(experiment: Experiment, view: SessionView): () => void;
  dispose(): void;
}

/** Energy at which a CIF is read only to learn which block is its first with a cell. */
const ANY_ENERGY_keV = 17;

interface Entry extends Experiment {
  uri: vscode.Uri;
  watching: vscode.Disposable;
  panels: number;
}

export function createExperiments(crystals: CrystalStore, drafts: Drafts): Experiments {
  const entries = new Set<Entry>();
  const open = (uri: string, block: string | undefined): Entry | undefined =>
    [...entries].find((entry) => entry.uri.toString() === uri && entry.block === block);

  const create = (uri: vscode.Uri, block: string | undefined): Entry => {
    const plan = drafts.load(uri.toString(), block, baseName(uri));
    const store = createPlanStore(plan, (changed) => drafts.save(entry.uri.toString(), block, changed));
    const session = createSession(
      {
        uri: () => entry.uri.toString(),
        name: () => baseName(entry.uri),
        readCrystal: (energy_keV) => crystals.read(entry.uri, block, energy_keV),
      },
      store,
    );
    const entry: Entry = {
      uri,
      block,
      session,
      watching: crystals.watch(uri, () => void session.crystalChanged()),
      panels: 0,
    };
    entries.add(entry);
    return entry;
  };

  const move = (entry: Entry, uri: vscode.Uri): void => {
    drafts.save(entry.uri.toString(), entry.block, undefined);
    drafts.save(uri.toString(), entry.block, entry.session.plan);
    entry.uri = uri;
    entry.watching.dispose();
    entry.watching = crystals.watch(uri, () => void entry.session.crystalChanged());
    void entry.session.crystalChanged();
  };

  const renaming = vscode.workspace.onDidRenameFiles(({ files }) => {
    for (const entry of entries) {
      for (const { oldUri, newUri } of files) {
        const moved = movedUri(entry.uri, oldUri, newUri);
        if (moved) move(entry, moved);
      }
    }
  });
  const closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    // The name of an untitled document is given to another one later, which must not find this one's plan.
    if (uri.scheme === "untitled") drafts.save(uri.toString(), undefined, undefined);
  });

  return {
    async find({ uri, block }) {
      const first = block === undefined ? undefined : (await crystals.read(uri, undefined, ANY_ENERGY_keV)).block;
      const wanted = block === first ? undefined : block;
      return open(uri.toString(), wanted) ?? create(uri, wanted);
    },
    attach(experiment, view) {
      const entry = experiment as Entry;
      const detach = entry.session.attach(view);
      entry.panels++;
      return () => {
        detach();
        entry.panels--;
        if (entry.panels > 0) return;
        entry.watching.dispose();
        entries.delete(entry);
      };
    },
    dispose() {
      renaming.dispose();
      closing.dispose();
      for (const entry of entries) entry.watching.dispose();
    },
  };
}
