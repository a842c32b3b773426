import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { parseCif } from "../../core/cif/index.ts";
import { blocksWithCell, crystalFromCif } from "../../core/crystal/index.ts";
import {
  applyOps,
  createDraftPlan,
  defaultReflection,
  type ExperimentPlan,
  type PlanOp,
} from "../../core/experiment/index.ts";
import {
  type CrystalAnswer,
  cifGone,
  EXAMPLES,
  type HostToView,
  type PanelKind,
  parseViewToHost,
  type ViewToHost,
} from "../../core/protocol/index.ts";
import type { Issue } from "../../core/util/index.ts";
import { panelHtml } from "../../extension/panels/html.ts";
import { createPlanFiles } from "../../extension/planFiles.ts";
import { createPlanStore } from "../../extension/planStore.ts";
import { createSession } from "../../extension/session.ts";
import { launchBrowser } from "../../scripts/lib/browser.ts";
import { inRoot } from "../../scripts/lib/paths.ts";
import { until } from "../../scripts/lib/until.ts";
import { THEMES, type ThemeKind } from "./themes.ts";

/**
 * Panels in a plain Chromium: the built bundle in the extension's own page with its policy, the extension's own session
 * behind a stand-in of VS Code's api. Nothing leaves the machine: every address but the panel's is refused and noted.
 */

export interface PanelOptions {
  readonly theme?: ThemeKind;
  /** Text of the CIF, null where there is no such file; LiNbO3 by default. */
  readonly cif?: string | null;
  /** What differs from the draft plan. */
  readonly ops?: readonly PlanOp[];
  readonly width?: number;
  readonly height?: number;
  /** What the panel saved before a reload. */
  readonly state?: unknown;
  /** The plan is in this file; else it is a draft. */
  readonly planFile?: string;
  /** What is wrong with the text of the plan. */
  readonly planIssues?: readonly Issue[];
  /** Digest of the text of the CIF. */
  readonly cifSha256?: string;
  /** The panel has no crystal until `start` is called. */
  readonly isEmpty?: boolean;
  /** Answer to every edit instead of doing it. */
  readonly refuseEdits?: string;
  /** Runs in the page before its own scripts. */
  readonly before?: () => void;
}

export interface OpenPanel {
  readonly page: Page;
  /** What the panel has sent, in order. */
  readonly sent: readonly ViewToHost[];
  /** Violations of the policy, errors on the console and requests to elsewhere. */
  readonly faults: readonly string[];
  readonly plan: () => ExperimentPlan;
  /** Halts the host: what the panel says meanwhile is heard once it goes on. */
  halt(): void;
  goOn(): void;
  /** What links in the panel have asked VS Code to run. */
  commands(): Promise<readonly string[]>;
  /** Gives an empty panel its crystal. */
  start(): Promise<void>;
  /** Changes the text of the CIF, as typing does; null deletes it. */
  setCif(text: string | null): Promise<void>;
  /** Posts any message to the panel. */
  post(message: unknown): Promise<void>;
  setTheme(theme: ThemeKind): Promise<void>;
  /** What the panel last saved. */
  state(): Promise<unknown>;
  close(): Promise<void>;
}

/** Of the page of every panel. */
export const NONCE = "0123456789abcdef";
const ORIGIN = "https://panel.df-xrm.test";
const DIST = inRoot("dist", "webview");
const TYPES: Readonly<Record<string, string>> = { js: "text/javascript", css: "text/css" };

export const EXAMPLE = readFileSync(inRoot("examples", "LiNbO3.cif"), "utf8");

let browser: Promise<Browser> | undefined;

/** What the panel shows as a result, by its `data-result`. */
export const result = async ({ page }: OpenPanel, key: string): Promise<string> =>
  (await page.locator(`[data-result="${key}"]`).textContent()) ?? "";

/** Types into the field of that name, as a person does, and presses Enter. */
export async function type({ page }: OpenPanel, name: string, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name, exact: true });
  await field.fill(text);
  await field.press("Enter");
}

/** Waits until the field shows the text: the toolkit renders a value one turn after it is set. */
export const untilShown = ({ page }: OpenPanel, name: string, text: string): Promise<true> =>
  until(
    `${name} shows ${text}`,
    async () => (await page.getByRole("textbox", { name, exact: true }).inputValue()) === text,
  );

/** What stands below a field. */
export const fieldLine = async ({ page }: OpenPanel, field: string): Promise<string> =>
  (await page.locator(`[data-field="${field}"] .field-line`).textContent()) ?? "";

/** Messages of one kind that the panel has sent. */
export const sentOf = <T extends ViewToHost["t"]>(panel: OpenPanel, t: T): readonly Extract<ViewToHost, { t: T }>[] =>
  panel.sent.filter((message): message is Extract<ViewToHost, { t: T }> => message.t === t);

