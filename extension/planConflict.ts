import * as vscode from "vscode";
import { type ExperimentPlan, parsePlanText } from "../core/experiment/index.ts";
import type { Issue } from "../core/util/index.ts";
import { baseName } from "./names.ts";
import { differingPaths, valueAt } from "./planStore.ts";
import { openDocument, textOnDisk } from "./texts.ts";

/**
 * Notices that a plan file was saved by another window or program while it has unsaved changes here. VS Code itself stops
 * the saving then only where the size of the file has changed, which that of an energy seldom does.
 */
export interface PlanConflict extends vscode.Disposable {
  /** What there is to say about it, given the plan as it is here. */
  readonly issues: (plan: ExperimentPlan) => readonly Issue[];
}

export function watchForConflict(uri: vscode.Uri, onChange: () => void): PlanConflict {
  /** What this window has read or written last. */
  let known: string | undefined;
  let foreign: string | undefined;
  const set = (text: string | undefined): void => {
    if (foreign === text) return;
    foreign = text;
    onChange();
  };
  const agree = (text: string | undefined): void => {
    known = text;
    set(undefined);
  };
  const look = async (): Promise<void> => {
    const onDisk = await textOnDisk(uri);
    if (known === undefined || !openDocument(uri)?.isDirty) agree(onDisk);
    else if (onDisk !== undefined && onDisk !== known) set(onDisk);
  };
  const ifIt = (document: vscode.TextDocument): void => {
    if (document.uri.toString() === uri.toString() && !document.isDirty) agree(document.getText());
  };
  // The folder with `*`: a file name may hold characters that mean something in a pattern.
  const folder = vscode.Uri.joinPath(uri, "..");
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "*"));
  const looking = watcher.onDidChange((changed) => {
    if (changed.toString() === uri.toString()) void look();
  });
  void look();
  const disposables = vscode.Disposable.from(
    watcher,
    looking,
    vscode.workspace.onDidSaveTextDocument(ifIt),
    vscode.workspace.onDidChangeTextDocument(({ document }) => ifIt(document)),
  );
  return {
    issues: (plan) => (foreign === undefined ? [] : [conflict(uri, plan, foreign)]),
    dispose: () => disposables.dispose(),
  };
}

function conflict(uri: vscode.Uri, plan: ExperimentPlan, foreign: string): Issue {
  const there = parsePlanText(foreign);
  const fields = there.ok ? differingPaths(plan, there.value).slice(0, 3) : [];
  const values = fields.map((field) => {
    const value = there.ok ? JSON.stringify(valueAt(there.value, field.split("."))) : undefined;
    return `${field} ${value === undefined ? "is absent" : `is ${value}`}`;
  });
  const what = values.length === 0 ? "" : ` (${values.join(", ")} there)`;
  const message =
    `${baseName(uri)} was saved by another window or program${what} while it has unsaved changes here, ` +
    "and to save it would overwrite that. File: Revert File takes what was saved there.";
  return { code: "plan/conflict", severity: "warning", message, uri: uri.toString() };
}
