import * as vscode from "vscode";
import { PANEL_KINDS, type PanelKind } from "../../core/protocol/index.ts";
import type { Experiment, Experiments, Target } from "../experiments.ts";
import { baseName } from "../names.ts";
import { saveFile } from "../saveFile.ts";
import { savingInVSCode } from "../savingInVSCode.ts";
import type { SessionView } from "../session.ts";
import { createNonce, messageHtml, panelHtml, TITLES } from "./html.ts";
import { handleMessage } from "./messages.ts";

/** The open panels: at most one of a kind for each experiment. */
export interface PanelManager {
  open(kind: PanelKind, target: Target, options: { readonly preserveFocus: boolean }): Promise<void>;
  /** The CIF and block of the focused panel, if one is focused. */
  focused(): Target | undefined;
}

interface OpenPanel {
  readonly kind: PanelKind;
  readonly experiment: Experiment;
  readonly panel: vscode.WebviewPanel;
}

export function createPanelManager(
  context: vscode.ExtensionContext,
  experiments: Experiments,
  log: vscode.LogOutputChannel,
): PanelManager {
  const open = new Set<OpenPanel>();
  const saving = savingInVSCode();
  const dist = vscode.Uri.joinPath(context.extensionUri, "dist");
  const webviewOptions: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [dist] };

  const fill = (panel: vscode.WebviewPanel, kind: PanelKind, experiment: Experiment): void => {
    const { webview } = panel;
    const entry: OpenPanel = { kind, experiment, panel };
    open.add(entry);
    const view: SessionView = {
      kind,
      post(message) {
        if (!open.has(entry)) return;
        panel.title = title(kind, experiment);
        webview
          .postMessage(message)
          .then(undefined, (cause) => log.error(`Message to the ${kind} panel failed`, cause));
      },
    };
    const release = experiments.attach(experiment, view);
    const listening = webview.onDidReceiveMessage((message) =>
      handleMessage(message, experiment.session, view, {
        reveal: (range) => reveal(experiment.uri, range),
        show: (other) => show(other, experiment, false),
        save: (file) => saveFile(file, experiment.uri, saving),
        copy: (text) => Promise.resolve(vscode.env.clipboard.writeText(text)),
        log: (level, text) => log[level](`${kind} panel: ${text}`),
      }),
    );
    panel.onDidDispose(() => {
      open.delete(entry);
      listening.dispose();
      release();
    });
    panel.iconPath = {
      light: vscode.Uri.joinPath(context.extensionUri, "media", `${kind}-light.svg`),
      dark: vscode.Uri.joinPath(context.extensionUri, "media", `${kind}-dark.svg`),
    };
    const asset = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, "webview", name)).toString();
    webview.html = panelHtml(kind, {
      cspSource: webview.cspSource,
      nonce: createNonce(),
      script: asset(`${kind}.js`),
      style: asset(`${kind}.css`),
    });
  };

  const show = async (kind: PanelKind, experiment: Experiment, preserveFocus: boolean): Promise<void> => {
    const existing = [...open].find((entry) => entry.kind === kind && entry.experiment === experiment);
    if (existing) {
      existing.panel.reveal(undefined, preserveFocus);
      return;
    }
    // Panels gather in one column beside the text, instead of each halving the room again.
    const column = [...open].find((entry) => entry.panel.viewColumn !== undefined)?.panel.viewColumn;
    const place = { viewColumn: column ?? vscode.ViewColumn.Beside, preserveFocus };
    const panel = vscode.window.createWebviewPanel(viewType(kind), title(kind, experiment), place, webviewOptions);
    fill(panel, kind, experiment);
  };

  for (const kind of PANEL_KINDS) {
    const serializer: vscode.WebviewPanelSerializer = {
      async deserializeWebviewPanel(panel, state) {
        panel.webview.options = webviewOptions;
        const target = savedTarget(state);
        if (target) fill(panel, kind, await experiments.find(target));
        else panel.webview.html = messageHtml(kind);
      },
    };
    context.subscriptions.push(vscode.window.registerWebviewPanelSerializer(viewType(kind), serializer));
  }

  return {
    open: async (kind, target, { preserveFocus }) => show(kind, await experiments.find(target), preserveFocus),
    focused() {
      const experiment = [...open].find(({ panel }) => panel.active)?.experiment;
      return experiment && { uri: experiment.uri, ...(experiment.block !== undefined && { block: experiment.block }) };
    },
  };
}

const viewType = (kind: PanelKind): string => `dfxrm.${kind}`;

const title = (kind: PanelKind, { uri, block }: Experiment): string =>
  `${baseName(uri)}${block === undefined ? "" : ` (${block})`} – ${TITLES[kind]}`;

/** The CIF that a restored panel belonged to, as the panel itself saved it. */
function savedTarget(state: unknown): Target | undefined {
  if (typeof state !== "object" || state === null || !("uri" in state) || typeof state.uri !== "string")
    return undefined;
  const block = "block" in state && typeof state.block === "string" ? state.block : undefined;
  return { uri: vscode.Uri.parse(state.uri), ...(block !== undefined && { block }) };
}

/** Selects a range of the CIF, in the editor that shows it already if there is one. */
async function reveal(uri: vscode.Uri, range: { readonly start: number; readonly end: number }): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const selection = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
  const group = vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
  await vscode.window.showTextDocument(document, { viewColumn: group?.viewColumn ?? vscode.ViewColumn.One, selection });
}
