import * as vscode from "vscode";
import type { FileKind } from "../core/protocol/index.ts";
import { baseName } from "./names.ts";
import type { SavingPorts } from "./saveFile.ts";

const FILTERS: Readonly<Record<FileKind, string>> = {
  svg: "SVG picture",
  png: "PNG picture",
  pdf: "PDF document",
  glb: "3D scene (binary glTF)",
  html: "Web page",
  md: "Markdown",
  csv: "Table, comma-separated",
  tsv: "Table, tab-separated",
  json: "JSON",
  txt: "Text",
  py: "Python script",
  lens: "Lens file of DF-XRM_viz",
};

/** Saves with the dialogs, file systems and notifications of VS Code. */
export const savingInVSCode = (): SavingPorts => ({
  ask: async (name, kind, origin) => {
    const folder = folderFor(origin);
    return vscode.window.showSaveDialog({
      title: `Save ${FILTERS[kind]}`,
      filters: { [FILTERS[kind]]: [kind] },
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    });
  },
  write: async (place, content) => vscode.workspace.fs.writeFile(place, content),
  tellSaved(place) {
    const open = "Open";
    void vscode.window.showInformationMessage(`Saved ${baseName(place)}.`, open).then(async (choice) => {
      if (choice === open) await vscode.commands.executeCommand("vscode.open", place);
    });
  },
  tellFailed: async (sentence) => {
    const elsewhere = "Save Elsewhere…";
    return (await vscode.window.showErrorMessage(sentence, elsewhere)) === elsewhere;
  },
});

/** The folder of a document where files can be written, else that of the workspace. */
function folderFor(origin: vscode.Uri): vscode.Uri | undefined {
  const isFile = origin.scheme !== "untitled" && vscode.workspace.fs.isWritableFileSystem(origin.scheme) !== false;
  return isFile ? vscode.Uri.joinPath(origin, "..") : vscode.workspace.workspaceFolders?.[0]?.uri;
}
