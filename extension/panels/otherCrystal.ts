import * as vscode from "vscode";
import { EXAMPLES } from "../../core/protocol/index.ts";
import { columnOfTexts } from "../editorGroups.ts";
import { openExample } from "../openExample.ts";

/** The ways to a crystal that a panel offers where it has none. */

/** Opens an example that a panel names; its document. Rejects where there is none of this name. */
export async function openNamedExample(extensionUri: vscode.Uri, file: string): Promise<vscode.Uri> {
  const example = EXAMPLES.find((one) => one.file === file);
  if (example === undefined) throw new Error(`There is no example ${file}.`);
  return openExample(extensionUri, example.file);
}

/** Asks for a CIF file and opens it; undefined where the user cancels. */
export async function askForCif(): Promise<vscode.Uri | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: "Open a CIF File",
      filters: { "Crystallographic Information File": ["cif", "mcif"] },
    })) ?? [];
  if (uri) await vscode.window.showTextDocument(uri, { viewColumn: columnOfTexts(), preview: false });
  return uri;
}
