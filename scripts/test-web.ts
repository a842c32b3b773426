import { launchBrowser } from "./lib/browser.ts";
import { inRoot } from "./lib/paths.ts";
import { startVSCodeForTheWeb } from "./lib/vscode-web.ts";
import { extensionTests } from "./lib/workbench.ts";

/** Runs the built suite of test/web in the extension host of VS Code for the Web. Returns its exit code. */
export async function main(): Promise<number> {
  const web = await startVSCodeForTheWeb(inRoot("out", "test-web", "index.js"));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const ended = await extensionTests(page);
    await page.goto(web.url);
    return await ended();
  } finally {
    await browser.close();
    web.stop();
  }
}
