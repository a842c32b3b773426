import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensurePackage } from "./lib/build.ts";
import { cache, inRoot, root } from "./lib/paths.ts";
import { ensureVSCodeServer } from "./lib/vscode-install.ts";
import { startServer } from "./lib/vscode-server.ts";

/** `npm start`: VS Code with this extension in the browser, on a copy of the examples. Option --no-open: print the address only. */
export async function main(options: readonly string[]): Promise<number> {
  const began = Date.now();
  ensureVSCodeServer();
  console.log("Building the extension ...");
  const { vsix, made } = await ensurePackage();
  if (!made) console.log("  nothing has changed since the last build");

  removeEarlierRuns();
  const folder = join(cache, `start-${process.pid}`);
  const examples = join(folder, "examples");
  mkdirSync(folder, { recursive: true });
  cpSync(inRoot("examples"), examples, { recursive: true });

  console.log("Starting VS Code ...");
  const token = randomBytes(16).toString("hex");
  const server = await startServer({ token, vsix, data: join(folder, "data") });
  const first = join(examples, "LiNbO3.cif");
  const url = server.url(examples, existsSync(first) ? [["openFile", server.uri(first)]] : []);
  const opened = !options.includes("--no-open") && openInBrowser(url);
  console.log(`
Ready after ${((Date.now() - began) / 1000).toFixed(1)} s. ${opened ? "Your browser opens" : "Open in a browser"}:

  ${url}

LiNbO3.cif is open in it: choose Geometry above its data_ line, or F1 and "DF-XRM: Show Geometry".
You work on a copy of examples/ in ${folder.slice(root.length + 1)}; the next npm start begins with a fresh one.
On another machine than this one, forward port ${server.port} by ssh and open the same address.
Ctrl+C ends it.
`);
  return new Promise((resolve) => {
    server.process.once("exit", (code) => {
      console.error(`The VS Code server stopped with code ${code}:\n${server.output()}`);
      resolve(1);
    });
  });
}

/** Removes the folders of runs that have ended. */
function removeEarlierRuns(): void {
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache)) {
    const pid = Number(/^start-(\d+)$/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Opens the address in the user's browser where there is a screen. Returns whether it was tried. */
function openInBrowser(url: string): boolean {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  const opener = { darwin: "open", win32: "explorer" }[process.platform as string] ?? "xdg-open";
  if (CI || (opener === "xdg-open" && !DISPLAY && !WAYLAND_DISPLAY)) return false;
  const child = spawn(opener, [url], { stdio: "ignore", detached: true });
  child.once("error", () => console.error("No browser could be opened: open the address yourself."));
  child.unref();
  return true;
}