/** Chooses the second example where a panel offers them, and waits until it is asked for. */
export async function takeExample(panel: OpenPanel): Promise<void> {
  await panel.page.getByRole("combobox", { name: "Example" }).press("ArrowDown");
  await panel.page.getByRole("button", { name: "Open the example" }).click();
  await until("the request", () => sentOf(panel, "openExample")[0]?.file === EXAMPLES[1]?.file);
}

/** Draws that the page made on any canvas while `frames` frames passed. */
export const drawsWithin = ({ page }: OpenPanel, frames: number): Promise<number> =>
  page.evaluate(async (count) => {
    const counted = window as unknown as { draws: number };
    const before = counted.draws;
    for (let i = 0; i < count; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
    return counted.draws - before;
  }, frames);

/** Closes the browser that the panels of this process share. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

export async function openPanel(kind: PanelKind, options: PanelOptions = {}): Promise<OpenPanel> {
  browser ??= launchBrowser();
  const context = await (await browser).newContext({
    viewport: { width: options.width ?? 1400, height: options.height ?? 900 },
  });
  const page = await context.newPage();
  const faults: string[] = [];
  const sent: ViewToHost[] = [];
  let cif = options.cif === undefined ? EXAMPLE : options.cif;

  await serve(page, kind, options.theme ?? "vscode-dark", faults);
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });

  const store = createPlanStore(applyOps(createDraftPlan("LiNbO3.cif", ""), options.ops ?? []), async () => undefined);
  const files = createPlanFiles(
    { resolve: () => undefined, read: async () => undefined, watch: () => ({ dispose: () => {} }) },
    () => {},
  );
  const { planFile } = options;
  const session = createSession(
    {
      uri: () => "file:///experiment/LiNbO3.cif",
      name: () => "LiNbO3.cif",
      readCrystal: async (energy_keV) => (cif === null ? noCrystal([cifGone("LiNbO3.cif")]) : answer(cif, energy_keV)),
      source: () => ({
        uri: planFile === undefined ? null : `file:///experiment/${planFile}`,
        name: planFile ?? "LiNbO3.cif",
      }),
      planIssues: () => options.planIssues ?? [],
      cifSha256: () => options.cifSha256 ?? null,
      files: files.state,
      reading: files.reading,
    },
    store,
  );
  let { isEmpty = false } = options;
  let heldBack: string[] | undefined;
  const post = (message: unknown): Promise<void> => page.evaluate((data) => window.postMessage(data, "*"), message);
  const view = { kind, isLocked: true, post: (message: HostToView) => void post(message).catch(ignoreClosedPage) };
  session.attach(view);
  const hear = (raw: string): void => {
    if (heldBack !== undefined) {
      heldBack.push(raw);
      return;
    }
    const message = parseViewToHost(JSON.parse(raw, reviveBytes));
    if (message.t === "invalid") {
      faults.push(`invalid message: ${message.reason}`);
      return;
    }
    // Asked every few seconds, and of no interest to a test about something else.
    if (message.t !== "ping") sent.push(message);
    if (message.t === "ready" && isEmpty) void post({ t: "empty", panel: kind }).catch(ignoreClosedPage);
    else if (message.t === "ready") void session.start(view);
    if (message.t === "log" && message.level === "error") faults.push(`log: ${message.text}`);
    if (message.t === "plan.edit") {
      const { refuseEdits: error } = options;
      const done = error === undefined ? session.edit(view, message) : { ok: false as const, error };
      void Promise.resolve(done).then((outcome) => view.post({ t: "reply", re: message.id, ...outcome }));
    } else if (message.t === "command" && (message.name === "undo" || message.name === "redo")) {
      void session[message.name]().then((outcome) => view.post({ t: "reply", re: message.id, ...outcome }));
    } else if ("id" in message) view.post({ t: "reply", re: message.id, ok: true });
  };
  await page.exposeFunction("receiveFromPanel", hear);
  // tsx compiles functions with calls of this helper, which the page does not know.
  await page.addInitScript({ content: "globalThis.__name = (named) => named;" });
  await page.addInitScript(standInForVSCode, {
    variables: THEMES[options.theme ?? "vscode-dark"],
    state: options.state ?? null,
  });
  if (options.before !== undefined) await page.addInitScript(options.before);
  await page.goto(`${ORIGIN}/`);
  await page
    .locator("body[data-ready='1']")
    .waitFor({ state: "attached", timeout: 20_000 })
    .catch((error: Error) => {
      throw new Error(`${error.message}\n${faults.join("\n")}`);
    });

  return {
    page,
    sent,
    faults,
    plan: () => session.plan,
    post,
    halt: () => {
      heldBack = [];
    },
    goOn: () => {
      const waiting = heldBack ?? [];
      heldBack = undefined;
      waiting.forEach(hear);
    },
    commands: () => page.evaluate(() => (window as unknown as { commands: string[] }).commands),
    start: () => {
      isEmpty = false;
      return session.start(view);
    },
    setCif: async (text) => {
      cif = text;
      await session.crystalChanged();
    },
    setTheme: (theme) =>
      page.evaluate(
        ({ variables, className }) => {
          for (const [name, value] of Object.entries(variables))
            document.documentElement.style.setProperty(name, value);
          document.body.className = className;
        },
        { variables: THEMES[theme], className: theme },
      ),
    state: () => page.evaluate(() => JSON.parse(sessionStorage.getItem("state") ?? "null")),
    close: () => context.close(),
  };
}

const reviveBytes = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && "bytes" in value ? Uint8Array.from(value.bytes as number[]) : value;

/** What the session still sends while a test ends may find the page closed. */
function ignoreClosedPage(error: Error): void {
  if (!/has been closed/.test(error.message)) throw error;
}

const noCrystal = (issues: readonly Issue[], blocks: readonly string[] = []): CrystalAnswer => ({
  block: null,
  blocks,
  crystal: null,
  issues,
  defaultHkl: null,
});

function answer(text: string, energy_keV: number): CrystalAnswer {
  const document = parseCif(text);
  const blocks = blocksWithCell(document).map(({ code }) => code);
  const crystal = crystalFromCif(document);
  if (!crystal.ok) return noCrystal(crystal.issues, blocks);
  const reflection = defaultReflection(crystal.value, energy_keV);
  return {
    block: crystal.value.block,
    blocks,
    crystal: crystal.value,
    issues: crystal.issues,
    defaultHkl: reflection.ok ? reflection.value : null,
  };
}

const bundles = new Map<string, string>();
/** Text of a built file without its source map, which is most of it and takes most of the time to send. */
function bundle(file: string): string {
  const text = bundles.get(file) ?? readFileSync(join(DIST, file), "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, "");
  bundles.set(file, text);
  return text;
}

async function serve(page: Page, kind: PanelKind, theme: ThemeKind, faults: string[]): Promise<void> {
  const html = panelHtml(kind, {
    cspSource: ORIGIN,
    nonce: NONCE,
    script: `${ORIGIN}/${kind}.js`,
    style: `${ORIGIN}/${kind}.css`,
  }).replace("<body>", `<body class="${theme}" data-vscode-theme-kind="${theme}">`);
  await page.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    const file = url.pathname.slice(1);
    if (url.origin !== ORIGIN) {
      faults.push(`request: ${url.href}`);
      await route.abort();
    } else if (file === "") {
      await route.fulfill({ contentType: "text/html", body: html });
    } else if (file === "favicon.ico") {
      await route.fulfill({ status: 204 });
    } else {
      const extension = file.split(".").at(-1) ?? "";
      await route.fulfill({ contentType: TYPES[extension] ?? "text/plain", body: bundle(file) });
    }
  });
}

