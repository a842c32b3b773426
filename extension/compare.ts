import * as vscode from "vscode";
import type { PlanSummaryParams } from "../core/protocol/index.ts";
import { baseName, planName } from "./names.ts";
import { readText, watch } from "./texts.ts";

const SCHEME = "dfxrm-plan";

/** Two plans in VS Code's own comparison, each as a text that says the plan and what follows from it. */
export interface Comparison extends vscode.Disposable {
  readonly show: (left: vscode.Uri, right: vscode.Uri) => Promise<void>;
}

export function createComparison(summary: (params: PlanSummaryParams) => Promise<string>): Comparison {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const watching = new Map<string, vscode.Disposable>();
  const stop = (uri: vscode.Uri): void => {
    watching.get(uri.toString())?.dispose();
    watching.delete(uri.toString());
  };
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    async provideTextDocumentContent(uri) {
      const plan = vscode.Uri.parse(uri.query);
      if (!watching.has(uri.toString()))
        watching.set(
          uri.toString(),
          watch(plan, () => changed.fire(uri)),
        );
      const text = await readText(plan);
      if (text === undefined)
        return `# ${planName(plan)}\n\n${baseName(plan)} cannot be read: it was moved or deleted.\n`;
      return summary({ uri: plan.toString(), text, name: planName(plan) });
    },
  });
  const closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => stop(uri));
  const summaryOf = (plan: vscode.Uri): vscode.Uri =>
    vscode.Uri.from({ scheme: SCHEME, path: `/${planName(plan)}.md`, query: plan.toString() });
  return {
    async show(left, right) {
      const title = `${planName(left)} ↔ ${planName(right)}: plans and what follows`;
      await vscode.commands.executeCommand("vscode.diff", summaryOf(left), summaryOf(right), title, { preview: false });
    },
    dispose() {
      provider.dispose();
      closing.dispose();
      changed.dispose();
      for (const watcher of watching.values()) watcher.dispose();
    },
  };
}
