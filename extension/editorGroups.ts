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
