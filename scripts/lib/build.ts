import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { cache, inRoot, root } from "./paths.ts";
import { runStep } from "./processes.ts";

/** What does not enter the extension package, beside what starts with a dot. */
const notPackaged = new Set(["dist", "node_modules", "out", "scripts", "test", "tools"]);

/** Builds all bundles, those of the tests included. */
export async function build(mode: "development" | "production"): Promise<void> {
  const options = mode === "production" ? ["--production"] : [];
  await runStep("The build", process.execPath, [inRoot("esbuild.mjs"), ...options]);
}

/** Builds for production and writes the extension package to `file`. */
export async function packageExtension(file: string): Promise<void> {
  await build("production");
  const vsce = inRoot("node_modules", "@vscode", "vsce", "vsce");
  // Where the manifest names a repository, links and pictures of the README lead there.
  const { repository } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  const standing = repository === undefined ? ["--allow-missing-repository", "--no-rewrite-relative-links"] : [];
  const options = ["--no-dependencies", ...standing];
  await runStep("Packaging", process.execPath, [vsce, "package", ...options, "-o", file], { cwd: root });
}

const cached = join(cache, "package", "df-xrm.vsix");
const stamp = join(cache, "package", "sources");

/** Builds everything for production and makes the extension package in the cache. Returns its path. */
export async function makePackage(): Promise<string> {
  const sources = hashOfSources();
  mkdirSync(join(cache, "package"), { recursive: true });
  await packageExtension(cached);
  writeFileSync(stamp, sources);
  return cached;
}

/** The extension package in the cache, made again only where the sources have changed. */
export async function ensurePackage(): Promise<{ readonly vsix: string; readonly made: boolean }> {
  const isFresh = existsSync(cached) && existsSync(stamp) && readFileSync(stamp, "utf8") === hashOfSources();
  return { vsix: isFresh ? cached : await makePackage(), made: !isFresh };
}

/** One hash over the path and content of every file that enters the package or its build. */
function hashOfSources(): string {
  const hash = createHash("sha256");
  const visit = (folder: string) => {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else
        hash
          .update(`${relative(root, path)}\0`)
          .update(readFileSync(path))
          .update("\0");
    }
  };
  for (const entry of readdirSync(root, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory()) {
      const packaged = !entry.name.endsWith(".vsix") && (!entry.name.startsWith(".") || entry.name === ".vscodeignore");
      if (packaged)
        hash
          .update(`${entry.name}\0`)
          .update(readFileSync(inRoot(entry.name)))
          .update("\0");
    } else if (!entry.name.startsWith(".") && !notPackaged.has(entry.name)) visit(inRoot(entry.name));
  }
  return hash.digest("hex");
}
