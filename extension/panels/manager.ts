import * as vscode from "vscode";
import { type LeftPanel, OPEN_AGAIN, PANEL_KINDS, type PanelKind } from "../../core/protocol/index.ts";
import { columnOf, columnOfTexts, tabLeftBehind } from "../editorGroups.ts";
import type { Experiment, Experiments, Target } from "../experiments.ts";
import { isCifName, isOfHistory, isPlanName, planName, stemOf } from "../names.ts";
import { saveFile } from "../saveFile.ts";
import { savingInVSCode } from "../savingInVSCode.ts";
import type { SessionView } from "../session.ts";
import { createNonce, panelHtml, TITLES } from "./html.ts";
import { handleMessage } from "./messages.ts";
import { askForCif, openNamedExample } from "./otherCrystal.ts";

/** Where a new panel goes. */
export interface Placing {
  readonly preserveFocus: boolean;
  /** Absent: with the other panels, else beside the active editor. */
  readonly viewColumn?: vscode.ViewColumn;
}

/** The open panels: at most one of a kind is opened for each experiment, and one that has none yet. */
export interface PanelManager {
  open(kind: PanelKind, target: Target | undefined, placing: Placing): Promise<void>;
  /** The experiment of the focused panel, if one is focused. */
  focused(): Experiment | undefined;
  /** Opens a panel anew in place of one that an extension host has left behind. */
  openAgain(left: LeftPanel): Promise<void>;
  /** Shows another experiment in the panels that show one, or only in the focused one. */
  replace(old: Experiment, by: Experiment, which: "all" | "focused"): void;
}

/** What the header of a panel asks for, done for the experiment that it shows. */
export interface HeaderActions {
  readonly choosePlan: (experiment: Experiment) => Promise<Experiment | undefined>;
  readonly chooseBlock: (experiment: Experiment) => Promise<Experiment | undefined>;
  readonly savePlan: (experiment: Experiment) => Promise<void>;
  readonly openPlanText: (experiment: Experiment) => Promise<void>;
}

interface OpenPanel {
  readonly kind: PanelKind;
  /** Nonce of its page. */
  readonly page: string;
  readonly panel: vscode.WebviewPanel;
  /** Undefined while the panel has no crystal: it takes the next one. */
  experiment: Experiment | undefined;
  isLocked: boolean;
  /** Shows another experiment here. */
  readonly show: (experiment: Experiment) => void;
}

