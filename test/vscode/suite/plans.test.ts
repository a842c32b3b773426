import assert from "node:assert/strict";
import * as vscode from "vscode";
import { createDraftPlan, type ExperimentPlan, planText } from "../../../core/experiment/index.ts";
import { until } from "../../../scripts/lib/until.ts";
import { closeAll, errors } from "./documents.ts";

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

/** Runs a command that asks for a place, takes the one that is proposed, and reads the file that is there then. */
async function readMade(name: string, command: string, ...given: readonly unknown[]): Promise<string> {
  const done = vscode.commands.executeCommand(command, ...given);
  const text = await until(`the file ${name}`, async () => {
    await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    return vscode.workspace.fs.readFile(at(name)).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => undefined,
    );
  });
  await done;
  return text;
}
const savePlan = async (cif: string, plan: string): Promise<ExperimentPlan> =>
  JSON.parse(await readMade(plan, "dfxrm.savePlanAs", at(cif)));
/** A cubic crystal of 5.43 angstrom, turned by a quarter about c. */
const TURNED = "0 0.1842 0\n-0.1842 0 0\n0 0 0.1842\n";

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

  test("a new plan and a new instrument are files, shown at once and without a fault", async () => {
    await copy("LiNbO3.cif", "a.cif");
    await vscode.window.showTextDocument(at("a.cif"));
    const plan = JSON.parse(await readMade("a.dfxrm.json", "dfxrm.newPlan", at("a.cif")));
    assert.deepEqual([plan.cif.path, plan.cif.block], ["a.cif", "LiNbO3"]);
    await panelNamed("Geometry: a");
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), at("a.dfxrm.json").toString());
    const name = "my-beamline.dfxrm-instrument.json";
    await readMade(name, "dfxrm.newInstrument");
    const editor = vscode.window.activeTextEditor!;
    assert.equal(editor.document.uri.toString(), at(name).toString());
    assert.deepEqual(errors(editor), []);
  });

  test("the example with a plan is copied into a folder, and shown", async () => {
    const root = vscode.Uri.joinPath(folder(), "..");
    const plan = vscode.Uri.joinPath(root, "LiNbO3.dfxrm.json");
    const before = await vscode.workspace.fs.readFile(plan);
    await vscode.workspace.fs.delete(plan);
    const done = vscode.commands.executeCommand("dfxrm.openExample", "LiNbO3.dfxrm.json");
    await until("the panel", async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return tabs().some(({ label }) => label === "Geometry: LiNbO3");
    });
    await done;
    assert.deepEqual(await vscode.workspace.fs.readFile(plan), before);
    assert.deepEqual(errors(vscode.window.activeTextEditor!), []);
  });

  test("a renamed CIF keeps its panels and its draft", async () => {
    await copy("silicon.cif", "a.cif");
    await write("turned.ub", TURNED);
    await vscode.window.showTextDocument(at("a.cif"));
    await vscode.commands.executeCommand("dfxrm.showGeometry");
    await panelNamed("Geometry: a (draft)");
    await vscode.commands.executeCommand("dfxrm.readOrientation", at("a.cif"), at("turned.ub"));
    await rename(["a.cif", "b.cif"]);
    await panelNamed("Geometry: b (draft)");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rename(["b.cif", "c.cif"]);
    await vscode.window.showTextDocument(at("c.cif"));
    await vscode.commands.executeCommand("dfxrm.showGeometry");
    await panelNamed("Geometry: c (draft)");
    const { sample, cif } = await savePlan("c.cif", "c.dfxrm.json");
    assert.equal(cif.path, "c.cif");
    assert.deepEqual(sample.orientation?.U[0].map(Math.round), [0, 1, 0]);
    await panelNamed("Geometry: c");
  });

  test("a new CIF keeps panel and draft when it is saved for the first time", async () => {
    await copy("silicon.cif", "a.cif");
    await write("turned.ub", TURNED);
    const text = (await vscode.workspace.openTextDocument(at("a.cif"))).getText();
    const uri = at("new.cif").with({ scheme: "untitled" });
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text.replace("silicon", "ours")));
    await vscode.commands.executeCommand("dfxrm.showGeometry");
    await panelNamed("Geometry: new (draft)");
    await vscode.commands.executeCommand("dfxrm.readOrientation", uri, at("turned.ub"));
    assert.ok(await document.save());
    await until("the file in the editor", () => vscode.window.activeTextEditor?.document.uri.scheme !== "untitled");
    const { sample } = await savePlan("new.cif", "new.dfxrm.json");
    assert.ok(sample.orientation);
    await panelNamed("Geometry: new");
  });

  test("a plan goes on to name its files when they or it are moved", async () => {
    await copy("LiNbO3.cif", "a.cif");
    await copy("template.dfxrm-instrument.json", "mine.dfxrm-instrument.json");
    const draft = createDraftPlan("a.cif", "LiNbO3");
    await write("p.dfxrm.json", planText({ ...draft, instrument: "mine.dfxrm-instrument.json" }));
    await write("other.dfxrm.json", planText(draft));
    await vscode.commands.executeCommand("dfxrm.openPlan", at("p.dfxrm.json"));
    await panelNamed("Geometry: p");
    await rename(["a.cif", "b.cif"]);
    await planOnce("p.dfxrm.json", ({ cif }) => cif.path === "b.cif");
    await planOnce("other.dfxrm.json", ({ cif }) => cif.path === "b.cif");
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
