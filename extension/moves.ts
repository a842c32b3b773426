import * as vscode from "vscode";
import {
  type ExperimentPlan,
  editPlanText,
  instrumentNamedBy,
  lensNamedBy,
  type PlanOp,
  parsePlanText,
} from "../core/experiment/index.ts";
import { movedUri } from "./names.ts";
import { relativePath } from "./paths.ts";
import { allPlans } from "./planList.ts";
import { resolveFrom } from "./texts.ts";

/** Where a file is after others were renamed or moved; where it was, if it was none of them. */
export type Move = (uri: vscode.Uri) => vscode.Uri;

type Renamed = vscode.FileRenameEvent["files"];

export const moveOf =
  (files: Renamed): Move =>
  (uri) =>
    files.reduce((now, { oldUri, newUri }) => movedUri(now, oldUri, newUri) ?? now, uri);

/** Changes, together with each renaming or moving of files, the plans of the workspace that name them. */
export const carryPlansAlong = (): vscode.Disposable =>
  vscode.workspace.onWillRenameFiles(({ files, waitUntil }) => waitUntil(planEdits(files)));

async function planEdits(files: Renamed): Promise<vscode.WorkspaceEdit> {
  const moved = moveOf(files);
  const edit = new vscode.WorkspaceEdit();
  for (const uri of await allPlans(files[0]?.oldUri)) {
    const document = await vscode.workspace.openTextDocument(uri);
    const text = document.getText();
    const plan = parsePlanText(text);
    const change = plan.ok && editPlanText(text, pathOps(plan.value, uri, moved(uri), moved));
    if (!change) continue;
    const range = new vscode.Range(document.positionAt(change.range.start), document.positionAt(change.range.end));
    edit.replace(uri, range, change.newText);
  }
  return edit;
}

/**
 * The edits by which a plan goes on to name the same files after it was moved from `before` to `after`, and they by
 * `moved`. A path that leads nowhere stays as it is.
 */
function pathOps(plan: ExperimentPlan, before: vscode.Uri, after: vscode.Uri, moved: Move): readonly PlanOp[] {
  const instrument = instrumentNamedBy(plan);
  const lens = lensNamedBy(plan);
  const named = [
    { path: ["cif", "path"], name: plan.cif.path },
    ...(instrument.kind === "file" ? [{ path: ["instrument"], name: instrument.path }] : []),
    ...(lens?.kind === "file" ? [{ path: ["lens", "file"], name: lens.path }] : []),
  ];
  const stays = folderOf(before) === folderOf(after);
  return named.flatMap(({ path, name }) => {
    const old = resolveFrom(before, name);
    if (old === undefined || (stays && moved(old) === old)) return [];
    const value = relativePath(folderOf(after), moved(old).path);
    return value === name ? [] : [{ path, value }];
  });
}

const folderOf = ({ path }: vscode.Uri): string => path.slice(0, path.lastIndexOf("/"));
