import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDependencies, npm } from "./dependencies.mjs";
import { inRoot } from "./paths.ts";

const folder = inRoot("tools", "vscode-server");
const vscode = join(folder, "node_modules", "code-server", "lib", "vscode");

/** Files that stand in for native modules, which would have to be compiled. */
const standIns = [
  { file: join(folder, "stand-ins", "spdlog.cjs"), module: "@vscode/spdlog" },
  { file: join(folder, "stand-ins", "native-watchdog.cjs"), module: "native-watchdog" },
] as const;

/**
 * Installs the VS Code server of tools/vscode-server where it is missing or out of date. It comes as a part of the npm package
 * code-server and is used without that package's own front and without compiling anything.
 * Returns the server's script.
 */
export function ensureVSCodeServer(): string {
  const stamp = join(vscode, "node_modules", ".prepared");
  const recipe = hashOf([fileURLToPath(import.meta.url), ...standIns.map(({ file }) => file)]);
  ensureDependencies(folder, "a VS Code server (about 80 MB, once)", ["--ignore-scripts"]);
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== recipe) {
    installPackages();
    for (const { file, module } of standIns) copyFileSync(file, join(vscode, "node_modules", module, "index.js"));
    copyRipgrep();
    shareServiceWorker();
    writeFileSync(stamp, recipe);
  }
  return join(vscode, "out", "server-main.js");
}

function hashOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex");
}

function installPackages(): void {
  if (existsSync(join(vscode, "node_modules", ".package-lock.json"))) return;
  // --legacy-peer-deps: the shrinkwrap of that folder lacks the peer dependency tslib.
  const options = [
    "--omit=dev",
    "--legacy-peer-deps",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  npm(vscode, ["ci", ...options], "the packages of the VS Code server");
}

/** Without it there is no search, and no `workspace.findFiles`. */
function copyRipgrep(): void {
  const name = process.platform === "win32" ? "rg.exe" : "rg";
  const ripgrep = join(folder, "node_modules", "@vscode", `ripgrep-${process.platform}-${process.arch}`, "bin", name);
  const target = join(vscode, "node_modules", "@vscode", "ripgrep", "bin", name);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(ripgrep, target);
  chmodSync(target, 0o755);
}

/**
 * Lets all webviews share one service worker. VS Code gives each webview an origin and a service worker of its own; this
 * server has one origin for all, where the workers push each other out, and of two webviews that load at once one can
 * stay blank for ever. The worker takes a webview's id from its address, so one worker can serve all.
 */
function shareServiceWorker(): void {
  const file = join(vscode, "out", "vs", "workbench", "contrib", "webview", "browser", "pre", "index.html");
  const page = readFileSync(file, "utf8");
  const script = (html: string) => /<script async type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";
  const integrity = (html: string) => createHash("sha256").update(script(html)).digest("base64");
  const shared = page.replace(/&id=\$\{ID\}(?=&remoteAuthority=)/, "");
  if (shared === page) return;
  if (!page.includes(integrity(page))) throw new Error(`The page of the webviews is not as expected: ${file}`);
  writeFileSync(file, shared.replace(integrity(page), integrity(shared)));
}
