import * as vscode from "vscode";
import { EXAMPLES } from "../core/protocol/index.ts";
import { columnOfTexts } from "./editorGroups.ts";
import { baseName } from "./names.ts";
import { saveAs } from "./saveFile.ts";
import { savingInVSCode } from "./savingInVSCode.ts";

/** Gives what comes with the extension into the user's hands: as copies, so that nothing of the extension is edited. */

const shipped = (extensionUri: vscode.Uri, file: string): Thenable<Uint8Array> =>
  vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "examples", file));

/** Opens an example as a new document. */
export async function openExample(extensionUri: vscode.Uri, file: string): Promise<vscode.Uri> {
  const document = await openCopy(file, new TextDecoder().decode(await shipped(extensionUri, file)));
  const start = new vscode.Range(0, 0, 0, 0);
  await vscode.window.showTextDocument(document, { viewColumn: columnOfTexts(), selection: start });
  return document.uri;
}

/** A plan with its CIF, for a folder of the user. */
const EXAMPLE_PLAN = "LiNbO3.dfxrm.json";
const EXAMPLE_CIF = "LiNbO3.cif";

/** Asks which example if none is named, and opens it; the plan if it is the one with a plan. */
export async function chooseExample(extensionUri: vscode.Uri, named: unknown): Promise<vscode.Uri | undefined> {
  const crystals = EXAMPLES.map(({ name, note, file }) => ({ label: name, description: note, file }));
  const withPlan = {
    label: "LiNbO₃ with a plan",
    description: "CIF and plan as files in a folder of yours",
    file: EXAMPLE_PLAN,
  };
  const all = [...crystals, withPlan];
  const choice =
    all.find(({ file }) => file === named) ??
    (await vscode.window.showQuickPick(all, {
      title: "Open Example Crystal",
      placeHolder: "Crystal to open as a new document",
      matchOnDescription: true,
    }));
  if (choice === undefined) return undefined;
  if (choice !== withPlan) {
    await openExample(extensionUri, choice.file);
    return undefined;
  }
  return copyExamplePlan(extensionUri);
}

/** Asks for a folder and copies the example plan and its CIF there, where they are not there already. */
async function copyExamplePlan(extensionUri: vscode.Uri): Promise<vscode.Uri | undefined> {
  const folders = await vscode.window.showOpenDialog({
    title: "Folder for the Example",
    openLabel: "Copy Here",
    canSelectFiles: false,
    canSelectFolders: true,
    ...(vscode.workspace.workspaceFolders?.[0] && { defaultUri: vscode.workspace.workspaceFolders[0].uri }),
  });
  const [folder] = folders ?? [];
  if (folder === undefined) return undefined;
  for (const file of [EXAMPLE_CIF, EXAMPLE_PLAN]) {
    const place = vscode.Uri.joinPath(folder, file);
    const isThere = await vscode.workspace.fs.stat(place).then(
      () => true,
      () => false,
    );
    if (!isThere) await vscode.workspace.fs.writeFile(place, await shipped(extensionUri, file));
  }
  return vscode.Uri.joinPath(folder, EXAMPLE_PLAN);
}

/** Asks where, and makes a profile of an instrument there from the commented template. */
export async function newInstrument(extensionUri: vscode.Uri): Promise<void> {
  const origin = vscode.window.activeTextEditor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const contentFor = async (place: vscode.Uri): Promise<Uint8Array> => {
    if (baseName(place).endsWith(".dfxrm-instrument.json"))
      return shipped(extensionUri, "template.dfxrm-instrument.json");
    throw new Error("the name of an instrument ends in .dfxrm-instrument.json.");
  };
  const near = origin ?? vscode.Uri.from({ scheme: "untitled", path: "instrument" });
  const saved = await saveAs("my-beamline.dfxrm-instrument", "json", near, contentFor, savingInVSCode());
  if (!saved.ok || saved.place === undefined) return;
  await vscode.window.showTextDocument(saved.place, { viewColumn: columnOfTexts(), preview: false });
}

/** A new document with this text, under this name where the host takes names for new documents (the web does not). */
async function openCopy(name: string, content: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.from({ scheme: "untitled", path: name });
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(uri);
  } catch {
    return vscode.workspace.openTextDocument({ language: "cif", content });
  }
  if (document.getText() === "") {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), content);
    await vscode.workspace.applyEdit(edit);
  }
  return document;
}
