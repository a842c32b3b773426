import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { launchBrowser } from "../../scripts/lib/browser.ts";
import { ensurePackage } from "../../scripts/lib/build.ts";
import { inRoot } from "../../scripts/lib/paths.ts";
import { TRIED_AGAIN } from "../../scripts/lib/reports.ts";
import { until } from "../../scripts/lib/until.ts";
import { startServer, type VSCodeServer } from "../../scripts/lib/vscode-server.ts";
import { openFile, type PanelName, panel, runCommand, succeeds, workbenchReady } from "../../scripts/lib/workbench.ts";

/** A VS Code with the packaged extension, driven from outside. */
export interface Workbench {
  /** Opens a page with one file, on a workspace of its own that may hold others. */
  readonly open: (
    name: string,
    content: string | Buffer,
    others?: Readonly<Record<string, string | Buffer>>,
  ) => Promise<Page>;
  /** Opens a further window on the workspace that was opened last. */
  readonly openAgain: () => Promise<Page>;
  /** Writes a file of that workspace, or deletes it, as another program does. */
  readonly write: (name: string, text: string | undefined) => void;
  /** Where VS Code keeps what it installs and runs. */
  readonly data: string;
  /** What a file of the workspace that was opened last holds; undefined where it is not there. */
  readonly read: (name: string) => string | undefined;
  readonly readBytes: (name: string) => Uint8Array;
  /** Where a file of that workspace is. */
  readonly pathOf: (name: string) => string;
  readonly close: () => Promise<void>;
}

export const LiNbO3 = readFileSync(inRoot("examples", "LiNbO3.cif"), "utf8");

