import assert from "node:assert/strict";
import { test } from "node:test";
import { launchBrowser } from "../../scripts/lib/browser.ts";
import { startVSCodeForTheWeb } from "../../scripts/lib/vscode-web.ts";
import { openFile, paintedPixels, panel, runCommand, workbenchReady } from "../../scripts/lib/workbench.ts";

test("the Geometry panel paints in VS Code for the Web", async () => {
  const web = await startVSCodeForTheWeb();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    await page.goto(web.url);
    await workbenchReady(page);
    await openFile(page, "LiNbO3.cif");
    await page.locator(".codelens-decoration a", { hasText: "Geometry" }).waitFor();
    await runCommand(page, "DF-XRM: Show Geometry");
    const geometry = await panel(page, "geometry");
    assert.match((await geometry.locator('[data-result="twoTheta"]').textContent()) ?? "", /^\d+\.\d{4}/);
    const pixels = await paintedPixels(page, geometry.locator(".canvas"));
    assert.ok(pixels > 2000, `${pixels} pixels are painted`);
  } finally {
    await browser.close();
    web.stop();
  }
});
