import * as vscode from "vscode";

/** The command that the quick fix of a problem runs, and its title; without a workspace it is the user's setting that changes. */
export const ignoring = () => ({
  command: "dfxrm.doNotReport",
  title: `Do not report {code}${hasWorkspace() ? " in this workspace" : ""}`,
});

const hasWorkspace = (): boolean =>
  vscode.workspace.workspaceFile !== undefined || vscode.workspace.workspaceFolders !== undefined;

/** Problems of a code are told no more, until the user says otherwise. Rejects where the setting cannot be written. */
export async function doNotReport(code: unknown): Promise<void> {
  if (typeof code !== "string") return;
  const before = await changeLevel(code, "off");
  const told = vscode.window.showInformationMessage(`${code} is not reported any more.`, "Undo");
  void told.then((choice) => choice && changeLevel(code, before));
}

/** Writes the level of a code into the settings, or removes it, and gives the one before. */
async function changeLevel(code: string, level: string | undefined): Promise<string | undefined> {
  const target = hasWorkspace() ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  const settings = vscode.workspace.getConfiguration("dfxrm.diagnostics");
  const found = settings.inspect<Readonly<Record<string, string>>>("severity");
  const { [code]: before, ...others } = (hasWorkspace() ? found?.workspaceValue : found?.globalValue) ?? {};
  const levels = level === undefined ? others : { ...others, [code]: level };
  await settings.update("severity", Object.keys(levels).length > 0 ? levels : undefined, target);
  return before;
}