export async function startWorkbench(): Promise<Workbench> {
  const folder = mkdtempSync(join(tmpdir(), "df-xrm-ui-"));
  const { DFXRM_VSIX: named } = process.env;
  const vsix = named ?? (await ensurePackage()).vsix;
  const server: VSCodeServer = await startServer({
    vsix,
    isLean: true,
    // What is typed is what is in the text.
    settings: {
      "editor.autoClosingQuotes": "never",
      "editor.autoClosingBrackets": "never",
      "files.readonlyInclude": { "**/read-only*": true },
    },
    data: join(folder, "data"),
  });
  const browser: Browser = await launchBrowser();
  // Pages of one context share what the browser has compiled of the workbench; what VS Code stores is kept by folder.
  const viewport = { width: 1600, height: 1000 };
  const context = await browser.newContext({ viewport });
  let count = 0;
  const pathOf = (name: string): string => join(folder, `${count}`, name);
  const showWorkspace = async (page: Page): Promise<Page> => {
    // Without a file in the address: with one, a reload would open that file instead of what was open.
    await page.goto(server.url(pathOf("")));
    await workbenchReady(page);
    return page;
  };
  return {
    open: async (name, content, others = {}) => {
      count += 1;
      mkdirSync(pathOf(""));
      for (const [file, text] of Object.entries({ ...others, [name]: content })) writeFileSync(pathOf(file), text);
      const page = await showWorkspace(await context.newPage());
      await openFile(page, name);
      return page;
    },
    openAgain: async () => showWorkspace(await browser.newPage({ viewport })),
    write: (name, text) => (text === undefined ? rmSync(pathOf(name)) : writeFileSync(pathOf(name), text)),
    data: join(folder, "data"),
    read: (name) => (existsSync(pathOf(name)) ? readFileSync(pathOf(name), "utf8") : undefined),
    readBytes: (name) => readFileSync(pathOf(name)),
    pathOf,
    close: async () => {
      await browser.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A test on a page, which `open` gives; it is closed after the test unless others go on with it. Focus and menus of VS Code change
 * at moments that nothing tells, so a test that fails is tried once more, on another page, and the report says so; a fault of the
 * product fails twice. Of each failure a picture of the page is left in out/test-vscode.
 */
export function testOnPage(
  title: string,
  open: () => Promise<Page>,
  body: (page: Page) => Promise<void>,
  { isShared = false } = {},
): void {
  const attempt = async (): Promise<void> => {
    const page = await open();
    try {
      await body(page);
    } catch (error) {
      await page.screenshot({ path: inRoot("out", "test-vscode", `${title.replace(/\W+/g, "-")}.png`) });
      await page.close();
      throw error;
    }
    if (!isShared) await page.close();
  };
  test(title, async (context) => {
    await attempt().catch(async (error: unknown) => {
      context.diagnostic(`${TRIED_AGAIN}: ${title}. At first: ${String(error).split("\n")[0]}`);
      await attempt();
    });
  });
}

const titles: Readonly<Record<PanelName, string>> = {
  geometry: "DF-XRM: Show Geometry",
  reflections: "DF-XRM: Show Reflections",
  attenuation: "DF-XRM: Show Attenuation",
  lens: "DF-XRM: Show Lens",
};

/** Shows a panel by its command and waits until it has painted. */
export async function show(page: Page, name: PanelName): Promise<Locator> {
  await runCommand(page, titles[name]);
  const body = await panel(page, name);
  if (name === "geometry") await openInputs(body);
  return body;
}

/** Unfolds the inputs of the Geometry panel, which a narrow one hides at first; one without a crystal has no tools. */
export async function openInputs(body: Locator): Promise<void> {
  const toggle = body.getByRole("button", { name: "Inputs" });
  if (!(await toggle.isVisible())) return;
  if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.press("Enter");
}

/** Goes back to the CIF, beside which the panels stand. */
export async function focusCif(page: Page): Promise<void> {
  await runCommand(page, "View: Focus First Editor Group");
}

/** What VS Code is asked in: a choice, or a file where it has no dialogs of the system. */
export const dialog = (page: Page): Locator => page.locator(".quick-input-widget input.input");

/** Answers a dialog of files with a path. It takes Enter only when it has read the folder: until it is gone, again. */
export async function confirm(page: Page, place: string): Promise<void> {
  await until(`${place} is taken`, async () => {
    if ((await dialog(page).inputValue()) !== place) await dialog(page).fill(place);
    await page.keyboard.press("Enter");
    return succeeds(dialog(page).waitFor({ state: "hidden", timeout: 1500 }));
  });
}

/** The number that stands first in a result. */
export async function result(body: Locator, name: string): Promise<number> {
  return Number.parseFloat((await body.locator(`[data-result="${name}"]`).textContent()) ?? "");
}

/** Waits until a result has this value to the four decimals that panels show. */
export async function waitForResult(body: Locator, name: string, expected: number): Promise<void> {
  let seen = Number.NaN;
  await until(`${name} is ${expected.toFixed(4)}`, async () => {
    seen = await result(body, name);
    return Math.abs(seen - expected) < 1e-4;
  }).catch((error: Error) => {
    throw new Error(`${error.message}; it is ${seen}`);
  });
}

/** Types into a field of a panel and presses Enter. `field` is its path in the plan. */
export async function enter(body: Locator, field: string, text: string): Promise<void> {
  const input = body.locator(`[data-field="${field}"] input`);
  await input.fill(text);
  await input.press("Enter");
}

/** Replaces the value behind a data name in the open CIF, in one edit: half a number may be another number. */
export async function typeValue(page: Page, dataName: string, value: string): Promise<void> {
  const line = page.locator(".view-line", { hasText: dataName }).first();
  const length = ((await line.textContent()) ?? "").length - dataName.length;
  await line.click({ position: { x: 20, y: 8 } });
  await page.keyboard.press("End");
  for (let index = 0; index < length; index += 1) await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.insertText(` ${value}`);
}

/** Appends to the text in the editor by typing. Keys that are pressed before the editor takes them go elsewhere. */
export async function typeAtEnd(page: Page, text: string): Promise<void> {
  const lines = page.locator(".editor-instance .view-lines").first();
  await until("the text that is typed", async () => {
    await lines.click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(text);
    return succeeds(lines.getByText(text).waitFor({ timeout: 2000 }));
  });
}
