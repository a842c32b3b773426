import * as vscode from "vscode";

/** Opens a file of the workspace, which is a copy of examples/, in an editor. */
export async function openExample(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("The tests need a workspace.");
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, name));
}

const written: vscode.Uri[] = [];

/** Writes a file into the workspace and opens it in an editor; it goes with `closeAll`. */
export async function openFile(name: string, content: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("The tests need a workspace.");
  const uri = vscode.Uri.joinPath(folder.uri, name);
  written.push(uri);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return vscode.window.showTextDocument(uri);
}

/** Opens a new CIF document with this text. */
export async function openText(content: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "cif", content }));
}

/** Closes everything; what is unsaved is thrown away, and what was written deleted. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor !== undefined) {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  for (const uri of written.splice(0)) await vscode.workspace.fs.delete(uri);
}

/** The line that holds this text, and the column where it starts. */
export function positionOf(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`${document.fileName} does not contain ${text}`);
  return document.positionAt(offset);
}

export function problems({ document }: vscode.TextEditor): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri);
}

/** The code of a problem, which is a link to its explanation. */
export const codeOf = ({ code }: vscode.Diagnostic): unknown => (typeof code === "object" ? code.value : code);

/** Errors only. */
export function errors(editor: vscode.TextEditor): readonly vscode.Diagnostic[] {
  return problems(editor).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
}
