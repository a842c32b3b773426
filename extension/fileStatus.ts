import * as vscode from "vscode";
import type { FileState } from "../core/protocol/index.ts";

const SEVERITY: Readonly<Record<FileState["severity"], vscode.LanguageStatusSeverity>> = {
  error: vscode.LanguageStatusSeverity.Error,
  warning: vscode.LanguageStatusSeverity.Warning,
  none: vscode.LanguageStatusSeverity.Information,
};

/** The entry of the language status for CIF files: the crystal of the active one, or the first reason why it has none. */
export interface FileStatus extends vscode.Disposable {
  update(state: FileState): void;
}

export function createFileStatus(): FileStatus {
  const states = new Map<string, FileState>();
  const item = vscode.languages.createLanguageStatusItem("dfxrm.file", { language: "cif" });
  item.name = "DF-XRM";
  item.command = { title: "Problems", command: "workbench.actions.view.problems" };

  const show = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== "cif") return;
    const state = states.get(document.uri.toString());
    item.busy = state === undefined;
    item.text = state?.summary ?? "DF-XRM";
    item.detail = state?.detail ?? "";
    item.severity = SEVERITY[state?.severity ?? "none"];
  };
  show();

  const subscriptions = vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void states.delete(uri.toString())),
  );
  return {
    update(state) {
      states.set(state.uri, state);
      show();
    },
    dispose: () => subscriptions.dispose(),
  };
}
