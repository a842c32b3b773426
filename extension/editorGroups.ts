import * as vscode from "vscode";

/** Whether a tab shows the text of a file. */
export const showsText = ({ input }: vscode.Tab, uri: vscode.Uri): boolean =>
  input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();

/** The editor group that shows a document in a tab. */
export const columnOf = (uri: vscode.Uri): vscode.ViewColumn | undefined =>
  vscode.window.tabGroups.all.find(({ tabs }) => tabs.some((tab) => showsText(tab, uri)))?.viewColumn;

/** The first editor group where a text covers no panel, else a new one. */
export const columnOfTexts = (): vscode.ViewColumn =>
  vscode.window.tabGroups.all.find(({ activeTab }) => !(activeTab?.input instanceof vscode.TabInputWebview))
    ?.viewColumn ?? vscode.ViewColumn.Beside;

/**
 * The tab of a panel that an extension host has left behind, of some that look alike the one with this title. Such a panel
 * is in sight, because VS Code ends the pages of hidden ones; no panel of this host is where it is.
 */
export function tabLeftBehind(
  viewType: string,
  title: string,
  living: readonly vscode.WebviewPanel[],
): vscode.Tab | undefined {
  const isElsewhere = ({ viewColumn }: vscode.TabGroup): boolean =>
    !living.some((panel) => panel.visible && panel.viewColumn === viewColumn);
  const tabs = vscode.window.tabGroups.all
    .filter(isElsewhere)
    .flatMap(({ activeTab }) => activeTab ?? [])
    // VS Code puts a word of its own before the type.
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType));
  return tabs.find(({ label }) => label === title) ?? tabs[0];
}
