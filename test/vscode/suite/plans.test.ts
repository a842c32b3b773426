import assert from "node:assert/strict";
import * as vscode from "vscode";
import { createDraftPlan, type ExperimentPlan, planText } from "../../../core/experiment/index.ts";
import { until } from "../../../scripts/lib/until.ts";
import { closeAll } from "./documents.ts";

const folder = (): vscode.Uri => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, "plans");
const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder(), name);
const write = (name: string, text: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
const copy = (example: string, name: string): Thenable<void> =>
  vscode.workspace.fs.copy(vscode.Uri.joinPath(folder(), "..", example), at(name));

async function rename(...moves: readonly (readonly [string, string])[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const [from, to] of moves) edit.renameFile(at(from), at(to));
  assert.ok(await vscode.workspace.applyEdit(edit));
}

const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
const panelNamed = (label: string): Promise<vscode.Tab> =>
  until(`the panel ${label}`, () => tabs().find((tab) => tab.label === label)).catch(() => {
    throw new Error(`There is no panel ${label}, but ${tabs().map((tab) => tab.label)}.`);
  });

/** The text of a plan as it is in the editor, once it fulfils a condition. */
const planOnce = (name: string, isIt: (plan: ExperimentPlan) => boolean): Promise<ExperimentPlan> =>
  until(`the text of ${name}`, () => {
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === at(name).toString());
    const plan = document && JSON.parse(document.getText());
    return plan && isIt(plan) && plan;
  });

suite("plans and their files", () => {
  setup(() => vscode.workspace.fs.createDirectory(folder()));
  teardown(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(folder(), { recursive: true });
  });

  test("the planner lays CIF and panels out, each in a group of its own", async () => {
    await copy("LiNbO3.cif", "a.cif");
    await vscode.window.showTextDocument(at("a.cif"));
    await vscode.commands.executeCommand("dfxrm.openPlanner");
    const columns = ["a.cif", "Geometry: a (draft)", "Reflections: a (draft)", "Attenuation: a (draft)"].map(
      async (label) => (await panelNamed(label)).group.viewColumn,
    );
    assert.deepEqual(await Promise.all(columns), [1, 2, 3, 4]);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.commands.executeCommand("vscode.setEditorLayout", { groups: [{}] });
  });

  test("a renamed CIF keeps its panels and its draft", async () => {
    await copy("silicon.cif", "a.cif");
    await write("turn.ub", "0.18 0 0\n0 0.18 0\n0 0 0.18\n");
    await vscode.window.showTextDocument(at("a.cif"));
    await vscode.commands.executeCommand("dfxrm.showGeometry");
    await panelNamed("Geometry: a (draft)");
    await vscode.commands.executeCommand("dfxrm.readOrientation", at("a.cif"), at("turn.ub"));
    await rename(["a.cif", "b.cif"]);
    await panelNamed("Geometry: b (draft)");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rename(["b.cif", "c.cif"]);
    await vscode.window.showTextDocument(at("c.cif"));
    await vscode.commands.executeCommand("dfxrm.showGeometry");
    await panelNamed("Geometry: c (draft)");
  });

  test("a plan goes on to name its files when they or it are moved", async () => {
    await copy("LiNbO3.cif", "a.cif");
    await copy("template.dfxrm-instrument.json", "mine.dfxrm-instrument.json");
    const draft = createDraftPlan("a.cif", "LiNbO3");
    await write("p.dfxrm.json", planText({ ...draft, instrument: "mine.dfxrm-instrument.json" }));
    await vscode.commands.executeCommand("dfxrm.openPlan", at("p.dfxrm.json"));
    await panelNamed("Geometry: p");
    await rename(["a.cif", "b.cif"]);
    await planOnce("p.dfxrm.json", ({ cif }) => cif.path === "b.cif");
    await vscode.workspace.saveAll();
    await rename(["p.dfxrm.json", "sub/q.dfxrm.json"]);
    await panelNamed("Geometry: q");
    const moved = await planOnce("sub/q.dfxrm.json", ({ cif }) => cif.path === "../b.cif");
    assert.equal(moved.instrument, "../mine.dfxrm-instrument.json");
    await vscode.workspace.saveAll();
    await rename(["sub/q.dfxrm.json", "q.dfxrm.json"], ["b.cif", "sub/b.cif"]);
    await planOnce("q.dfxrm.json", ({ cif }) => cif.path === "sub/b.cif");
  });
});