/** Runs in the page before its own scripts. */
function standInForVSCode(given: { variables: Readonly<Record<string, string>>; state: unknown }): void {
  const scope = window as unknown as {
    receiveFromPanel(message: string): Promise<void>;
    acquireVsCodeApi: () => unknown;
  };
  new MutationObserver((_changes, observer) => {
    observer.disconnect();
    for (const [name, value] of Object.entries(given.variables)) {
      document.documentElement.style.setProperty(name, value);
    }
  }).observe(document, { childList: true });
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
  });
  if (given.state !== null && sessionStorage.getItem("state") === null) {
    sessionStorage.setItem("state", JSON.stringify(given.state));
  }
  // The headless Chromium that npm installs dies when it is to show a tooltip.
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function (name, value) {
    setAttribute.call(this, name === "title" ? "data-title" : name, value);
  };
  Object.defineProperty(HTMLElement.prototype, "title", { set: () => {} });
  const asked = window as unknown as { commands: string[] };
  asked.commands = [];
  window.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null) return;
    event.preventDefault();
    asked.commands.push(link.href);
  });
  const counted = window as unknown as { draws: number };
  counted.draws = 0;
  const count = (prototype: object, name: string): void => {
    const methods = prototype as Record<string, (...given: unknown[]) => unknown>;
    const draw = methods[name];
    if (draw === undefined) return;
    methods[name] = function (...given) {
      counted.draws++;
      return draw.apply(this, given);
    };
  };
  count(CanvasRenderingContext2D.prototype, "stroke");
  for (const name of ["drawArrays", "drawElements", "drawElementsInstanced", "drawArraysInstanced"]) {
    count(WebGL2RenderingContext.prototype, name);
  }
  const bytesAsNumbers = (_key: string, value: unknown): unknown =>
    value instanceof Uint8Array ? { bytes: [...value] } : value;
  let isAcquired = false;
  scope.acquireVsCodeApi = () => {
    if (isAcquired) throw new Error("An instance of the VS Code API has already been acquired");
    isAcquired = true;
    return {
      postMessage: (message: unknown) => void scope.receiveFromPanel(JSON.stringify(message, bytesAsNumbers)),
      getState: () => JSON.parse(sessionStorage.getItem("state") ?? "null") ?? undefined,
      setState: (state: unknown) => sessionStorage.setItem("state", JSON.stringify(state)),
    };
  };
}
