import * as vscode from "vscode";
import { parsePlanText } from "../core/experiment/index.ts";
import { isPlanName } from "./names.ts";
import { readText, resolveFrom } from "./texts.ts";

const MOST = 200;

/**
 * The plan files of a CIF and block, by name: those beside it, and those of the workspace.
 * @param block undefined: the first with a cell, whose code is `first`
 */
export async function listPlans(
  cif: vscode.Uri,
  block: string | undefined,
  first: string | null,
): Promise<readonly vscode.Uri[]> {
  const belongs = async (plan: vscode.Uri): Promise<boolean> => {
    const parsed = parsePlanText((await readText(plan)) ?? "");
    if (!parsed.ok || resolveFrom(plan, parsed.value.cif.path)?.toString() !== cif.toString()) return false;
    const named = parsed.value.cif.block;
    return named === block || (block === undefined && (named === "" || named === first));
  };
  const plans = await allPlans(cif);
  const belonging = await Promise.all(plans.map(belongs));
  return plans.filter((_plan, i) => belonging[i]);
}

/** All plan files beside a CIF and in the workspace, by name. */
export async function allPlans(cif: vscode.Uri | undefined): Promise<readonly vscode.Uri[]> {
  const found = new Map<string, vscode.Uri>();
  const add = (uri: vscode.Uri): void => {
    if (isPlanName(uri)) found.set(uri.toString(), uri);
  };
  if (cif && cif.scheme !== "untitled") {
    const folder = vscode.Uri.joinPath(cif, "..");
    const names = await Promise.resolve(vscode.workspace.fs.readDirectory(folder)).catch(() => []);
    for (const [name] of names) add(vscode.Uri.joinPath(folder, name));
  }
  const elsewhere = await Promise.resolve(vscode.workspace.findFiles("**/*.dfxrm.json", undefined, MOST)).catch(
    () => [],
  );
  elsewhere.forEach(add);
  return [...found.values()].sort((a, b) => a.path.localeCompare(b.path)).slice(0, MOST);
}
