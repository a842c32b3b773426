import * as vscode from "vscode";
import { isCifName } from "./names.ts";

/** How long a new document may be gone before the text of the file that it was saved as is there. */
const WAIT_ms = 3000;

/**
 * Follows new documents: `onSaved` is called where one was saved as a file, which VS Code tells only as one document that is
 * emptied and closes and another of the same text that opens; `onGone` where one was closed for good.
 */
export function followUntitled(
  onSaved: (from: vscode.Uri, to: vscode.Uri) => void,
  onGone: (uri: vscode.Uri) => void,
): vscode.Disposable {
  const texts = new Map<string, string>();
  const waiting = new Map<string, (document: vscode.TextDocument) => void>();

  const onText = (document: vscode.TextDocument): void => {
    const text = document.getText();
    if (text === "") return;
    if (document.isUntitled) texts.set(document.uri.toString(), text);
    else for (const compare of [...waiting.values()]) compare(document);
  };
  const closing = vscode.workspace.onDidCloseTextDocument(({ isUntitled, uri }) => {
    if (!isUntitled) return;
    const key = uri.toString();
    const text = texts.get(key);
    texts.delete(key);
    const end = (file: vscode.Uri | undefined): void => {
      clearTimeout(timer);
      waiting.delete(key);
      if (file) onSaved(uri, file);
      else onGone(uri);
    };
    const timer = setTimeout(() => end(undefined), WAIT_ms);
    waiting.set(key, (document) => {
      if (isCifName(document.uri) && document.getText() === text) end(document.uri);
    });
    vscode.workspace.textDocuments.forEach(onText);
  });
  vscode.workspace.textDocuments.forEach(onText);
  return vscode.Disposable.from(
    closing,
    vscode.workspace.onDidOpenTextDocument(onText),
    vscode.workspace.onDidChangeTextDocument(({ document }) => onText(document)),
  );
}
