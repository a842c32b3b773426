import * as vscode from "vscode";
import { type CreateClient, type LanguageService, startLanguageService } from "./client.ts";
import { registerCommands, saveAndShow } from "./commands.ts";
import { createComparison } from "./compare.ts";
import { createCrystalStore } from "./crystalStore.ts";
import { registerDocumentation } from "./documentation.ts";
import { createDrafts } from "./drafts.ts";
import { createExperiments } from "./experiments.ts";
import type { LoadWriters } from "./exportWriters.ts";
import { createPanelManager } from "./panels/manager.ts";
import { chooseBlock, choosePlan, openPlanText } from "./plans.ts";

let service: LanguageService | undefined;

/** Puts the parts together; the host hands in how it runs the language server. */
export function activateExtension(
  context: vscode.ExtensionContext,
  createClient: CreateClient,
  loadWriters: LoadWriters,
): void {
  const log = vscode.window.createOutputChannel("DF-XRM", { log: true });
  service = startLanguageService(createClient, log, (cause) => {
    log.error("The language server did not start", cause);
    void vscode.window
      .showErrorMessage(
        "The DF-XRM language server did not start: CIF files are not checked and panels stay empty.",
        "Show Log",
      )
      .then((choice) => choice && log.show());
  });
  const crystals = createCrystalStore(service.crystal, log);
  const drafts = createDrafts(context.workspaceState, (cause) => log.error("The draft plan could not be saved", cause));
  const experiments = createExperiments(crystals, drafts);
  service.onRestart(experiments.readAgain);
  const panels = createPanelManager(
    context,
    experiments,
    {
      choosePlan: (experiment) => choosePlan(experiment, experiments),
      chooseBlock: (experiment) => chooseBlock(experiment, experiments),
      savePlan: (experiment) => saveAndShow(experiment, experiments, panels),
      openPlanText: async ({ plan, uri }) => plan && openPlanText(plan, uri),
    },
    log,
  );
  const comparison = createComparison(service.planSummary);
  const { exportContent } = service;
  const software = `DF-XRM ${context.extension.packageJSON.version}`;
  registerCommands(context, {
    panels,
    experiments,
    compare: comparison.show,
    exporting: { loadWriters, content: exportContent, software },
    log,
  });
  registerDocumentation(context);
  context.subscriptions.push(log, experiments, comparison);
}

export const deactivateExtension = (): Promise<void> | undefined => service?.stop();