export function createPanelManager(
  context: vscode.ExtensionContext,
  experiments: Experiments,
  header: HeaderActions,
  log: vscode.LogOutputChannel,
): PanelManager {
  const open = new Set<OpenPanel>();
  /** Pages of panels that were left behind, and stand open again: each may ask more than once. */
  const reopened = new Set<string>();
  const saving = savingInVSCode();
  const dist = vscode.Uri.joinPath(context.extensionUri, "dist");
  const webviewOptions: vscode.WebviewOptions = {
    enableScripts: true,
    localResourceRoots: [dist],
    enableCommandUris: [OPEN_AGAIN],
  };

  const fill = (
    panel: vscode.WebviewPanel,
    kind: PanelKind,
    initial: Experiment | undefined,
    isLocked = initial !== undefined,
    left?: LeftPanel,
  ): void => {
    const { webview } = panel;
    const view: SessionView = {
      kind,
      get isLocked() {
        return entry.isLocked;
      },
      post(message) {
        if (!open.has(entry)) return;
        panel.title = title(kind, entry.experiment);
        webview
          .postMessage(message)
          .then(undefined, (cause) => log.error(`Message to the ${kind} panel failed`, cause));
      },
    };
    let release = initial ? experiments.attach(initial, view) : () => {};
    let kept = left && { state: left.state, edits: left.edits };
    const entry: OpenPanel = {
      kind,
      page: createNonce(),
      panel,
      experiment: initial,
      isLocked,
      show(experiment) {
        if (experiment === entry.experiment || !open.has(entry)) return;
        const releaseOld = release;
        release = experiments.attach(experiment, view);
        if (entry.experiment === undefined) entry.isLocked = true;
        entry.experiment = experiment;
        releaseOld();
        void experiment.session.start(view);
      },
    };
    open.add(entry);
    const switchTo = (experiment: Experiment | undefined): void => {
      if (experiment) entry.show(experiment);
    };
    const takeCif = async (uri: vscode.Uri | undefined): Promise<void> => {
      if (uri) switchTo(await experiments.find({ uri }));
    };
    const listening = webview.onDidReceiveMessage((message) => {
      const { experiment } = entry;
      const origin = experiment && (experiment.plan ?? experiment.uri);
      const named = async (uri: string | undefined): Promise<vscode.Uri> => {
        if (uri !== undefined) return vscode.Uri.parse(uri);
        if (experiment === undefined) throw new Error("This panel shows no crystal yet.");
        return experiment.uri;
      };
      return handleMessage(message, experiment?.session, view, {
        restore: () => {
          if (kept) view.post({ t: "restore", ...kept });
          kept = undefined;
        },
        welcome: () => view.post({ t: "empty", panel: kind }),
        openExample: async (file) => takeCif(await openNamedExample(context.extensionUri, file)),
        reveal: async (range, uri) => reveal(await named(uri), range),
        show: (other) => show(other, experiment, { preserveFocus: false }),
        save: async (file) => saveFile(file, origin ?? (await named(undefined)), saving),
        copy: (text) => Promise.resolve(vscode.env.clipboard.writeText(text)),
        command: async (name) => {
          if (name === "openCif") await takeCif(await askForCif());
          else if (name === "toggleLock") {
            entry.isLocked = !entry.isLocked;
            view.post({ t: "lock", isLocked: entry.isLocked });
          } else if (experiment === undefined) await named(undefined);
          else if (name === "choosePlan") switchTo(await header.choosePlan(experiment));
          else if (name === "chooseBlock") switchTo(await header.chooseBlock(experiment));
          else await header[name](experiment);
        },
        log: (level, text) => log[level](`${kind} panel: ${text}`),
      });
    });
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
      nonce: entry.page,
      script: asset(`${kind}.js`),
      style: asset(`${kind}.css`),
    });
  };

  const show = async (kind: PanelKind, experiment: Experiment | undefined, placing: Placing): Promise<void> => {
    const { preserveFocus, viewColumn } = placing;
    const ofKind = [...open].filter((entry) => entry.kind === kind);
    const existing =
      ofKind.find((entry) => entry.experiment === experiment) ?? ofKind.find((entry) => entry.experiment === undefined);
    if (existing) {
      if (experiment) existing.show(experiment);
      existing.panel.reveal(viewColumn, preserveFocus);
      return;
    }
    // Panels gather in one column beside the text, instead of each halving the room again.
    const column = viewColumn ?? [...open].find((entry) => entry.panel.viewColumn !== undefined)?.panel.viewColumn;
    const place = { viewColumn: column ?? vscode.ViewColumn.Beside, preserveFocus };
    const panel = vscode.window.createWebviewPanel(viewType(kind), title(kind, experiment), place, webviewOptions);
    fill(panel, kind, experiment);
  };

  for (const kind of PANEL_KINDS) {
    const serializer: vscode.WebviewPanelSerializer = {
      async deserializeWebviewPanel(panel, state) {
        panel.webview.options = webviewOptions;
        fill(panel, kind, ...(await restored(state)));
      },
    };
    context.subscriptions.push(vscode.window.registerWebviewPanelSerializer(viewType(kind), serializer));
  }
  /** A restored panel shows what it showed: a draft, too, where a plan file has come since. */
  const restored = async (state: unknown): Promise<[experiment: Experiment | undefined, isLocked?: boolean]> => {
    const target = savedTarget(state);
    if (target === undefined) return [undefined];
    const experiment = "uri" in target ? experiments.draft(target.uri, target.block) : experiments.find(target);
    return [await experiment, !follows(state)];
  };

  /** Unlocked panels follow the active editor to other crystals and plans. */
  const follow = async (editor: vscode.TextEditor | undefined): Promise<void> => {
    const followers = [...open].filter(({ isLocked }) => !isLocked);
    const uri = editor?.document.uri;
    if (uri === undefined || isOfHistory(uri) || followers.length === 0) return;
    const isCif = editor?.document.languageId === "cif" || isCifName(uri);
    if (!isCif && !isPlanName(uri)) return;
    const experiment = await experiments.find(isCif ? { uri } : { plan: uri });
    for (const follower of followers) follower.show(experiment);
  };
  context.subscriptions.push(
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      follow(editor).catch((cause) => log.error("Following the active editor failed", cause));
    }),
  );

  return {
    open: async (kind, target, placing) => show(kind, target && (await experiments.find(target)), placing),
    async openAgain(left) {
      if (reopened.has(left.page) || [...open].some(({ page }) => page === left.page)) return;
      reopened.add(left.page);
      const [experiment, isLocked] = await restored(left.state);
      const name = title(left.panel, experiment);
      const living = [...open].map(({ panel }) => panel);
      const tab = tabLeftBehind(viewType(left.panel), name, living);
      const place = {
        viewColumn: tab?.group.viewColumn ?? vscode.ViewColumn.Beside,
        preserveFocus: !left.hasFocus,
      };
      const panel = vscode.window.createWebviewPanel(viewType(left.panel), name, place, webviewOptions);
      fill(panel, left.panel, experiment, isLocked, left);
      if (tab) await vscode.window.tabGroups.close(tab, true);
    },
    focused: () => [...open].find(({ panel }) => panel.active)?.experiment,
    replace(old, by, which) {
      for (const entry of [...open]) {
        if (entry.experiment === old && (which === "all" || entry.panel.active)) entry.show(by);
      }
    },
  };
}

const viewType = (kind: PanelKind): string => `dfxrm.${kind}`;

/** Kind first, because tabs cut the end: `Geometry: LiNbO3-006`, `Geometry: LiNbO3 (draft)`. */
function title(kind: PanelKind, experiment: Experiment | undefined): string {
  if (experiment === undefined) return TITLES[kind];
  const { uri, block, plan } = experiment;
  if (plan) return `${TITLES[kind]}: ${planName(plan)}`;
  return `${TITLES[kind]}: ${stemOf(uri)}${block === undefined ? "" : ` ${block}`} (draft)`;
}

/** Whether a restored panel followed the active editor. */
const follows = (state: unknown): boolean =>
  typeof state === "object" && state !== null && "isLocked" in state && state.isLocked === false;

/** The plan, or CIF and block, that a restored panel belonged to, as the panel itself saved it. */
function savedTarget(state: unknown): Target | undefined {
  if (typeof state !== "object" || state === null) return undefined;
  if ("plan" in state && typeof state.plan === "string") return { plan: vscode.Uri.parse(state.plan) };
  if (!("uri" in state) || typeof state.uri !== "string") return undefined;
  const block = "block" in state && typeof state.block === "string" ? state.block : undefined;
  return { uri: vscode.Uri.parse(state.uri), ...(block !== undefined && { block }) };
}

/** Selects a range of a text, in the editor that shows it already if there is one. */
async function reveal(uri: vscode.Uri, range: { readonly start: number; readonly end: number }): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const selection = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
  const viewColumn = columnOf(uri) ?? columnOfTexts();
  await vscode.window.showTextDocument(document, { viewColumn, selection });
}
