import * as vscode from "vscode";
import { isCifName } from "./names.ts";

/** How long a new document may be gone before the file that it was saved as is opened. */
const WAIT_ms = 2000;

/**
 * Follows new documents: `onSaved` is called where one was saved as a file, which VS Code tells only as one document that
 * closes and another of the same text that opens; `onGone` where one was closed for good.
 */
export function followUntitled(
  onSaved: (from: vscode.Uri, to: vscode.Uri) => void,
  onGone: (uri: vscode.Uri) => void,
): vscode.Disposable {
  const waiting = new Set<{ readonly opened: (document: vscode.TextDocument) => void }>();
  const closing = vscode.workspace.onDidCloseTextDocument((closed) => {
    if (closed.uri.scheme !== "untitled") return;
    const text = closed.getText();
    const isIt = (other: vscode.TextDocument): boolean =>
      other.uri.scheme !== "untitled" && isCifName(other.uri) && other.getText() === text;
    const end = (file: vscode.Uri | undefined): void => {
      clearTimeout(timer);
      waiting.delete(one);
      if (file) onSaved(closed.uri, file);
      else onGone(closed.uri);
    };
    const one = { opened: (document: vscode.TextDocument) => isIt(document) && end(document.uri) };
    const timer = setTimeout(() => end(undefined), WAIT_ms);
    waiting.add(one);
    const there = text === "" ? undefined : vscode.workspace.textDocuments.find(isIt);
    if (there) end(there.uri);
  });
  const opening = vscode.workspace.onDidOpenTextDocument((document) => {
    for (const { opened } of [...waiting]) opened(document);
  });
  return vscode.Disposable.from(closing, opening);
}
