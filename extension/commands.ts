import * as vscode from "vscode";
import { OPEN_AGAIN, PANEL_KINDS, type PanelKind, parseLeftPanel } from "../core/protocol/index.ts";
import { EXPORT_FORMATS } from "../core/report/formats.ts";
import { convertLensFile } from "./convertLens.ts";
import { doNotReport } from "./doNotReport.ts";
import type { Experiment, Experiments, Target } from "./experiments.ts";
import { type ExportChoice, type ExportParts, exportExperiment, readOrientation } from "./exportCommands.ts";
import { isCifName, isPlanName, planName } from "./names.ts";
import { chooseExample, newInstrument } from "./openExample.ts";
import { TITLES } from "./panels/html.ts";
import type { PanelManager } from "./panels/manager.ts";
import { newPlan, openPlanText, pickPlan, savePlan } from "./plans.ts";

/** What commands work on. */
export interface CommandParts {
  readonly panels: PanelManager;
  readonly experiments: Experiments;
  readonly compare: (left: vscode.Uri, right: vscode.Uri) => Promise<void>;
  readonly exporting: ExportParts;
  readonly log: vscode.LogOutputChannel;
}

export function registerCommands(context: vscode.ExtensionContext, parts: CommandParts): void {
  const { panels, log } = parts;
  /** Registers a command whose failure is logged and told. */
  const register = (name: string, title: string, run: (argument: unknown, further: unknown) => Promise<void>): void => {
    const guarded = async (argument: unknown, further: unknown): Promise<void> => {
      try {
        await run(argument, further);
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
  register("openPlanner", "Open Planner", (argument) => openPlanner(argument, parts));
  register("newPlan", "New Plan", (argument) => makePlan(argument, parts));
  register("savePlanAs", "Save Plan As…", (argument) =>
    onPlan("Save Plan As…", argument, parts, (experiment) => saveAndShow(experiment, parts.experiments, panels)),
  );
  register("openPlan", "Open Plan", async (argument) => {
    const plan = argument instanceof vscode.Uri ? argument : await pickPlan("Open Plan");
    if (plan) await openPlan(plan, parts);
  });
  register("comparePlans", "Compare Plans", (argument, further) => comparePlans(argument, further, parts));
  register("export", "Export…", (argument, further) =>
    onPlan("Export…", argument, parts, (experiment) =>
      exportExperiment(experiment, exportChoice(further ?? argument), parts.exporting),
    ),
  );
  register("readOrientation", "Read Orientation Matrix", (argument, further) =>
    onPlan("Read Orientation Matrix", argument, parts, (experiment) =>
      readOrientation(experiment, further instanceof vscode.Uri ? further : undefined),
    ),
  );
  register("convertLens", "Convert Lens File", (argument) => convertLensFile(argument));
  register("openExample", "Open Example Crystal", async (argument) => {
    const plan = await chooseExample(context.extensionUri, argument);
    if (plan) await openPlan(plan, parts);
  });
  register(OPEN_AGAIN.replace("dfxrm.", ""), "Opening the panel again", async (argument) => {
    const left = parseLeftPanel(argument);
    if (left) await panels.openAgain(left);
  });
  register("newInstrument", "New Instrument Profile", () => newInstrument(context.extensionUri));
  register("doNotReport", "Do Not Report", doNotReport);
  register("showLog", "Show Log", async () => log.show());
}

/** What a key binding gives along; what is not known is asked for. */
function exportChoice(argument: unknown): ExportChoice {
  if (typeof argument !== "object" || argument === null) return {};
  const given = argument as Readonly<Record<string, unknown>>;
  const format = EXPORT_FORMATS.find(({ id }) => id === given["format"])?.id;
  const paper = (["a4", "letter"] as const).find((known) => known === given["paper"]);
  return { ...(format && { format }), ...(paper && { paper }) };
}

async function showPanel(kind: PanelKind, argument: unknown, panels: PanelManager): Promise<void> {
  const target = targetOf(argument, panels);
  await panels.open(kind, target, { preserveFocus: isFromCodeLens(argument) });
}

async function tellWhatIsNeeded(sentence: string): Promise<void> {
  const open = "Open Example Crystal";
  const choice = await vscode.window.showInformationMessage(`DF-XRM: ${sentence}`, open);
  if (choice === open) await vscode.commands.executeCommand("dfxrm.openExample");
}

/** The CIF, its plan and the panels side by side: each in a group of its own. */
async function openPlanner(argument: unknown, { panels, experiments }: CommandParts): Promise<void> {
  const target = targetOf(argument, panels);
  if (target === undefined) return tellWhatIsNeeded("Open Planner needs a crystal. Open a .cif file and run it again.");
  const experiment = await experiments.find(target);
  const { uri, plan } = experiment;
  await vscode.commands.executeCommand("vscode.setEditorLayout", {
    orientation: 0,
    groups: [{ size: 0.25 }, { size: 0.45 }, { groups: [{}, {}], size: 0.3 }],
  });
  if (plan) await vscode.window.showTextDocument(plan, { viewColumn: vscode.ViewColumn.One, preview: false });
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One, preview: false });
  const columns = { geometry: 2, reflections: 3, attenuation: 4 } as const;
  for (const kind of ["geometry", "reflections", "attenuation"] as const) {
    await panels.open(kind, { experiment }, { preserveFocus: true, viewColumn: columns[kind] });
  }
}

async function makePlan(argument: unknown, parts: CommandParts): Promise<void> {
  const experiment = await experimentOf(argument, parts);
  if (experiment === undefined) return tellWhatIsNeeded("New Plan needs a crystal. Open a .cif file and run it again.");
  const { uri } = experiment;
  const block = await parts.experiments.blockOf(experiment);
  parts.experiments.release(experiment);
  const plan = await newPlan(uri, block ?? "");
  if (plan) await openPlan(plan, parts);
}

/** Shows the text of a plan, and its geometry beside it. */
async function openPlan(plan: vscode.Uri, { panels, experiments }: CommandParts): Promise<void> {
  const experiment = await experiments.find({ plan });
  await openPlanText(plan, experiment.uri);
  await panels.open("geometry", { experiment }, { preserveFocus: true });
}

/** Two plans side by side: those selected in the explorer, or one with another that is asked for. */
async function comparePlans(argument: unknown, further: unknown, { panels, compare }: CommandParts): Promise<void> {
  const selected = Array.isArray(further) ? further.filter((uri) => uri instanceof vscode.Uri && isPlanName(uri)) : [];
  const target = targetOf(argument, panels);
  const named =
    target && ("experiment" in target ? target.experiment.plan : "plan" in target ? target.plan : undefined);
  const [left, right] = selected.length === 2 ? selected : [named ?? (await pickPlan("Compare Plans: the first"))];
  if (left === undefined) return;
  const other = right ?? (await pickPlan(`Compare ${planName(left)} with …`, left));
  if (other) await compare(left, other);
}

/** Saves the plan of an experiment to a file that is asked for, which its panels show from then on. */
export async function saveAndShow(
  experiment: Experiment,
  experiments: Experiments,
  panels: PanelManager,
): Promise<void> {
  const place = await savePlan(experiment);
  if (place === undefined) return;
  const saved = await experiments.find({ plan: place });
  const isDraft = experiment.plan === undefined;
  if (isDraft) experiments.dropDraft(experiment);
  panels.replace(experiment, saved, isDraft ? "all" : "focused");
  await openPlanText(place, saved.uri, true);
  experiments.release(saved);
}

const isFromCodeLens = (argument: unknown): boolean =>
  typeof argument === "object" && argument !== null && !(argument instanceof vscode.Uri) && "uri" in argument;

/** Menus on the title of a panel give along an address of VS Code's own. */
const PANEL_SCHEME = "webview-panel";

/** What a menu (a URI) or a CodeLens (`{uri, block}`) names, else what the focused panel or editor is about. */
function targetOf(argument: unknown, panels: PanelManager): Target | undefined {
  if (argument instanceof vscode.Uri && argument.scheme !== PANEL_SCHEME) return ofUri(argument);
  if (typeof argument === "object" && argument !== null && "uri" in argument && typeof argument.uri === "string") {
    const block = "block" in argument && typeof argument.block === "string" ? { block: argument.block } : {};
    return { uri: vscode.Uri.parse(argument.uri), ...block };
  }
  const focused = panels.focused();
  return focused ? { experiment: focused } : editedFile();
}

/** Does something with the plan that is meant, or tells that there is none. */
async function onPlan(
  title: string,
  argument: unknown,
  parts: CommandParts,
  run: (experiment: Experiment) => Promise<void>,
): Promise<void> {
  const experiment = await experimentOf(argument, parts);
  if (experiment === undefined) {
    return tellWhatIsNeeded(`${title} needs a plan: open a .cif file, a plan or a DF-XRM panel.`);
  }
  try {
    await run(experiment);
  } finally {
    parts.experiments.release(experiment);
  }
}

async function experimentOf(argument: unknown, { panels, experiments }: CommandParts): Promise<Experiment | undefined> {
  const target = targetOf(argument, panels);
  return target && experiments.find(target);
}

const ofUri = (uri: vscode.Uri): Target => (isPlanName(uri) ? { plan: uri } : { uri });

/** The CIF or plan of the active editor, else the only one that is visible. */
function editedFile(): Target | undefined {
  const isOurs = ({ document }: vscode.TextEditor): boolean =>
    document.languageId === "cif" || isCifName(document.uri) || isPlanName(document.uri);
  const active = vscode.window.activeTextEditor;
  if (active && isOurs(active)) return ofUri(active.document.uri);
  const [first, second] = vscode.window.visibleTextEditors.filter(isOurs);
  return first && !second ? ofUri(first.document.uri) : undefined;
}
