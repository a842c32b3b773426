import * as vscode from "vscode";
import {
  createDraftPlan,
  type ExperimentPlan,
  editPlanText,
  type PlanOp,
  parsePlanText,
} from "../core/experiment/index.ts";
import { error, type Issue, readJsonText } from "../core/util/index.ts";
import { columnOf, columnOfTexts } from "./editorGroups.ts";
import { baseName } from "./names.ts";
import { openDocument, readText, textOnDisk } from "./texts.ts";

/** What the text of a plan file comes to; without a plan where it cannot be read. */
export interface PlanReading {
  readonly plan: ExperimentPlan | undefined;
  /** Each with the URI of the file, so that its place can be shown. */
  readonly issues: readonly Issue[];
}

export async function readPlan(uri: vscode.Uri): Promise<PlanReading> {
  const text = await readText(uri);
  if (text === undefined) {
    const message = `${baseName(uri)} cannot be read: it was moved, deleted or is out of reach. DF-XRM: Save Plan As… writes the plan to a file again.`;
    return { plan: undefined, issues: [error("plan/gone", message)] };
  }
  const parsed = parsePlanText(text);
  // One fault of the syntax makes others behind it.
  const told = parsed.issues[0]?.code.startsWith("json/") ? parsed.issues.slice(0, 1) : parsed.issues;
  const issues = told.map(({ field: _field, ...issue }) => ({ ...issue, uri: uri.toString() }));
  return { plan: parsed.ok ? parsed.value : undefined, issues };
}

/** The plan that stands in for a file that never could be read: it names the CIF that the text names, if any. */
export async function standIn(uri: vscode.Uri): Promise<ExperimentPlan> {
  const value = readJsonText((await readText(uri)) ?? "").value;
  const cif = typeof value === "object" && value !== null && "cif" in value ? value.cif : undefined;
  const path = typeof cif === "object" && cif !== null && "path" in cif ? cif.path : undefined;
  return createDraftPlan(typeof path === "string" ? path : "", "");
}

/**
 * Changes the text of a plan file as one undo step, and opens it beside its CIF where no editor shows it. Returns why it
 * could not, if so. Saving is left to the user.
 */
export async function editPlan(uri: vscode.Uri, cif: vscode.Uri, ops: readonly PlanOp[]): Promise<string | undefined> {
  let document: vscode.TextDocument;
  try {
    document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(uri));
  } catch {
    return `${baseName(uri)} cannot be opened: it was moved, deleted or is out of reach. Save the plan to a file again.`;
  }
  const text = document.getText();
  if (readJsonText(text).issues.length > 0) {
    return `The text of ${baseName(uri)} is not valid JSON at the moment: mend it there first.`;
  }
  const edit = editPlanText(text, ops);
  if (edit === undefined) return undefined;
  const replace = (start: number, end: number, newText: string): Thenable<boolean> => {
    const change = new vscode.WorkspaceEdit();
    change.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), newText);
    return vscode.workspace.applyEdit(change);
  };
  const { start, end } = edit.range;
  const refused = `${baseName(uri)} was not changed, because it is read-only. DF-XRM: Save Plan As… makes a plan of it that can be changed.`;
  if (!(await replace(start, end, edit.newText))) return refused;
  if (!(await canBeSaved(document))) {
    await replace(start, start + edit.newText.length, text.slice(start, end));
    return refused;
  }
  if (columnOf(uri) === undefined) await showBeside(document, cif);
  return undefined;
}

/** VS Code also edits the texts of files that are read-only, but never marks them unsaved: such an edit would be lost. */
const canBeSaved = async (document: vscode.TextDocument): Promise<boolean> =>
  document.isDirty || (await textOnDisk(document.uri)) === document.getText();

/** Shows a plan in the group of its CIF, else in one of texts, so that it never covers a panel. */
export async function showBeside(
  document: vscode.TextDocument,
  cif: vscode.Uri,
  preserveFocus = true,
): Promise<vscode.TextEditor> {
  const viewColumn = columnOf(document.uri) ?? columnOf(cif) ?? columnOfTexts();
  return vscode.window.showTextDocument(document, { viewColumn, preserveFocus, preview: false });
}
