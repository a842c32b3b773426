import * as vscode from "vscode";
import { convertLens } from "../core/experiment/index.ts";
import { createLineIndex, type Issue } from "../core/util/index.ts";
import { baseName, isLensName, lensName } from "./names.ts";
import { saveAs } from "./saveFile.ts";
import { savingInVSCode } from "./savingInVSCode.ts";
import { readText } from "./texts.ts";

/** Asks where to save a lens file in the other of its two formats, and shows it beside. To cancel changes nothing. */
export async function convertLensFile(argument: unknown): Promise<void> {
  const file = lensFileOf(argument) ?? (await askLensFile());
  if (file === undefined) return;
  const text = await readText(file);
  if (text === undefined) return refuse(`${baseName(file)} cannot be read.`);
  const converted = convertLens(text, lensName(file));
  if (!converted.ok) return refuseFile(file, text, converted.issues);
  const { text: content, format } = converted.value;
  const [name, kind] =
    format === "lens" ? [lensName(file), "lens" as const] : [`${lensName(file)}.dfxrm-lens`, "json" as const];
  const saved = await saveAs(name, kind, file, async () => new TextEncoder().encode(content), savingInVSCode());
  if (saved.ok && saved.place) {
    await vscode.window.showTextDocument(saved.place, { viewColumn: vscode.ViewColumn.Beside, preview: false });
  }
}

/** The file of a menu, else that of the active editor. */
function lensFileOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  const edited = vscode.window.activeTextEditor?.document.uri;
  return edited && isLensName(edited) ? edited : undefined;
}

async function askLensFile(): Promise<vscode.Uri | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: "Convert Lens File",
      openLabel: "Convert",
      filters: { "Lens files": ["lens", "json"] },
    })) ?? [];
  return file;
}

async function refuse(sentence: string): Promise<void> {
  await vscode.window.showErrorMessage(sentence);
}

/** Says what is wrong with the file, and shows the place on request. */
async function refuseFile(file: vscode.Uri, text: string, issues: readonly Issue[]): Promise<void> {
  const issue = issues.find(({ severity }) => severity === "error") ?? issues[0];
  const lines = createLineIndex(text);
  const start = issue?.range && lines.position(issue.range.start);
  const sentence = `${baseName(file)} was not converted. ${start ? `Line ${start.line}: ` : ""}${issue?.message ?? ""}`;
  if (start === undefined) return refuse(sentence);
  const show = "Show";
  if ((await vscode.window.showErrorMessage(sentence, show)) !== show) return;
  const place = new vscode.Position(start.line - 1, start.column - 1);
  await vscode.window.showTextDocument(file, { selection: new vscode.Range(place, place) });
}
