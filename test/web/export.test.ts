import assert from "node:assert/strict";
import { test } from "node:test";
import { launchBrowser } from "../../scripts/lib/browser.ts";
import { inRoot } from "../../scripts/lib/paths.ts";
import { until } from "../../scripts/lib/until.ts";
import { startVSCodeForTheWeb } from "../../scripts/lib/vscode-web.ts";
import { openFile, panel, runCommand, workbenchReady } from "../../scripts/lib/workbench.ts";

test("a motor list is exported from a panel in VS Code for the Web", async () => {
  const web = await startVSCodeForTheWeb();
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  try {
    await page.goto(web.url);
    await workbenchReady(page);
    await openFile(page, "LiNbO3.cif");
    await page.locator(".codelens-decoration a", { hasText: "Geometry" }).waitFor();
    await runCommand(page, "DF-XRM: Show Geometry");
    const geometry = await panel(page, "geometry");
    const angle = Number.parseFloat((await geometry.locator('[data-result="twoTheta"]').textContent()) ?? "");
    await geometry.locator("h1").click();
    await runCommand(page, "DF-XRM: Export…");
    const row = page.locator(".quick-input-list .monaco-list-row", { hasText: "Motor list (CSV)" }).first();
    await row.waitFor();
    await row.click();
    const input = page.locator(".quick-input-widget input.input");
    await until("the place that is proposed", async () => /-motors\.csv$/.test(await input.inputValue()));
    await until("the place is taken", async () => {
      if (await input.isVisible()) await page.keyboard.press("Enter");
      return input.waitFor({ state: "hidden", timeout: 1500 }).then(
        () => true,
        () => false,
      );
    });
    await page.locator(".notification-toast", { hasText: "Saved LiNbO3-motors.csv" }).waitFor();
    await openFile(page, "LiNbO3-motors.csv");
    const text = await until("the list", async () => {
      const shown = (await page.locator(".editor-group-container.active .view-lines").first().textContent()) ?? "";
      return /obpitch/.test(shown) && shown;
    });
    const pitch = /obpitch,([\d.]+),deg/.exec(text)?.[1];
    assert.ok(Math.abs(Number(pitch) - angle) < 1e-4, `${pitch}, ${angle} in the panel`);
  } catch (error) {
    await page.screenshot({ path: inRoot("out", "test-web", "export.png") });
    throw error;
  } finally {
    await browser.close();
    web.stop();
  }
});
