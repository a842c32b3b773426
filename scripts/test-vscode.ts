import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { launchBrowser } from "./lib/browser.ts";
import { inRoot, root } from "./lib/paths.ts";
import { startServer } from "./lib/vscode-server.ts";
import { extensionTests } from "./lib/workbench.ts";

const suite = inRoot("out", "test", "index.cjs");

/**
 * Runs the built suite of test/vscode inside VS Code: in the desktop build that VSCODE_EXECUTABLE names, or that
 * VSCODE_TEST_DOWNLOAD (a version, "stable") makes @vscode/test-electron download; else in the extension host of a VS Code server.
 * Returns its exit code.
 */
export async function main(): Promise<number> {
  const { VSCODE_EXECUTABLE: vscodeExecutablePath, VSCODE_TEST_DOWNLOAD: version } = process.env;
  const folder = mkdtempSync(join(tmpdir(), "df-xrm-suite-"));
  const workspace = join(folder, "examples");
  cpSync(inRoot("examples"), workspace, { recursive: true });
  try {
    if (!vscodeExecutablePath && !version) return await inServer(workspace);
    return await runTests({
      ...(vscodeExecutablePath ? { vscodeExecutablePath } : { version: version! }),
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      launchArgs: [workspace, "--disable-extensions", "--user-data-dir", join(folder, "user")],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inServer(workspace: string): Promise<number> {
  const server = await startServer();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const ended = await extensionTests(page);
    const died = new Promise<never>((_, reject) =>
      server.process.once("exit", () => reject(new Error(`The VS Code server died:\n${server.output()}`))),
    );
    await page.goto(
      server.url(workspace, [
        ["extensionDevelopmentPath", server.uri(root)],
        ["extensionTestsPath", server.uri(suite)],
        ["skipWelcome", "true"],
      ]),
    );
    return await Promise.race([ended(), died]);
  } finally {
    await browser.close();
    await server.stop();
  }
}
