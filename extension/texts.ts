import * as vscode from "vscode";
import { debounce } from "./debounce.ts";
import { columnOf, showsText } from "./editorGroups.ts";
import { isInside, resolveInside } from "./paths.ts";

/** Texts as they are now: unsaved where they are open, else from the file system. */

const DEBOUNCE_MS = 100;

/**
 * The document of a URI, if it is open in an editor or unsaved. VS Code holds on to others for minutes after they were
 * closed, also where their files are gone meanwhile.
 */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString() && !one.isClosed);
  return document?.isDirty || document?.isUntitled || columnOf(uri) !== undefined ? document : undefined;
}

/** The present text; undefined where there is no such file, or none that can be read. */
export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const document = openDocument(uri);
  if (document) return document.getText();
  return uri.scheme === "untitled" ? undefined : textOnDisk(uri);
}

/** The saved text; undefined where there is no such file, or none that can be read. */
export async function textOnDisk(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/** Calls `onChange` a moment after each change of a text, in an editor or on the disk. */
export function watch(uri: vscode.Uri, onChange: () => void): vscode.Disposable {
  const change = debounce(onChange, DEBOUNCE_MS);
  const isIt = (other: vscode.Uri): boolean => other.toString() === uri.toString();
  const ifIt = (document: vscode.TextDocument): void => {
    if (isIt(document.uri)) change.call();
  };
  const onDisk = (changed: vscode.Uri): void => {
    if (isIt(changed) && !openDocument(uri)) change.call();
  };
  const disposables: vscode.Disposable[] = [
    change,
    vscode.workspace.onDidChangeTextDocument((event) => ifIt(event.document)),
    vscode.workspace.onDidOpenTextDocument(ifIt),
    vscode.workspace.onDidCloseTextDocument(ifIt),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (closed.some((tab) => showsText(tab, uri))) change.call();
    }),
  ];
  if (uri.scheme !== "untitled") {
    // The folder with `*`: a file name may hold characters that mean something in a pattern.
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.joinPath(uri, ".."), "*"),
    );
    disposables.push(watcher, watcher.onDidChange(onDisk), watcher.onDidCreate(onDisk), watcher.onDidDelete(onDisk));
  }
  return vscode.Disposable.from(...disposables);
}

/** Where a file that `document` names by a relative path is; undefined where that is outside the workspace. */
export function resolveFrom(document: vscode.Uri, relative: string): vscode.Uri | undefined {
  const folder = vscode.Uri.joinPath(document, "..");
  const root = vscode.workspace.getWorkspaceFolder(document)?.uri ?? folder;
  if (document.scheme === "untitled") {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    return first && isInside(relative) ? vscode.Uri.joinPath(first.uri, relative) : undefined;
  }
  const path = resolveInside(root.path, folder.path, relative);
  return path === undefined ? undefined : document.with({ path });
}

/** SHA-256 of a text with LF line ends, in hexadecimal: git may change line ends between two machines. */
export async function sha256(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text.replaceAll("\r\n", "\n"));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
