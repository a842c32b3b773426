import * as vscode from "vscode";
import { PANEL_KINDS, type PanelKind } from "../core/protocol/index.ts";
import { EXAMPLES } from "./examples.ts";
import type { Target } from "./experiments.ts";
import { isCifName } from "./names.ts";
import { TITLES } from "./panels/html.ts";
import type { PanelManager } from "./panels/manager.ts";

export function registerCommands(
  context: vscode.ExtensionContext,
  panels: PanelManager,
  log: vscode.LogOutputChannel,
): void {
  /** Registers a command whose failure is logged and told. */
  const register = (name: string, title: string, run: (argument: unknown) => Promise<void>): void => {
    const guarded = async (argument: unknown): Promise<void> => {
      try {
        await run(argument);
      } catch (cause) {
        log.error(`${title} failed`, cause);
        const reason = cause instanceof Error ? cause.message : String(cause);
        const choice = await vscode.window.showErrorMessage(`${title} failed: ${reason}`, "Show Log");
        if (choice) log.show();
      }
    };
    context.subscriptions.push(vscode.commands.registerCommand(`dfxrm.${name}`, guarded));
  };

  for (const kind of PANEL_KINDS) {
    register(`show${TITLES[kind]}`, `Show ${TITLES[kind]}`, (argument) => showPanel(kind, argument, panels));
  }
  register("openExample", "Open Example Crystal", () => openExample(context.extensionUri));
  register("showLog", "Show Log", async () => log.show());
}

async function showPanel(kind: PanelKind, argument: unknown, panels: PanelManager): Promise<void> {
  const named = namedTarget(argument);
  if (named) return panels.open(kind, named.target, { preserveFocus: named.fromCodeLens });
  const target = panels.focused() ?? editedCif();
  if (target) return panels.open(kind, target, { preserveFocus: false });
  const open = "Open Example Crystal";
  const choice = await vscode.window.showInformationMessage(
    `DF-XRM: Show ${TITLES[kind]} needs a crystal. Open a .cif file and run it again.`,
    open,
  );
  if (choice === open) await vscode.commands.executeCommand("dfxrm.openExample");
}

/** What a menu (a URI) or a CodeLens (`{uri, block}`) names. */
function namedTarget(argument: unknown): { readonly target: Target; readonly fromCodeLens: boolean } | undefined {
  if (argument instanceof vscode.Uri) return { target: { uri: argument }, fromCodeLens: false };
  if (typeof argument !== "object" || argument === null || !("uri" in argument)) return undefined;
  if (typeof argument.uri !== "string") return undefined;
  const block = "block" in argument && typeof argument.block === "string" ? { block: argument.block } : {};
  return { target: { uri: vscode.Uri.parse(argument.uri), ...block }, fromCodeLens: true };
}

/** The CIF of the active editor, else the only one that is visible. */
function editedCif(): Target | undefined {
  const isCif = ({ document }: vscode.TextEditor): boolean => document.languageId === "cif" || isCifName(document.uri);
  const active = vscode.window.activeTextEditor;
  if (active && isCif(active)) return { uri: active.document.uri };
  const [first, second] = vscode.window.visibleTextEditors.filter(isCif);
  return first && !second ? { uri: first.document.uri } : undefined;
}

/** Opens a copy of an example as a new document, so that nothing of the extension is edited. */
async function openExample(extensionUri: vscode.Uri): Promise<void> {
  const choice = await vscode.window.showQuickPick(
    EXAMPLES.map(({ name, note, file }) => ({ label: name, description: note, file })),
    { title: "Open Example Crystal", placeHolder: "Crystal to open as a new document" },
  );
  if (!choice) return;
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "examples", choice.file));
  const document = await openCopy(choice.file, new TextDecoder().decode(bytes));
  const start = new vscode.Range(0, 0, 0, 0);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, selection: start });
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
