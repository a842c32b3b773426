import * as vscode from "vscode";
import { createDraftPlan, type ExperimentPlan, planText } from "../core/experiment/index.ts";
import type { Experiment, Experiments } from "./experiments.ts";
import { baseName, isPlanName, planName, stemOf } from "./names.ts";
import { relativePath } from "./paths.ts";
import { showBeside } from "./planDocument.ts";
import { allPlans, listPlans } from "./planList.ts";
import { saveAs } from "./saveFile.ts";
import { savingInVSCode } from "./savingInVSCode.ts";
import { readText, resolveFrom, sha256 } from "./texts.ts";

/** What a user does with plans as a whole: choose, save, create. */

/** Asks which plan of the same CIF and block to show; undefined where the user cancels. */
export async function choosePlan(
  { uri, block, plan, session }: Experiment,
  experiments: Experiments,
): Promise<Experiment | undefined> {
  const first = block === undefined ? session.block : null;
  const plans = await listPlans(uri, block, first);
  const mark = (isShown: boolean): { readonly description: string } => ({ description: isShown ? "shown" : "" });
  const choice = await vscode.window.showQuickPick(
    [
      { label: "Draft", detail: "Kept by VS Code, in no file", ...mark(plan === undefined), uri: undefined },
      ...plans.map((one) => ({
        label: planName(one),
        detail: vscode.workspace.asRelativePath(one),
        ...mark(one.toString() === plan?.toString()),
        uri: one,
      })),
    ],
    { title: `Plans for ${baseName(uri)}`, placeHolder: "Plan to show in this panel" },
  );
  if (choice === undefined) return undefined;
  if (choice.uri) return experiments.find({ plan: choice.uri });
  return experiments.draft(uri, block);
}

/** Asks which data block to show, with its draft or plan. */
export async function chooseBlock(
  { uri, session }: Experiment,
  experiments: Experiments,
): Promise<Experiment | undefined> {
  const choice = await vscode.window.showQuickPick(
    session.blocks.map((code) => ({
      label: code === "" ? "(unnamed)" : code,
      description: code === session.block ? "shown" : "",
      code,
    })),
    { title: `Data blocks of ${baseName(uri)} with a unit cell`, placeHolder: "Data block to show in this panel" },
  );
  return choice && experiments.find({ uri, block: choice.code });
}

/** Asks where, and saves the plan that an experiment has now; the plan file, undefined where it was not saved. */
export async function savePlan({ uri, session }: Experiment): Promise<vscode.Uri | undefined> {
  const { plan } = session;
  const cif = { path: plan.cif.path, block: session.block ?? plan.cif.block };
  return writePlan(uri, { ...plan, cif }, nameFor(uri, plan));
}

/** Asks where, and saves a new plan for a CIF. */
export const newPlan = (uri: vscode.Uri, block: string): Promise<vscode.Uri | undefined> =>
  writePlan(uri, createDraftPlan(baseName(uri), block), stemOf(uri));

async function writePlan(uri: vscode.Uri, plan: ExperimentPlan, name: string): Promise<vscode.Uri | undefined> {
  if (uri.scheme === "untitled") {
    await vscode.window.showInformationMessage(
      `Save ${baseName(uri)} to a file first: a plan names its CIF by the place of its file.`,
    );
    return undefined;
  }
  const taken = new Set((await allPlans(uri)).map((other) => planName(other).toLowerCase()));
  let free = name;
  for (let i = 2; taken.has(free.toLowerCase()); i++) free = `${name}-${i}`;
  const saved = await saveAs(`${free}.dfxrm`, "json", uri, (place) => contentAt(place, uri, plan), savingInVSCode());
  return saved.ok ? saved.place : undefined;
}

/** The text of a plan as it has to be at its place; throws the reason why it cannot be there. */
async function contentAt(place: vscode.Uri, cif: vscode.Uri, plan: ExperimentPlan): Promise<Uint8Array> {
  if (!isPlanName(place)) throw new Error("the name of a plan ends in .dfxrm.json.");
  const path = relativePath(vscode.Uri.joinPath(place, "..").path, cif.path);
  if (place.scheme !== cif.scheme || resolveFrom(place, path)?.toString() !== cif.toString()) {
    throw new Error("a plan names its CIF by a path that stays inside the workspace; choose a folder there.");
  }
  const text = await readText(cif);
  const digest = text === undefined ? {} : { sha256: await sha256(text) };
  return new TextEncoder().encode(planText({ ...plan, cif: { path, block: plan.cif.block, ...digest } }));
}

/** `LiNbO3-006` for a plan of (0,0,6). */
function nameFor(uri: vscode.Uri, { reflection }: ExperimentPlan): string {
  return reflection ? `${stemOf(uri)}-${reflection.hkl.join("")}` : stemOf(uri);
}

/** Asks for one of the plans of the workspace. */
export async function pickPlan(title: string, besides?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const plans = (await allPlans(undefined)).filter((plan) => plan.toString() !== besides?.toString());
  if (plans.length === 0) {
    const none = besides ? "There is no other plan in this workspace." : "There is no plan in this workspace yet.";
    await vscode.window.showInformationMessage(`${none} DF-XRM: New Plan makes one from a CIF.`);
    return undefined;
  }
  const choice = await vscode.window.showQuickPick(
    plans.map((uri) => ({ label: planName(uri), detail: vscode.workspace.asRelativePath(uri), uri })),
    { title, placeHolder: "Plan" },
  );
  return choice?.uri;
}

/** Opens the text of a plan beside its CIF. */
export async function openPlanText(plan: vscode.Uri, cif: vscode.Uri, preserveFocus = false): Promise<void> {
  await showBeside(await vscode.workspace.openTextDocument(plan), cif, preserveFocus);
}
