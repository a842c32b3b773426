import { format } from "node:util";
import type { Locator, Page } from "playwright-core";
import { until } from "./until.ts";

/** Drives a VS Code workbench in a browser page. */

/** Waits until the workbench stands, in its colour theme. */
export async function workbenchReady(page: Page): Promise<void> {
  await page.locator('.monaco-workbench[class*="vscode-theme"]').waitFor({ timeout: 60_000 });
  await page.locator(".monaco-workbench .part.statusbar .statusbar-item").first().waitFor({ timeout: 60_000 });
}

/**
 * Runs a command by its full title, as in "DF-XRM: Show Geometry". The palette may have to be opened again: a webview that is
 * just loading swallows keys or takes the focus, and a palette that opened before the extensions were read lacks their commands.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = page.locator(".quick-input-widget input.input");
  // Enter runs the row that has the focus, which the list gives to its first one a moment after it has been filled.
  const row = page.locator(".quick-input-list .monaco-list-row.focused", { hasText: title });
  await until(
    `the command ${title}`,
    async () => {
      if (await input.isVisible()) await page.keyboard.press("Escape");
      await page.keyboard.press("F1");
      if (!(await succeeds(input.fill(`>${title}`, { timeout: 1000 })))) return false;
      if (!(await succeeds(row.waitFor({ timeout: 3000 }))) || !(await input.isVisible())) return false;
      await page.keyboard.press("Enter");
      return true;
    },
    30_000,
  );
}

/** Whether an action ends without an error, such as that its time was over. */
export const succeeds = (action: Promise<unknown>): Promise<boolean> =>
  action.then(
    () => true,
    () => false,
  );

/** Opens a file that the explorer shows. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.getByRole("treeitem", { name }).dblclick();
  await page.locator(`.tabs-container .tab.active[data-resource-name="${name}"]`).waitFor();
}

export type PanelName = "geometry" | "attenuation" | "reflections" | "lens";

/** The body of an open panel, whichever of the workbench's webviews it is; waits until it has painted. */
export async function panel(page: Page, name: PanelName, timeout_ms = 30_000): Promise<Locator> {
  const bodyOf = (index: number) =>
    page
      .frameLocator("iframe.webview.ready")
      .nth(index)
      .frameLocator("iframe#active-frame")
      .locator(`body[data-panel="${name}"][data-ready="1"]`);
  return until(
    `the ${name} panel is ready`,
    async () => {
      const count = await page.locator("iframe.webview.ready").count();
      for (let index = 0; index < count; index += 1) if ((await bodyOf(index).count()) === 1) return bodyOf(index);
      return undefined;
    },
    timeout_ms,
  );
}

/** Presses a button in the header of a panel by key; a small panel has to unfold its header first. */
export async function pressInHeader(body: Locator, button: Locator): Promise<void> {
  const unfolder = body.locator(".unfolder");
  await body.locator("header").first().waitFor();
  if (!(await button.isVisible()) && (await unfolder.isVisible())) await unfolder.press("Enter");
  await button.press("Enter");
}

/**
 * How many pixels of an element's picture differ by more than a trace from its most frequent colour. It looks at a screenshot,
 * because what a WebGL canvas has drawn cannot be read back later.
 */
export async function paintedPixels(page: Page, element: Locator): Promise<number> {
  const picture = (await element.screenshot()).toString("base64");
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d")!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const pixels = new Uint32Array(data.buffer);
    const frequency = new Map<number, number>();
    for (const pixel of pixels) frequency.set(pixel, (frequency.get(pixel) ?? 0) + 1);
    const [background] = [...frequency].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
    let painted = 0;
    for (const pixel of pixels) {
      let apart = 0;
      for (const shift of [0, 8, 16]) apart += Math.abs(((pixel >> shift) & 255) - ((background >> shift) & 255));
      if (apart > 24) painted += 1;
    }
    return painted;
  }, picture);
}

/**
 * Prepares a page, before it loads a workbench with `extensionTestsPath`, for the end of the tests: what they write to the
 * console goes to the terminal. The answer is their exit code.
 */
export async function extensionTests(page: Page, timeout_ms = 300_000): Promise<() => Promise<number>> {
  const ended = new Promise<number>((resolve, reject) => {
    page.exposeFunction("codeAutomationExit", resolve).catch(reject);
    page.once("crash", () => reject(new Error("The page of the workbench crashed.")));
    const timer = setTimeout(() => reject(new Error(`The tests did not end within ${timeout_ms} ms.`)), timeout_ms);
    timer.unref();
  });
  await page.exposeFunction("codeAutomationLog", (_type: string, values: unknown[]) => {
    const line = format(...values);
    if (isReport(line)) console.log(line);
  });
  return () => ended;
}

/** Mocha indents all its lines, the workbench's own messages are not indented; an entry that cannot start shows as an Error. */
function isReport(line: string): boolean {
  return line === "" || /^\s/.test(line) || /^\w*Error\b/.test(line);
}

/** Rests the mouse on the first visible occurrence of a text in the editor; returns the hover that comes up. */
export async function hoverText(page: Page, text: string): Promise<string> {
  const box = await page.locator(".view-line span", { hasText: text }).last().boundingBox();
  if (box === null) throw new Error(`The editor shows no ${text}.`);
  await page.mouse.move(box.x + 10, box.y + box.height / 2);
  await page.mouse.move(box.x + 14, box.y + box.height / 2);
  const hover = page.locator(".monaco-hover:visible").first();
  await hover.waitFor();
  await until("the hover has faded in", () => hover.evaluate((node) => getComputedStyle(node).opacity === "1"));
  return (await hover.textContent()) ?? "";
}
