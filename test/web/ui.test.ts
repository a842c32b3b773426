import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { launchBrowser } from "../../scripts/lib/browser.ts";
import { inRoot } from "../../scripts/lib/paths.ts";
import { until } from "../../scripts/lib/until.ts";
import { startVSCodeForTheWeb, type VSCodeForTheWeb } from "../../scripts/lib/vscode-web.ts";
import {
  openFile,
  paintedPixels,
  panel,
  pressInHeader,
  runCommand,
  succeeds,
  workbenchReady,
} from "../../scripts/lib/workbench.ts";

const twoTheta_deg = async (geometry: Locator): Promise<number> =>
  Number.parseFloat((await geometry.locator('[data-result="twoTheta"]').textContent()) ?? "");

/** One window, in which each test goes on where the one before has ended. */
describe("DF-XRM in VS Code for the Web, seen from outside", () => {
  let web: VSCodeForTheWeb;
  let browser: Browser;
  let page: Page;
  let geometry: Locator;
  const input = (): Locator => page.locator(".quick-input-widget input.input");
  const textOf = async (): Promise<string> =>
    (
      (await page.locator(".editor-group-container .editor-instance .view-lines").first().textContent()) ?? ""
    ).replaceAll("\u00a0", " ");

  /** Answers the dialog that asks for a place with what it proposes, once that fits. */
  async function confirmPlace(proposed: RegExp): Promise<void> {
    await until("the place that is proposed", async () => proposed.test(await input().inputValue()));
    await until("the place is taken", async () => {
      if (await input().isVisible()) await page.keyboard.press("Enter");
      return succeeds(input().waitFor({ state: "hidden", timeout: 1500 }));
    });
  }
  const inTurn = (title: string, body: () => Promise<void>) =>
    test(title, async () => {
      try {
        await body();
      } catch (error) {
        await page.screenshot({ path: inRoot("out", "test-web", `${title.replace(/\W+/g, "-")}.png`) });
        throw error;
      }
    });

  before(async () => {
    web = await startVSCodeForTheWeb();
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    await page.goto(web.url);
    await workbenchReady(page);
    await openFile(page, "LiNbO3.cif");
    await page.locator(".codelens-decoration a", { hasText: "Geometry" }).waitFor();
  });
  after(async () => {
    await browser.close();
    web.stop();
  });

  inTurn("the Geometry panel paints, with the plan beside the CIF", async () => {
    await runCommand(page, "DF-XRM: Show Geometry");
    geometry = await panel(page, "geometry");
    await page.locator(".tab", { hasText: "Geometry: LiNbO3" }).waitFor();
    assert.match((await geometry.locator('[data-result="twoTheta"]').textContent()) ?? "", /^\d+\.\d{4}/);
    const pixels = await paintedPixels(page, geometry.locator(".canvas"));
    assert.ok(pixels > 2000, `${pixels} pixels are painted`);
  });

  inTurn("a motor list is exported from the panel", async () => {
    const angle = await twoTheta_deg(geometry);
    await geometry.locator("h1").click();
    await runCommand(page, "DF-XRM: Export…");
    const row = page.locator(".quick-input-list .monaco-list-row", { hasText: "Motor list (CSV)" }).first();
    await row.waitFor();
    await row.click();
    await confirmPlace(/-motors\.csv$/);
    await page.locator(".notification-toast", { hasText: "Saved LiNbO3-motors.csv" }).waitFor();
    await runCommand(page, "View: Focus First Editor Group");
    await openFile(page, "LiNbO3-motors.csv");
    const text = await until("the list", async () => {
      const shown = await textOf();
      return /obpitch/.test(shown) && shown;
    });
    const pitch = /obpitch,([\d.]+),deg/.exec(text)?.[1];
    assert.ok(Math.abs(Number(pitch) - angle) < 1e-4, `${pitch}, ${angle} in the panel`);
  });

  inTurn("an edit in the panel is one of the text of the plan, and one in the text moves the panel", async () => {
    const toggle = geometry.getByRole("button", { name: "Inputs" });
    if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.press("Enter");
    const energy = geometry.locator('[data-field="beam.energy_keV"] input');
    await energy.fill("20");
    await energy.press("Enter");
    // It opens for the edit; VS Code for the Web saves it by itself.
    await page.locator('.tab[data-resource-name="LiNbO3.dfxrm.json"]').waitFor();
    await until("the text", async () => (await textOf()).includes('"energy_keV": 20,'));
    await runCommand(page, "View: Focus First Editor Group");
    await page.locator('.tab[data-resource-name="LiNbO3.dfxrm.json"]').click();
    await page.keyboard.press("Control+z");
    await until("the panel", async () => (await energy.inputValue()) === "17");
    await page.keyboard.press("Control+y");
    await until("the panel again", async () => (await energy.inputValue()) === "20");
  });

  inTurn("a panel that follows the editor shows another crystal, whose draft is saved as a plan", async () => {
    await pressInHeader(geometry, geometry.locator('[data-result="lock"]'));
    await runCommand(page, "View: Focus First Editor Group");
    await openFile(page, "silicon.cif");
    await page.locator(".tab", { hasText: "Geometry: silicon (draft)" }).waitFor();
    await pressInHeader(geometry, geometry.getByText("Save plan…"));
    await confirmPlace(/silicon\.dfxrm\.json$/);
    await page.locator(".tab", { hasText: /^Geometry: silicon$/ }).waitFor();
    await page.locator('.tab[data-resource-name="silicon.dfxrm.json"]').waitFor();
    await until("its text", async () => /"path": "silicon\.cif"/.test(await textOf()));
  });
});
