import type { ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inRoot } from "./paths.ts";
import { freePort, runStep, spawnGroup, stopGroup } from "./processes.ts";
import { ensureVSCodeServer } from "./vscode-install.ts";

/** Settings of a VS Code that asks, updates and suggests nothing. */
const quietSettings = {
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "editor.cursorBlinking": "solid",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "typescript.disableAutomaticTypeAcquisition": true,
  "update.showReleaseNotes": false,
  "workbench.enableExperiments": false,
  "workbench.localHistory.enabled": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

export interface ServerOptions {
  /** Settings of the user, over the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Connection token; absent: none is asked for (tests only). */
  readonly token?: string;
  /** Extension package to install first. */
  readonly vsix?: string;
  /** Starts sooner, with few of the extensions that are a part of VS Code. */
  readonly isLean?: boolean;
  /** Folder for the server's data; absent: a temporary one, removed by `stop`. */
  readonly data?: string;
  /** Environment of server and extension host, over that of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface VSCodeServer {
  readonly port: number;
  readonly process: ChildProcess;
  /** Standard output and standard error so far. */
  readonly output: () => string;
  /** Names a file or folder of this machine as the workbench in the browser does. */
  readonly uri: (path: string) => string;
  /** Address of a workbench on a folder; `payload` are VS Code's own start keys. */
  readonly url: (folder: string, payload?: ReadonlyArray<readonly [string, string]>) => string;
  readonly stop: () => Promise<void>;
}

/** Starts a VS Code server on a free port of 127.0.0.1 and waits until it listens. */
export async function startServer(options: ServerOptions = {}): Promise<VSCodeServer> {
  const serverMain = ensureVSCodeServer();
  const data = options.data ?? mkdtempSync(join(tmpdir(), "df-xrm-vscode-"));
  const user = join(data, "user");
  const settingsFile = join(user, "User", "settings.json");
  mkdirSync(dirname(settingsFile), { recursive: true });
  const lean = options.isLean ? { "extensions.webWorker": false } : {};
  writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, ...lean, ...options.settings }, null, 2));

  const shared = ["--accept-server-license-terms", "--server-data-dir", data, "--user-data-dir", user];
  shared.push("--extensions-dir", join(data, "extensions"));
  if (options.isLean) shared.push("--builtin-extensions-dir", fewExtensions(join(data, "built-in"), serverMain));
  if (options.vsix !== undefined) {
    const args = [serverMain, ...shared, "--install-extension", options.vsix, "--force"];
    await runStep(`Installing ${options.vsix} into VS Code`, process.execPath, args);
  }

  const port = await freePort();
  const authority = `127.0.0.1:${port}`;
  const access = options.token === undefined ? ["--without-connection-token"] : ["--connection-token", options.token];
  const local = ["--host", "127.0.0.1", "--port", String(port)];
  const server = spawnGroup(
    process.execPath,
    [
      "--require",
      inRoot("scripts", "lib", "end-with-parent.cjs"),
      serverMain,
      ...shared,
      ...access,
      ...local,
      "--disable-telemetry",
      "--disable-workspace-trust",
    ],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...options.env } },
  );
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk;
      if (output.includes("agent listening on")) resolve();
    };
    server.stdout?.on("data", listen);
    server.stderr?.on("data", listen);
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`The VS Code server stopped with code ${code}:\n${output}`)));
  });

  return {
    port,
    process: server,
    output: () => output,
    uri: (path) => `vscode-remote://${authority}${encodeURI(path)}`,
    url: (folder, payload = []) => {
      const query = new URLSearchParams();
      if (options.token !== undefined) query.set("tkn", options.token);
      query.set("folder", folder);
      if (payload.length > 0) query.set("payload", JSON.stringify(payload));
      return `http://${authority}/?${query}`;
    },
    stop: async () => {
      await stopGroup(server);
      if (options.data === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
}

/** What a workbench with CIF files and plans needs of VS Code's own extensions; each of the others costs time at every start. */
const NEEDED = [
  "theme-defaults",
  "theme-seti",
  "json",
  "json-language-features",
  "configuration-editing",
  "markdown-basics",
  "markdown-language-features",
];

function fewExtensions(folder: string, serverMain: string): string {
  for (const name of NEEDED) {
    cpSync(join(dirname(serverMain), "..", "extensions", name), join(folder, name), { recursive: true });
  }
  return folder;
}
